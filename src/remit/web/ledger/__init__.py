"""The public pages of the ledger: what was done, by whom, and the proof of it."""
