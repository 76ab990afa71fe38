"""UK postcodes without a network: written one way, and placed to their sector's middle.

A sector is the outward code and the first digit after the space ("BS4 1"): some 3,000
addresses, about 1 km across in a town. Source and licence: data/SOURCES.md.
"""

import csv
import gzip
import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "postcode_sectors.csv.gz"
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")


def normalise_postcode(text: str | None) -> str:
    """ "bt488nn" -> "BT48 8NN"; what is no UK postcode only loses its outer spaces."""
    match = _match(text)
    return f"{match[1]} {match[2]}{match[3]}" if match else (text or "").strip()


def sector_of(text: str | None) -> str | None:
    """ "BS4 1DB" -> "BS4 1"; None for what is no full UK postcode."""
    match = _match(text)
    return f"{match[1]} {match[2]}" if match else None


def sector_position(text: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a postcode's sector, None if not known."""
    return _sectors().get(sector_of(text) or "")


def sector_unknown(text: str | None) -> bool:
    """True when the postcode cannot exist: its area is in the table, its sector is not.

    Northern Ireland and the Crown dependencies are not in the table and not judged.
    """
    sector = sector_of(text)
    return bool(sector) and sector not in _sectors() and _area(sector) in _areas()


def _match(text: str | None) -> re.Match | None:
    return _POSTCODE.fullmatch(re.sub(r"\s", "", text or "").upper())


def _area(sector: str) -> str:
    return re.match("[A-Z]+", sector)[0]


@cache
def _sectors() -> dict[str, tuple[float, float]]:
    with gzip.open(TABLE, "rt", encoding="ascii", newline="") as file:
        return {row["sector"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


@cache
def _areas() -> frozenset[str]:
    return frozenset(map(_area, _sectors()))
