"""Words by which a source sorts its spaces: categories and options of a map, processes and materials of a directory.

They are read from what a record keeps beside the known fields, and stay there as they are.
"""

import re

from .row import clean_text

NAMED = {
    "categories",
    "category",
    "categoriesfull",
    "categories_full",
    "options",
    "optionvalues",
    "manufacturing_process",
    "manufacturing_processes",
    "process",
    "processes",
    "process_codes",
    "materials",
    "materials_worked",
    "typical_materials",
}
# What a dictionary calls its own word: {"id": 10427, "name": "Joinery", "description": "wood"}.
NAMES = ("name", "title", "code", "id", "optionid")
# More, or longer, is prose in the wrong place.
MOST_WORDS = 40
LONGEST = 120


def read(extra: dict, word_of) -> list[str]:
    """Each word once, as it is written first; numbers only when the record names none in letters."""
    found = {}
    for path, value in extra.items():
        if word_of(path.rsplit(".", 1)[-1]) in NAMED:
            for word in _words(value):
                found.setdefault(word.casefold(), word)
    named = [word for word in found.values() if not word.isdecimal()]
    return (named or list(found.values()))[:MOST_WORDS]


def _words(value: object) -> list[str]:
    parts = value if isinstance(value, list) else _split(value)
    texts = (clean_text(_name(part)) for part in parts)
    return [text for text in texts if 0 < len(text) <= LONGEST]


def _split(value: object) -> list:
    """A table's cell holds several, separated as its writer likes; an address of a vocabulary has no commas."""
    return re.split(r"[,;|\n]", value) if isinstance(value, str) else [value]


def _name(part: object) -> object:
    if isinstance(part, dict):
        return next((part[name] for name in NAMES if part.get(name)), "")
    return "" if isinstance(part, list | bool) or part is None else part
