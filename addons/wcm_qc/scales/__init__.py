"""What a typed reading means in the unit of its checkpoint, exactly. Pure: never Odoo; README.md is the guide."""

from .reading import MOST_READINGS, SEPARATOR, SPELLINGS, ForeignUnit, Unreadable, fold, quantity, read, split, unit_of, words

__all__ = ["MOST_READINGS", "SEPARATOR", "SPELLINGS", "ForeignUnit", "Unreadable", "fold", "quantity", "read", "split", "unit_of", "words"]
