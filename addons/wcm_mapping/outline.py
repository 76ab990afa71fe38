"""Read and check the outline of a region: GeoJSON that a person drew or brought. No Odoo.

What comes out is one MultiPolygon with closed rings that do not cross themselves; everything else is
refused in words.
"""

import json
from itertools import pairwise
from math import cos, isfinite, radians

from .geo import haversine_km

MOST_CORNERS = 10_000
SMALLEST_KM2, LARGEST_KM2 = 0.1, 1_000_000.0
DIGITS = 6  # about 10 cm
KM_PER_DEGREE = 111.195
# A file may end a ring a rounding error from where it began.
CLOSED_KM = 0.05


class OutlineError(ValueError):
    """It cannot be the outline of a region; the text is for the user."""


def read_outline(text: str) -> dict:
    """A MultiPolygon of all the areas in a GeoJSON text.

    :raise OutlineError: it is no GeoJSON, holds no area, or an area that cannot be right
    """
    try:
        found = json.loads(text)
    except ValueError:
        raise OutlineError("This is not GeoJSON: the text cannot be read.") from None
    areas = [[_ring(ring) for ring in area] for area in _areas(found)]
    if not areas or not all(areas):
        raise OutlineError("There is no area in it: it needs a Polygon or a MultiPolygon.")
    _check(areas)
    return {"type": "MultiPolygon", "coordinates": areas}


def area_km2(outline: dict) -> float:
    """Of all areas less their holes; flat, ring by ring, which is right to a percent for a region."""
    return sum(_ring_km2(area[0]) - sum(map(_ring_km2, area[1:])) for area in outline["coordinates"])


def box_of(outline: dict) -> tuple[float, float, float, float]:
    """South, west, north and east of what `read_outline` gave."""
    corners = [corner for area in outline["coordinates"] for corner in area[0]]
    longitudes, latitudes = zip(*corners, strict=True)
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def _areas(found) -> list:
    """The areas of a geometry, a feature or a collection of them, one below the other."""
    kind = found.get("type") if isinstance(found, dict) else None
    try:
        if kind == "FeatureCollection":
            return [area for feature in found["features"] for area in _areas(feature)]
        if kind == "GeometryCollection":
            return [area for part in found["geometries"] for area in _areas(part)]
        if kind == "Feature":
            return _areas(found["geometry"])
        if kind == "Polygon":
            return [list(found["coordinates"])]
        if kind == "MultiPolygon":
            return [list(area) for area in found["coordinates"]]
    except (KeyError, TypeError):
        raise OutlineError(f"This {kind} has no coordinates.") from None
    raise OutlineError("There is no area in it: it needs a Polygon or a MultiPolygon.")


def _ring(corners) -> list[list[float]]:
    try:
        ring = [[round(float(x), DIGITS), round(float(y), DIGITS)] for x, y, *_height in corners]
    except (TypeError, ValueError):
        raise OutlineError("A corner is not a pair of numbers, longitude before latitude.") from None
    if not all(isfinite(x) and isfinite(y) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
        raise OutlineError(
            "A corner is not on the globe. The numbers must be degrees (WGS84), longitude before latitude."
        )
    return _closed(ring)


def _closed(ring: list) -> list:
    """Corners said twice in a row are said once."""
    ring = [corner for before, corner in pairwise([None, *ring]) if corner != before]
    if len(ring) < 3:
        raise OutlineError("An outline needs at least three corners.")
    (x1, y1), (x2, y2) = ring[0], ring[-1]
    if haversine_km(y1, x1, y2, x2) > CLOSED_KM:
        raise OutlineError("An outline is not closed: it must end where it began.")
    ring[-1] = ring[0]
    if len(ring) < 4:
        raise OutlineError("An outline needs at least three corners.")
    return ring


def _check(areas: list) -> None:
    rings = [ring for area in areas for ring in area]
    corners = sum(map(len, rings))
    if corners > MOST_CORNERS:
        raise OutlineError(f"It has {corners:,} corners; {MOST_CORNERS:,} are the most. Simplify it first.")
    for ring in rings:
        crossing = _crossing(ring)
        if crossing:
            x, y = crossing
            raise OutlineError(f"The outline crosses itself near latitude {y:.4f}, longitude {x:.4f}.")
    km2 = area_km2({"coordinates": areas})
    if not SMALLEST_KM2 <= km2 <= LARGEST_KM2:
        raise OutlineError(
            f"It covers {km2:,.1f} km²; a region has between {SMALLEST_KM2} and {LARGEST_KM2:,.0f} km². "
            "Are longitude and latitude swapped?"
        )


def _ring_km2(ring: list) -> float:
    shrink = cos(radians(sum(y for _x, y in ring) / len(ring)))
    twice = sum((x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(twice) / 2 * shrink * KM_PER_DEGREE**2


def _crossing(ring: list) -> list | None:
    """Where a ring crosses or touches itself: a sweep from west to east over its sides."""
    sides = [(min(a[0], b[0]), max(a[0], b[0]), index, a, b) for index, (a, b) in enumerate(pairwise(ring))]
    last, active = len(sides) - 1, []
    for side in sorted(sides):
        west, _east, index, a, b = side
        active = [other for other in active if other[1] >= west]
        for _west, _other_east, other, c, d in active:
            beside = abs(index - other) in (1, last)
            if _folds(a, b, c, d) if beside else _cross(a, b, c, d):
                return a
        active.append(side)
    return None


def _cross(a, b, c, d) -> bool:
    """Whether two sides have a point in common."""
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    one, two, three, four = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if one * two < 0 and three * four < 0:
        return True
    ends = ((one, a, b, c), (two, a, b, d), (three, c, d, a), (four, c, d, b))
    return any(side == 0 and _between(p, q, r) for side, p, q, r in ends)


def _folds(a, b, c, d) -> bool:
    """Whether a side runs back over its neighbour."""
    shared = a if a in (c, d) else b
    end, other = (b if shared == a else a), (d if shared == c else c)
    back = (end[0] - shared[0]) * (other[0] - shared[0]) + (end[1] - shared[1]) * (other[1] - shared[1])
    return _side(shared, end, other) == 0 and back > 0


def _side(a, b, c) -> float:
    """Positive when c lies to the left of the way from a to b; rounded, so that a straight line is one."""
    return round((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]), 2 * DIGITS)


def _between(a, b, c) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
