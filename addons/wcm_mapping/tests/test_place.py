from time import perf_counter

from odoo.tests import BaseCase, tagged

from ..coast import in_sea
from ..geo import haversine_km
from ..place import km_from_postcode, place_issue
from ..postcode import find_postcode, postcode_position, sector_position

BRISTOL = (51.4545, -2.5879)
# By the water's edge: harbours, piers, spits and small islands, where a coarse coastline is most likely wrong.
COASTAL_TOWNS = {
    "Aberdeen": (57.144, -2.075), "Aberystwyth": (52.415, -4.089), "Aldeburgh": (52.155, 1.602),
    "Amble": (55.335, -1.577), "Anstruther": (56.221, -2.699), "Appledore": (51.053, -4.192),
    "Barrow-in-Furness": (54.105, -3.220), "Blackpool": (53.816, -3.056), "Bournemouth": (50.715, -1.875),
    "Brighton": (50.815, -0.137), "Bude": (50.830, -4.550), "Castletown": (54.073, -4.652),
    "Clevedon": (51.443, -2.862), "Cowes": (50.763, -1.298), "Cromer": (52.933, 1.302), "Deal": (51.223, 1.405),
    "Dover": (51.122, 1.315), "Eigg": (56.877, -6.130), "Falmouth": (50.153, -5.068), "Felixstowe": (51.955, 1.310),
    "Fishguard": (52.013, -4.985), "Grimsby": (53.578, -0.070), "Hartlepool": (54.696, -1.190),
    "Hugh Town": (49.914, -6.315), "Holyhead": (53.314, -4.630), "Howth": (53.391, -6.066), "Hull": (53.739, -0.335),
    "Kirkwall": (58.986, -2.959), "Lerwick": (60.154, -1.142), "Lowestoft": (52.472, 1.752), "Mallaig": (57.006, -5.829),
    "Millport": (55.754, -4.925), "Mousehole": (50.083, -5.539), "Oban": (56.413, -5.472), "Peel": (54.224, -4.696),
    "Portland Bill": (50.514, -2.456), "Portree": (57.412, -6.191), "Portrush": (55.206, -6.657),
    "Ramsgate": (51.330, 1.420), "Scarborough": (54.283, -0.390), "Sheerness": (51.442, 0.760),
    "Southend Pier": (51.514, 0.722), "Spurn": (53.577, 0.110), "St Helier": (49.183, -2.110),
    "St Ives": (50.214, -5.478), "St Peter Port": (49.455, -2.534), "Stornoway": (58.208, -6.386),
    "Tobermory": (56.623, -6.064), "Ullapool": (57.895, -5.161), "Weston-super-Mare": (51.347, -2.985),
    "Weymouth": (50.609, -2.447), "Whitby": (54.489, -0.613), "Whitehaven": (54.549, -3.593), "Workington": (54.650, -3.570),
}  # fmt: skip
SEA_POINTS = {
    "Bristol Channel": (51.30, -3.95), "Cardigan Bay": (52.40, -4.75), "Celtic Sea": (50.60, -7.00),
    "Dogger Bank": (54.80, 1.80), "Dover Strait": (51.00, 1.48), "English Channel": (50.10, -1.50),
    "Irish Sea": (53.60, -4.70), "Liverpool Bay": (53.58, -3.60), "Lyme Bay": (50.50, -3.00), "Minch": (58.10, -5.90),
    "Moray Firth": (57.95, -3.20), "Morecambe Bay": (53.95, -3.40), "North Channel": (54.75, -5.30),
    "North Sea": (56.00, 0.50), "off Cromer": (53.20, 1.50), "off the Farnes": (55.75, -1.30),
    "off Plymouth": (50.15, -4.20), "Outer Thames": (51.60, 1.40), "west of Skye": (57.30, -6.75),
    "west of Shetland": (60.30, -2.60),
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPlace(BaseCase):
    def test_no_coastal_town_is_in_the_sea(self):
        self.assertGreaterEqual(len(COASTAL_TOWNS), 50)
        self.assertFalse([name for name, point in COASTAL_TOWNS.items() if in_sea(*point, "GB")])

    def test_the_sea_is_the_sea(self):
        self.assertEqual(len(SEA_POINTS), 20)
        self.assertFalse([name for name, point in SEA_POINTS.items() if not in_sea(*point, "GB")])

    def test_a_country_off_the_map_is_not_judged(self):
        self.assertFalse(in_sea(36.0, 5.0, "DZ"))
        self.assertFalse(in_sea(36.0, 5.0, "FR"))

    def test_a_hundred_thousand_points_take_seconds(self):
        start = perf_counter()
        for step in range(100_000):
            in_sea(49.9 + step % 331 / 30, -8.5 + step % 311 / 30, "GB")
        self.assertLess(perf_counter() - start, 20)

    def test_a_point_in_the_sea_is_named(self):
        self.assertEqual(place_issue(SEA_POINTS["Irish Sea"], "GB", None), "in_sea")
        self.assertEqual(place_issue((0, 0), "GB", None), "null_island")

    def test_northern_ireland_is_known_by_its_towns(self):
        self.assertIsNone(sector_position("BT48 8NN"))
        self.assertEqual(postcode_position("BT48 8NN"), (55.0, -7.33, "town"))
        self.assertEqual(place_issue((51.45, -2.59), "GB", "BT48 8NN"), "far_from_postcode")
        self.assertIsNone(place_issue((55.0, -7.3), "GB", "BT48 8NN"))

    def test_the_crown_dependencies_are_known_by_their_towns(self):
        for country, postcode in (("JE", "JE2 3QA"), ("GG", "GY1 1AA"), ("IM", "IM9 1TA")):
            latitude, longitude, precision = postcode_position(postcode)
            self.assertEqual(precision, "town")
            self.assertIsNone(place_issue((latitude, longitude), country, postcode))

    def test_every_district_lies_on_land(self):
        for district in ("BT1", "BT22", "BT40", "BT57", "BT94", "GY9", "GY10", "IM5", "JE1"):
            latitude, longitude, _precision = postcode_position(f"{district} 1AA")
            self.assertFalse(in_sea(latitude, longitude), district)

    def test_a_postcode_is_found_in_an_address(self):
        self.assertEqual(find_postcode("1 Leinster Avenue, Bristol bs41nn, England"), "BS4 1NN")
        self.assertIsNone(find_postcode("12 High Street, Dublin"))

    def test_how_far_a_point_lies_from_its_postcode(self):
        self.assertAlmostEqual(km_from_postcode(BRISTOL, "BS4 1DB"), haversine_km(*BRISTOL, *sector_position("BS4 1DB")))
        self.assertIsNone(km_from_postcode(None, "BS4 1DB"))
        self.assertIsNone(km_from_postcode(BRISTOL, "75011"))
