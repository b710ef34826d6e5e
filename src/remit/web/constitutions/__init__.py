"""Pages of constitutions: reading them, writing them, taking them through their steps."""
