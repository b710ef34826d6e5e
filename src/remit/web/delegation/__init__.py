"""The pages of the delegation programme."""
