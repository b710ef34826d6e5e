"""Forms of motions."""
