"""What pages of motions show."""
