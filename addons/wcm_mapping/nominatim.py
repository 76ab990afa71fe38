"""Ask a Nominatim server where an address is, without Odoo.

Its rules (https://operations.osmfoundation.org/policies/nominatim/): say who asks, one question a second, and
name OpenStreetMap's contributors. The caller sees to the second of them.
"""

import json
from dataclasses import dataclass

import requests

from .download import session

SECONDS = 10
MOST_BYTES = 1_000_000
# Nominatim's rank of what it found: 30 is a house or a named place, 26 and 27 are streets, 21 to 25 quarters and
# postcodes, 13 to 20 towns and villages; below are counties and countries, which place nothing.
HOUSE, STREET, QUARTER, TOWN = 28, 26, 21, 13
REFUSED = (403, 429, 503)


class LookUpError(Exception):
    """The server gave no answer; the text is for the user."""


@dataclass(frozen=True, slots=True)
class Found:
    """:ivar precision: a key of wcm.facility.location_precision"""

    latitude: float
    longitude: float
    precision: str
    name: str


def look_up(url: str, address: str, country: str | None, agent: str) -> Found | None:
    """Where an address is; None when the server knows of none.

    :param country: ISO 3166 alpha-2 to look in
    :param agent: who asks, for the server's administrator
    :raise LookUpError: anything that keeps the answer from being here
    """
    question = {"q": address, "format": "jsonv2", "limit": 1}
    if country:
        question["countrycodes"] = country.lower()
    try:
        with (
            session(allow_private=True) as web,
            web.get(url, params=question, headers={"User-Agent": agent}, timeout=SECONDS, stream=True) as response,
        ):
            return _found(_answer(response))
    except requests.Timeout:
        raise LookUpError(f"The address service has not answered within {SECONDS} seconds.") from None
    except (requests.RequestException, OSError):
        raise LookUpError("The address service cannot be reached.") from None


def _answer(response: requests.Response) -> list:
    if response.status_code in REFUSED:
        raise LookUpError("The address service takes no more questions for now. Try again later.")
    if response.status_code != requests.codes.ok:
        raise LookUpError(f"The address service answers {response.status_code} {response.reason}.")
    content = response.raw.read(MOST_BYTES + 1, decode_content=True)
    if len(content) > MOST_BYTES:
        raise LookUpError("The address service answers with far more than an address.")
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, list):
        raise LookUpError("The address service answers with something that is no list of places.")
    return answer


def _found(answer: list) -> Found | None:
    if not answer:
        return None
    try:
        best = answer[0]
        latitude, longitude, rank = float(best["lat"]), float(best["lon"]), int(best["place_rank"])
        name = str(best.get("display_name") or "")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise LookUpError("The address service answers with a place that has no position.") from None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise LookUpError("The address service answers with a place that is not on the globe.")
    precision = _precision(rank, best.get("type"))
    return Found(latitude, longitude, precision, name) if precision else None


def _precision(rank: int, kind: str | None) -> str | None:
    if kind == "postcode" and rank >= QUARTER:
        return "postcode_sector"
    if rank >= HOUSE:
        return "exact"
    if rank >= STREET:
        return "street"
    return "town" if rank >= TOWN else None
