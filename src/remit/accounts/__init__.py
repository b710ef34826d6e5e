"""Room: people, the roles they hold at organisations, and what each role may do."""
