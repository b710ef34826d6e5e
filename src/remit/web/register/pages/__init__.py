"""What the register's templates are given."""
