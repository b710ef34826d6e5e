"""Documents: sent as downloads, never shown inside a page."""
