"""Views of motions."""
