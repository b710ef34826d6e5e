"""Meetings of bodies with members: called with notice, held or cancelled, and who was there."""
