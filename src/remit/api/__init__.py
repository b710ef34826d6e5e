"""Doors: the JSON API and its CSV twins."""
