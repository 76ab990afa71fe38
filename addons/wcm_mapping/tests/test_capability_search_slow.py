import random
from itertools import product

from odoo.tests import tagged

from ..geo import haversine_km
from ..models.wcm_capability_search_answers import NEAR_MISS_RADIUS
from .common import MappingCase

ROAD = 1.3


@tagged("post_install", "-at_install")
class TestCapabilitySearchSlowWay(MappingCase):
    """The finder's one query against a loop over every space that does the same with plain arithmetic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls.env["wcm.process"].create({"name": "Test cutting", "code": "test_cutting"})
        cls.plywood = cls.env.ref("wcm_mapping.material_spruce_plywood")
        cls.dice = random.Random(7)
        for number in range(60):
            cls._some_space(number)

    @classmethod
    def _some_space(cls, number):
        """With a capability, with kit, with both; some without a place; some closed."""
        dice = cls.dice
        space = cls.facility(
            f"Space {number}",
            dice.choice((cls.bristol, cls.dorset)),
            latitude=0 if number % 11 == 0 else 51.45 + dice.uniform(-1, 1),
            longitude=0 if number % 11 == 0 else -2.59 + dice.uniform(-1, 1),
            visibility=dice.choice(("public", "network", "private")),
            status=dice.choice(("active", "active", "active", "closed")),
        )
        lengths = {f"envelope_{axis}_mm": dice.choice((0, 600, 1300, 2500)) for axis in "xyz"}
        if number % 3:
            cls.capability(
                space,
                cls.process,
                tolerance_mm=dice.choice((0, 0.2, 0.8)),
                evidence_level=dice.choice(("declared", "audited")),
                active=bool(number % 7),
                **lengths,
            )
        if number % 2:
            cls.equipment(space, cls.process, material_ids=dice.choice(([], cls.plywood.ids)), **lengths)

    def slow_way(self, question, user):
        """Ids of the spaces that the query finds, near misses with it."""
        spaces = self.env["wcm.facility"].with_user(user).search([("status", "=", "active"), ("process_ids", "in", self.process.ids)])
        return {space.id: self.misses(question, space, user) for space in spaces if self.misses(question, space, user) is not None}

    def misses(self, question, space, user):
        """How much is missing; None when it is not worth a remark."""
        km = ROAD * haversine_km(question.latitude, question.longitude, space.latitude, space.longitude)
        far = None if not (space.latitude or space.longitude) else km > question.radius_km
        if question.radius_km and (far is None or km > question.radius_km * NEAR_MISS_RADIUS):
            return None
        offer, any_is_zero = self.offer(space, user)
        wrong = [self.too_small(question, offer, any_is_zero), self.too_rough(question, offer), bool(question.radius_km and far)]
        wrong += [self.lacks_material(question, space, user), any_is_zero and self.lacks_evidence(question, offer)]
        return count if (count := sum(wrong)) <= 2 else None

    def offer(self, space, user):
        recorded = self.env["wcm.capability"].with_user(user).search([("facility_id", "=", space.id)])
        kit = self.env["maintenance.equipment"].with_user(user).search([("facility_id", "=", space.id)])
        return (recorded, True) if recorded else (kit, False)

    def too_small(self, question, offer, zero_is_any):
        def takes(axis, length):
            have = offer[f"envelope_{axis}_mm"]
            return not length or (not have and (zero_is_any or None)) or (have >= length if have else None)

        x, y, z = question.size_x_mm, question.size_y_mm, question.size_z_mm
        flat = self.either(self.both(takes("x", x), takes("y", y)), self.both(takes("x", y), takes("y", x)))
        return self.both(flat, takes("z", z)) is False

    def both(self, one, other):
        return False if one is False or other is False else None if one is None or other is None else True

    def either(self, one, other):
        return True if one is True or other is True else None if one is None or other is None else False

    def too_rough(self, question, offer):
        return bool(question.tolerance_mm and offer.tolerance_mm and offer.tolerance_mm > question.tolerance_mm)

    def lacks_material(self, question, space, user):
        machines = self.env["maintenance.equipment"].with_user(user).search([("facility_id", "=", space.id)])
        return bool(question.material_id and machines.material_ids and question.material_id not in machines.material_ids)

    def lacks_evidence(self, question, offer):
        return question.evidence_level == "audited" and offer.evidence_level == "declared"

    def test_the_query_finds_and_judges_as_the_loop_does(self):
        for radius, sizes, user in product((0, 60, 100), ((0, 0, 0), (1220, 600, 18), (2440, 1220, 700)), (self.manager, self.coordinator)):
            question = (
                self.env["wcm.capability.search"]
                .with_user(user)
                .create({
                    "process_id": self.process.id, "latitude": 51.5, "longitude": -2.5, "radius_km": radius,
                    "size_x_mm": sizes[0], "size_y_mm": sizes[1], "size_z_mm": sizes[2], "tolerance_mm": 0.5,
                    "material_id": self.plywood.id if radius else False, "evidence_level": "audited" if radius == 60 else "declared",
                })
            )
            self.env.flush_all()
            rows = question.env.execute_query_dict(question._candidates_query())
            with self.subTest(radius=radius, sizes=sizes, user=user.login):
                self.assertEqual({row["facility_id"]: row["miss_count"] for row in rows}, self.slow_way(question, user))
                order = [(row["miss_count"], row["unknown_count"], row["distance_km"] or 1e9, row["facility_id"]) for row in rows]
                self.assertEqual(order, sorted(order))
