"""`python -m remit.cli`, where the command `remit` is not on the path."""

from remit.cli.main import main

main()
