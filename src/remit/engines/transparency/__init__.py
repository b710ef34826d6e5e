"""Tamper evidence: Merkle trees (RFC 9162), entries, signed notes and witnesses (C2SP). Pure functions."""
