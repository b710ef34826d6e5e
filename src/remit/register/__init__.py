"""Room: the register of organisations as they stood on any date."""
