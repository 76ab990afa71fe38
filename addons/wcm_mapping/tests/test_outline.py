import json
from math import cos, pi, sin
from time import perf_counter

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_open

from ..geo import outline_contains
from ..outline import OutlineError, area_km2, box_of, read_outline

SQUARE = [[-3, 51], [-2, 51], [-2, 52], [-3, 52], [-3, 51]]
HOLE = [[-2.8, 51.2], [-2.2, 51.2], [-2.2, 51.8], [-2.8, 51.2]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@tagged("post_install", "-at_install")
class TestOutline(BaseCase):
    def outline(self, found):
        return read_outline(json.dumps(found))

    def refuse(self, found, words):
        with self.assertRaisesRegex(OutlineError, words):
            self.outline(found)

    def test_every_shape_of_geojson_becomes_one_kind(self):
        area = polygon(SQUARE, HOLE)
        feature = {"type": "Feature", "properties": {"name": "x"}, "geometry": area}
        for found in (area, feature, {"type": "FeatureCollection", "features": [feature]},
                      {"type": "MultiPolygon", "coordinates": [area["coordinates"]]},
                      {"type": "GeometryCollection", "geometries": [area]}):  # fmt: skip
            self.assertEqual(self.outline(found), {"type": "MultiPolygon", "coordinates": [area["coordinates"]]})

    def test_areas_of_a_collection_stay_together(self):
        far = [[x + 5, y] for x, y in SQUARE]
        features = [{"type": "Feature", "geometry": polygon(ring)} for ring in (SQUARE, far)]
        outline = self.outline({"type": "FeatureCollection", "features": features})
        self.assertTrue(outline_contains(outline, 51.5, -2.5))
        self.assertTrue(outline_contains(outline, 51.5, 2.5))

    def test_heights_and_corners_said_twice_are_left_out(self):
        ring = [[x, y, 12.5] for corner in SQUARE for x, y in (corner, corner)]
        self.assertEqual(self.outline(polygon(ring))["coordinates"], [[SQUARE]])

    def test_what_is_no_outline_is_refused_in_words(self):
        with self.assertRaisesRegex(OutlineError, "not GeoJSON"):
            read_outline("{")
        for found in ([], 1, None, {"type": "Point", "coordinates": [1, 2]}, {"type": "FeatureCollection", "features": []},
                      {"type": "MultiPolygon", "coordinates": []}, {"type": "Polygon", "coordinates": []}):  # fmt: skip
            self.refuse(found, "no area")
        self.refuse({"type": "Polygon"}, "no coordinates")
        self.refuse({"type": "Feature", "geometry": None}, "no area")

    def test_corners_must_be_places(self):
        self.refuse(polygon([["a", "b"]]), "pair of numbers")
        self.refuse(polygon([[1], [2]]), "pair of numbers")
        self.refuse(polygon([[359000, 172000], [360000, 172000], [359500, 173000], [359000, 172000]]), "not on the globe")
        with self.assertRaisesRegex(OutlineError, "not on the globe"):
            read_outline('{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 3], [4, 5], [NaN, 1]]]}')

    def test_a_ring_ends_where_it_began(self):
        self.refuse(polygon(SQUARE[:-1]), "not closed")
        self.refuse(polygon([[-3, 51], [-2, 51], [-3, 51]]), "three corners")
        nearly = [*SQUARE[:-1], [-3.0000001, 51.0000001]]
        self.assertEqual(self.outline(polygon(nearly))["coordinates"], [[SQUARE]])

    def test_a_ring_does_not_cross_itself(self):
        self.refuse(polygon([[-3, 51], [-2, 52], [-2, 51], [-3, 52], [-3, 51]]), "crosses itself")
        spike = [[-3, 51], [-2, 51], [-2, 52], [-1, 52], [-2, 52], [-3, 52], [-3, 51]]
        self.refuse(polygon(spike), "crosses itself")

    def test_a_region_has_the_size_of_one(self):
        self.refuse(polygon([[0, 0], [0.001, 0], [0.001, 0.001], [0, 0]]), "km²")
        self.refuse(polygon([[-170, -80], [170, -80], [170, 80], [-170, 80], [-170, -80]]), "km²")
        self.assertAlmostEqual(area_km2(self.outline(polygon(SQUARE))), 111.195 * 111.195 * 0.6243, delta=60)

    def test_a_long_outline_is_checked_in_a_moment(self):
        corners = [[-2.5 + 0.5 * cos(2 * pi * i / 9000), 51.5 + 0.5 * sin(2 * pi * i / 9000)] for i in range(9000)]
        start = perf_counter()
        self.outline(polygon([*corners, corners[0]]))
        self.assertLess(perf_counter() - start, 10)
        many = [[x + i * 1e-5, y] for i, (x, y) in enumerate(corners * 2)]
        self.refuse(polygon([*many, many[0]]), "corners")

    def test_the_outlines_we_ship_pass(self):
        for code in ("bristol", "cumbria", "dorset"):
            with file_open(f"wcm_mapping/data/region_{code}.geojson") as file:
                outline = read_outline(file.read())
            south, west, north, east = box_of(outline)
            self.assertTrue(50 < south < north < 56 and -4 < west < east < -1, code)
