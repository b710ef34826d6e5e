"""What the templates of constitutions are given."""
