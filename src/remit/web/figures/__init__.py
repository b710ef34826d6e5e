"""Pages of the figure ledger."""
