"""Is this the same place under another id? Same name, a short walk away. No Odoo."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from .geo import haversine_km

SAME_PLACE_KM = 0.3
# Words that one list writes and another leaves out.
_LEGAL_WORDS = {"the", "ltd", "limited", "llp", "plc", "cic", "cio"}


def normalise_name(name: str) -> str:
    """ "The Fab-Lab (Bristol) Ltd." -> "fab lab bristol"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"\w+", plain)
    return " ".join([word for word in words if word not in _LEGAL_WORDS] or words)


@dataclass(frozen=True, slots=True)
class Place:
    """:ivar key: whatever the caller wants back"""

    key: object
    position: tuple[float, float] | None
    postcode: str


@dataclass(slots=True)
class Places:
    """Named places, to be asked for one of the same name nearby."""

    _by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, place: Place) -> None:
        self._by_name[normalise_name(name)].append(place)

    def find(self, name: str, position: tuple | None, postcode: str) -> Place | None:
        asked = Place(None, position, postcode)
        candidates = self._by_name.get(normalise_name(name), ())
        return next((place for place in candidates if _near(place, asked)), None)


def _near(one: Place, other: Place) -> bool:
    """Where a position is missing the postcode decides; where that is too, the name does."""
    if one.position and other.position:
        return haversine_km(*one.position, *other.position) <= SAME_PLACE_KM
    return one.postcode == other.postcode or not (one.postcode and other.postcode)
