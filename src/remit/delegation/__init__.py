"""Room: rounds of applications for powers, what was decided and announced, and who holds which power when."""
