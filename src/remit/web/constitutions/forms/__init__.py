"""Forms of constitutions: drafts and clauses, rules, steps."""
