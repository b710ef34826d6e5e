"""Sign-in, the organisation one acts for, and the people of an organisation."""
