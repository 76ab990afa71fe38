"""Places on the globe, without Odoo: distances, outlines and what looks wrong with a point.

Degrees WGS84; kilometres.
"""

from dataclasses import dataclass
from math import asin, asinh, cos, degrees, radians, sin, sqrt, tan

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius

# Generous boxes (south, west, north, east): they catch a point on the wrong side of the
# world, not one on the wrong side of a border. A country that is not listed is not judged.
COUNTRY_BOXES = {
    "BE": (49.4, 2.5, 51.6, 6.5),
    "DE": (47.2, 5.8, 55.1, 15.1),
    "DK": (54.5, 8.0, 57.8, 15.3),
    "ES": (27.5, -18.3, 43.9, 4.4),
    "FR": (41.3, -5.3, 51.2, 9.7),
    "GB": (49.8, -8.7, 60.9, 1.9),
    "GG": (49.3, -2.8, 49.8, -2.1),
    "IE": (51.3, -10.7, 55.5, -5.9),
    "IM": (54.0, -4.9, 54.5, -4.2),
    "IT": (35.4, 6.6, 47.1, 18.6),
    "JE": (49.1, -2.3, 49.3, -1.9),
    "NL": (50.7, 3.3, 53.6, 7.3),
    "NO": (57.9, 4.4, 71.3, 31.2),
    "PT": (32.3, -31.4, 42.2, -6.1),
}


def haversine_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, radians(lon2 - lon1) / 2
    chord = sin(half_lat) ** 2 + cos(phi1) * cos(phi2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def point_issue(latitude: float, longitude: float, country: str | None) -> str | None:
    """What is wrong with a point that claims to lie in `country` (ISO 3166 alpha-2)."""
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        return "null_island"
    box = COUNTRY_BOXES.get(country or "")
    if box is None or _in_box(box, latitude, longitude):
        return None
    return "swapped" if _in_box(box, longitude, latitude) else "outside_country"


def _in_box(box: tuple, latitude: float, longitude: float) -> bool:
    south, west, north, east = box
    return south <= latitude <= north and west <= longitude <= east


def outline_contains(outline: dict, latitude: float, longitude: float) -> bool:
    """Whether a GeoJSON outline holds a point.

    :raise ValueError: the outline is neither a Feature, a Polygon nor a MultiPolygon
    """
    if outline.get("type") == "Feature":
        outline = outline["geometry"]
    if outline.get("type") == "Polygon":
        return _polygon_contains(outline["coordinates"], latitude, longitude)
    if outline.get("type") == "MultiPolygon":
        return any(_polygon_contains(p, latitude, longitude) for p in outline["coordinates"])
    raise ValueError("expected a Polygon or a MultiPolygon")


def _polygon_contains(rings: list, latitude: float, longitude: float) -> bool:
    """Inside the outer ring and in none of the holes that follow it."""
    inside = [_ring_contains(ring, latitude, longitude) for ring in rings]
    return inside[0] and not any(inside[1:])


def _ring_contains(ring: list, latitude: float, longitude: float) -> bool:
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    inside = False
    x1, y1 = ring[-1][:2]
    for x2, y2, *_height in ring:
        if (y1 > latitude) != (y2 > latitude):
            inside ^= longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1
        x1, y1 = x2, y2
    return inside


@dataclass(frozen=True, slots=True)
class Circle:
    """All within so many km of a point."""

    latitude: float
    longitude: float
    km: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east; around a pole, or across the date line, all the way round."""
        reach = self.km / EARTH_RADIUS_KM
        south, north = self.latitude - degrees(reach), self.latitude + degrees(reach)
        if south <= -90 or north >= 90:
            return south, -180, north, 180
        # Wider than on the circle's own parallel: it reaches farthest where meridians lie closer together.
        east = degrees(asin(sin(reach) / cos(radians(self.latitude))))
        if abs(self.longitude) + east > 180:
            return south, -180, north, 180
        return south, self.longitude - east, north, self.longitude + east

    def contains(self, latitude: float, longitude: float) -> bool:
        return haversine_km(self.latitude, self.longitude, latitude, longitude) <= self.km


@dataclass(frozen=True, slots=True)
class Polygon:
    """What lies inside a ring of (latitude, longitude), its sides straight on a map in Web Mercator."""

    points: tuple[tuple[float, float], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, west, north, east."""
        latitudes, longitudes = zip(*self.points, strict=True)
        return min(latitudes), min(longitudes), max(latitudes), max(longitudes)

    @property
    def ring(self) -> list[tuple[float, float]]:
        """(longitude, projected latitude)."""
        return [(longitude, mercator(latitude)) for latitude, longitude in self.points]

    def contains(self, latitude: float, longitude: float) -> bool:
        return _ring_contains(self.ring, mercator(latitude), longitude)


def mercator(latitude: float) -> float:
    """How far north on a map in Web Mercator; its edge lies at 85.05 degrees."""
    return asinh(tan(radians(max(-85.05, min(85.05, latitude)))))


def read_area(text: str) -> Circle | Polygon:
    """An area as it is written in a search: `circle 51.45 -2.59 20` (km) or `polygon` and latitude, longitude of each point.

    :raise ValueError: it is neither, or not on the globe
    """
    kind, *words = text.split()
    numbers = [float(word) for word in words]
    pairs = list(zip(numbers[0::2], numbers[1::2], strict=False))
    if kind == "circle" and len(numbers) == 3 and 0 < numbers[2] <= 20_000 and _on_globe(pairs[0]):
        return Circle(*numbers)
    if kind == "polygon" and 6 <= len(numbers) <= 400 and len(numbers) % 2 == 0 and all(map(_on_globe, pairs)):
        return Polygon(tuple(pairs))
    raise ValueError("expected a circle or a polygon")


def _on_globe(point: tuple[float, float]) -> bool:
    return -90 <= point[0] <= 90 and -180 <= point[1] <= 180
