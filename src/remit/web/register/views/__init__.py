"""The views of the register, a file for each noun."""
