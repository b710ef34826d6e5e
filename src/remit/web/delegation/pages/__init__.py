"""What the templates of the delegation programme are given."""
