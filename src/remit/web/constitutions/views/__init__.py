"""Views of constitutions."""
