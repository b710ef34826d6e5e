"""Views of the delegation programme."""
