"""Page objects of consultations."""
