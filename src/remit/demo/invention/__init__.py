"""The invented nation: a whole England that never was, written as published files, for use without any data.

Pure and repeatable: one seed, one nation, byte for byte. See docs/explanation/the-invented-nation.md.
"""

from remit.demo.invention.files import InventedFile, invent

__all__ = ["InventedFile", "invent"]
