"""UK postcodes without a network: written one way, and placed to their sector's middle.

A sector is the outward code and the first digit after the space ("BS4 1"): some 3,000
addresses, about 1 km across in a town. Northern Ireland, the Channel Islands and the Isle of Man are not
in open data by sector: there the district ("BT48") leads to its town. Sources and licences: data/SOURCES.md.
"""

import csv
import gzip
import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
TABLE = DATA / "postcode_sectors.csv.gz"
DISTRICTS = DATA / "postcode_districts.csv"
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")
_IN_TEXT = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b")


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


def district_position(text: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of a district's town where sectors are not known; right to some 10 km."""
    match = _match(text)
    return _districts().get(match[1]) if match else None


def postcode_position(text: str | None) -> tuple[float, float, str] | None:
    """Latitude, longitude and how good they are (a key of wcm.facility.location_precision)."""
    if middle := sector_position(text):
        return *middle, "postcode_sector"
    town = district_position(text)
    return (*town, "town") if town else None


def postcode_point(text: str | None) -> tuple[float, float] | None:
    """Where a postcode is, as well as is known: its sector's middle, or the town of its district."""
    found = postcode_position(text)
    return found[:2] if found else None


def find_postcode(text: str | None) -> str | None:
    """The full UK postcode at the end of, or within, an address."""
    found = _IN_TEXT.search((text or "").upper())
    return normalise_postcode(found[0]) if found else None


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
def _districts() -> dict[str, tuple[float, float]]:
    with DISTRICTS.open(encoding="ascii", newline="") as file:
        return {row["district"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


@cache
def _areas() -> frozenset[str]:
    return frozenset(map(_area, _sectors()))
