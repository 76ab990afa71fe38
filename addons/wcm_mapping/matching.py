"""Is this the same place under another id? Same name a short walk away, or the same address. No Odoo."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .geo import haversine_km
from .postcode import normalise_postcode

SAME_PLACE_KM = 0.3
# What is compared is kept in an index, which takes no longer texts.
LONGEST = 200
# Words that one list writes and another leaves out.
_LEGAL_WORDS = {"the", "ltd", "limited", "llp", "plc", "cic", "cio"}
_LONG_WORDS = {
    "ave": "avenue",
    "bldg": "building",
    "dr": "drive",
    "est": "estate",
    "ind": "industrial",
    "ln": "lane",
    "pk": "park",
    "rd": "road",
    "sq": "square",
    "st": "street",
}


def normalise_name(name: str) -> str:
    """ "The Fab-Lab (Bristol) Ltd." -> "fab lab bristol"; a name without any letter, "★", stays itself."""
    words = _words(name)
    told = " ".join([word for word in words if word not in _LEGAL_WORDS] or words)
    return (told or name.strip())[:LONGEST]


def normalise_address(street: str, postcode: str, city: str) -> str:
    """ "5 Mill Rd., Unit 2", "bs1 1aa" -> "2 5 mill road unit @ BS1 1AA"; empty when it says too little.

    The order of its parts does not matter, nor whether the street repeats the town: lists differ in both.
    Without a postcode it takes a number to tell one house of a street from another.
    """
    repeated = {*_words(city), *_words(postcode)}
    words = sorted({_LONG_WORDS.get(word, word) for word in _words(street) if word not in repeated})
    numbered = any(char.isdigit() for word in words for char in word)
    where = normalise_postcode(postcode).upper() or (numbered and " ".join(_words(city)))
    return f"{' '.join(words)} @ {where}"[:LONGEST] if words and where else ""


def normalise_website(address: str) -> str:
    """ "https://www.Example.org/lab/?lang=en" -> "example.org/lab"."""
    address = address.strip()
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return f"{host}{parts.path.rstrip('/')}"[:LONGEST] if "." in host else ""


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"\w+", plain)


@dataclass(frozen=True, slots=True)
class Place:
    """:ivar key: whatever the caller wants back
    :ivar host: the source that lists it, empty if none does
    :ivar has_id: whether it has an id there
    """

    key: object
    position: tuple[float, float] | None
    postcode: str
    host: str = ""
    has_id: bool = False


@dataclass(slots=True)
class Places:
    """Named places, to be asked for one of the same name nearby, or at the same address."""

    _by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    _by_address: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, place: Place, address: str = "") -> None:
        """:param address: as `normalise_address` says it"""
        self._by_name[normalise_name(name)].append(place)
        if address:
            self._by_address[address].append(place)

    def find(self, name: str, position: tuple | None, postcode: str) -> Place | None:
        asked = Place(None, position, postcode)
        candidates = self._by_name.get(normalise_name(name), ())
        return next((place for place in candidates if _near(place, asked)), None)

    def find_at(self, address: str, host: str = "", has_id: bool = False) -> Place | None:
        """A place at this address, whatever its name.

        Two ids of one source are two places: it tells them apart itself.
        """
        candidates = self._by_address.get(address, ())
        return next((place for place in candidates if not (has_id and place.has_id and place.host == host)), None)


def _near(one: Place, other: Place) -> bool:
    """Where a position is missing the postcode decides; where that is too, the name does."""
    if one.position and other.position:
        return haversine_km(*one.position, *other.position) <= SAME_PLACE_KM
    return one.postcode == other.postcode or not (one.postcode and other.postcode)
