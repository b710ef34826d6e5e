"""The pages of the register: organisations as they stood on a day, their sources, and the import of files."""
