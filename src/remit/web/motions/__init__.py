"""Pages of motions, votes and requisitions."""
