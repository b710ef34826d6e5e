"""Room: every published number, opened into what it is made of."""
