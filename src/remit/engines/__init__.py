"""Pure rules: frozen data in, frozen data out. No clock, no chance, no files, no Django."""
