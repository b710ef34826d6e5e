"""The web door: views, page presenters, templates."""
