"""Remit: the open system for delegated primary-care commissioning."""

__version__ = "0.1.0"
