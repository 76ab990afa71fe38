"""Is a point in the sea? Asked of the coastline that the map draws, without Odoo.

Natural Earth's 1:10m coast is right to a kilometre or so: harbours and piers lie "in the water", so a
point counts as in the sea only further out than a tolerance. Islands too small for that coast are listed.
"""

import json
from functools import cache
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians
from pathlib import Path

COASTLINE = Path(__file__).parent / "static" / "lib" / "coastline" / "coastline.json"
KM_PER_DEGREE = 111.195
# How far out a point may lie and still be a place by the water: the British Isles are drawn finely, the
# neighbours coarsely.
TOLERANCE_KM = {"home": 3.0, "neighbour": 10.0}
# Whose land is all on the map; a point that claims to lie elsewhere is not judged.
COUNTRIES = {"BE", "DE", "DK", "FR", "GB", "GG", "IE", "IM", "JE", "LU", "NL", "NO"}
# Inhabited or visited, and too small for the coast: latitude, longitude, km around. Own list, to 0.01 degrees.
SMALL_ISLANDS = {
    "Ailsa Craig": (55.25, -5.12, 3),
    "Bardsey": (52.76, -4.79, 3),
    "Cape Clear": (51.44, -9.50, 4),
    "Clare Island": (53.80, -9.99, 6),
    "Cumbrae": (55.77, -4.92, 5),
    "Eigg": (56.90, -6.15, 6),
    "Farne": (55.62, -1.65, 4),
    "Flannan": (58.28, -7.59, 4),
    "Flat Holm and Steep Holm": (51.36, -3.12, 5),
    "Gigha": (55.69, -5.75, 7),
    "Great Blasket": (52.10, -10.52, 6),
    "Herm": (49.47, -2.45, 3),
    "Inishbofin": (53.62, -10.21, 6),
    "Inisheer": (53.06, -9.52, 4),
    "Inishturk": (53.70, -10.11, 5),
    "Isle of May": (56.19, -2.56, 3),
    "Lambay": (53.49, -6.02, 3),
    "Lindisfarne": (55.68, -1.80, 5),
    "Lismore": (56.52, -5.51, 9),
    "Mingulay": (56.81, -7.63, 5),
    "Muck": (56.83, -6.24, 4),
    "North Rona": (59.12, -5.82, 3),
    "North Ronaldsay": (59.37, -2.42, 5),
    "Out Skerries": (60.42, -0.76, 5),
    "Papa Stour": (60.33, -1.69, 5),
    "Papa Westray": (59.35, -2.89, 5),
    "Scilly": (49.93, -6.32, 12),
    "Shapinsay": (59.05, -2.87, 7),
    "Skellig": (51.77, -10.54, 3),
    "Skokholm and Skomer": (51.72, -5.29, 5),
    "Stroma": (58.69, -3.12, 4),
    "Sule Skerry": (59.08, -4.41, 3),
    "Tory": (55.26, -8.22, 5),
    "Treshnish": (56.50, -6.42, 7),
}
# The size of a cell that is asked once and remembered, in degrees.
CELL = 0.1


def in_sea(latitude: float, longitude: float, country: str | None = None) -> bool:
    """Whether a point lies further from any land than harbours and drawing errors explain.

    :param country: ISO 3166 alpha-2 that it claims to lie in; nothing is said of countries off the map
    """
    if (country and country not in COUNTRIES) or not _on_map(latitude, longitude):
        return False
    edges = _near(floor(latitude / CELL), floor(longitude / CELL))
    if isinstance(edges, bool):
        return edges
    return not (_on_land(latitude, longitude) or _by_land(latitude, longitude, edges) or _on_island(latitude, longitude))


def _on_map(latitude: float, longitude: float) -> bool:
    """The map has no land east of the Alps and south of the Pyrenees."""
    return 43 <= latitude <= 67 and -24 <= longitude <= 13


@cache
def _near(row: int, column: int) -> bool | tuple:
    """Of one cell: all sea (True), all land (False), or the pieces of coast within the tolerance of it."""
    south, west = row * CELL, column * CELL
    found = []
    for tolerance, edges in _edges_by_row(row):
        reach = tolerance / KM_PER_DEGREE
        wide = reach / cos(radians(south))
        box = (south - reach, west - wide, south + CELL + reach, west + CELL + wide)
        found += [(tolerance, edge) for edge in edges if _touches(edge, box)]
    if found or any(_reaches(island, south, west) for island in SMALL_ISLANDS.values()):
        return tuple(found)
    return not _on_land(south + CELL / 2, west + CELL / 2)


def _reaches(island: tuple, south: float, west: float) -> bool:
    """Whether an island's circle may touch a cell; generous."""
    latitude, longitude, km = island
    reach = km / KM_PER_DEGREE * 2 + CELL
    return abs(latitude - south) < reach and abs(longitude - west) < reach


def _touches(edge: tuple, box: tuple) -> bool:
    (x1, y1, x2, y2), (south, west, north, east) = edge, box
    return not (max(x1, x2) < west or min(x1, x2) > east or max(y1, y2) < south or min(y1, y2) > north)


def _on_land(latitude: float, longitude: float) -> bool:
    """Even-odd over all rings at once; lakes are holes and do not matter here. A ray to the east."""
    inside = {"home": False, "neighbour": False}
    for detail, (x1, y1, x2, y2) in _bands().get(floor(latitude / CELL), ()):
        if (y1 > latitude) != (y2 > latitude):
            inside[detail] ^= longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1
    return any(inside.values())


def _by_land(latitude: float, longitude: float, edges: tuple) -> bool:
    return any(_distance_km(latitude, longitude, edge) <= tolerance for tolerance, edge in edges)


def _on_island(latitude: float, longitude: float) -> bool:
    return any(_distance_km(latitude, longitude, (x, y, x, y)) <= km for y, x, km in SMALL_ISLANDS.values())


def _distance_km(latitude: float, longitude: float, edge: tuple) -> float:
    """To a piece of coast; flat, which a few kilometres are."""
    shrink = cos(radians(latitude))
    x1, y1, x2, y2 = edge
    ax, ay, bx, by = (x1 - longitude) * shrink, y1 - latitude, (x2 - longitude) * shrink, y2 - latitude
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(ax * dx + ay * dy) / length)) if length else 0.0
    return KM_PER_DEGREE * hypot(ax + along * dx, ay + along * dy)


def _edges_by_row(row: int):
    """(tolerance, pieces of coast) that may come within it of a row of cells."""
    bands = _bands()
    for detail, tolerance in TOLERANCE_KM.items():
        more = ceil(tolerance / KM_PER_DEGREE / CELL)
        rows = range(row - more, row + more + 1)
        yield tolerance, {edge for r in rows for kind, edge in bands.get(r, ()) if kind == detail}


@cache
def _bands() -> dict[int, list[tuple[str, tuple]]]:
    """Pieces of coast by the rows of cells that they pass."""
    bands: dict[int, list] = {}
    for detail, ring in _rings():
        for (x1, y1), (x2, y2) in pairwise(ring):
            for row in range(floor(min(y1, y2) / CELL), floor(max(y1, y2) / CELL) + 1):
                bands.setdefault(row, []).append((detail, (x1, y1, x2, y2)))
    return bands


def _rings():
    for feature in json.loads(COASTLINE.read_text())["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                yield feature["properties"]["detail"], ring
