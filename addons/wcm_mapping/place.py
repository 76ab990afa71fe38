"""What is wrong with a place: its point, its postcode and its country together."""

from .coast import in_sea
from .geo import haversine_km, point_issue
from .postcode import postcode_position, sector_unknown

# A point further than this from what its postcode says is in the wrong place: the largest sectors, in the
# Highlands, reach about 60 km, and the districts of Northern Ireland about as far.
FAR_FROM_POSTCODE_KM = 80.0
# Where UK postcodes are in use.
POSTCODE_COUNTRIES = {"GB", "GG", "IM", "JE"}


def place_issue(position: tuple[float, float] | None, country: str | None, postcode: str | None) -> str | None:
    """A key of wcm.facility.location_issue, None when nothing looks wrong.

    :param position: latitude and longitude, None when there is none
    :param country: ISO 3166 alpha-2
    """
    if position is None:
        return "missing"
    issue = point_issue(*position, country)
    if not issue and in_sea(*position, country):
        issue = "in_sea"
    return issue or _postcode_issue(position, country, postcode)


def km_from_postcode(position: tuple[float, float] | None, postcode: str | None) -> float | None:
    """How far a point lies from where its postcode is, None when one of them is not known."""
    found = postcode_position(postcode)
    return haversine_km(*found[:2], *position) if found and position else None


def _postcode_issue(position: tuple, country: str | None, postcode: str | None) -> str | None:
    """Postcodes of Northern Ireland and the islands are known to their district only: none of them is unknown."""
    if country not in POSTCODE_COUNTRIES or not postcode:
        return None
    if sector_unknown(postcode):
        return "unknown_postcode"
    km = km_from_postcode(position, postcode)
    return "far_from_postcode" if km and km > FAR_FROM_POSTCODE_KM else None
