"""What is wrong with a place: its point, its postcode and its country together."""

from .geo import haversine_km, point_issue
from .postcode import sector_position, sector_unknown

# A point further than this from its postcode sector's middle is in the wrong place:
# the largest sectors, in the Highlands, reach about 60 km.
FAR_FROM_POSTCODE_KM = 80.0


def place_issue(position: tuple[float, float] | None, country: str | None, postcode: str | None) -> str | None:
    """A key of wcm.facility.location_issue, None when nothing looks wrong.

    :param position: latitude and longitude, None when there is none
    :param country: ISO 3166 alpha-2
    """
    if position is None:
        return "missing"
    return point_issue(*position, country) or _postcode_issue(position, country, postcode)


def _postcode_issue(position: tuple, country: str | None, postcode: str | None) -> str | None:
    """Only Great Britain's postcodes are known offline."""
    if country != "GB" or not postcode:
        return None
    if sector_unknown(postcode):
        return "unknown_postcode"
    middle = sector_position(postcode)
    far = middle and haversine_km(*middle, *position) > FAR_FROM_POSTCODE_KM
    return "far_from_postcode" if far else None
