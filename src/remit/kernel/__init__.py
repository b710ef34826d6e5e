"""The few ideas everything stands on: periods, codes, money, actors, decisions, canonical JSON."""
