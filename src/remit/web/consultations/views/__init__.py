"""Views of consultations."""
