import io
from itertools import count

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import QualityCase

NUMBERS = count(1)
CALM = ("18.01", "17.99", "18.005", "17.995", "18.015", "17.985", "18.0", "18.01", "17.99", "18.005", "17.99", "18.01") * 2


class ChartCase(QualityCase):
    """24 readings of the thickness of Alder's blocks, all about 18; no hold point."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_control_plan(
            {"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5},
        )
        cls.saw = cls.env["maintenance.equipment"].create({"name": "Saw", "facility_id": cls.alder.facility_id.id})
        cls.asked = {"plan": cls.plan.id, "checkpoint": "Thickness"}
        cls.charts = cls.env["wcm.quality.chart"]

    @classmethod
    def measure(cls, *readings, order=None, by=None, machine=None):
        """A closed inspection of a new block for each reading."""
        inspections = cls.env["wcm.inspection"]
        for reading in readings:
            part = cls.make_part(f"B-{next(NUMBERS)}", order)
            part.equipment_ids = [Command.set((machine or part.equipment_ids).ids)]
            inspection = part.inspection_ids
            inspection.line_ids.reading = reading
            inspection.with_user(by or cls.lead).action_close()
            inspections |= inspection
        return inspections

    def chart(self, user=None, **asked):
        return self.charts.with_user(user or self.lead).control_chart({**self.asked, **asked})


class TestQualityChart(ChartCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspections = cls.measure(*CALM)

    def test_a_calm_process_has_limits_indices_and_no_signal(self):
        chart = self.chart()
        self.assertEqual((chart["count"], chart["low"], chart["high"], chart["unit"]), (24, 17.5, 18.5, "mm"))
        self.assertEqual([point["value"] for point in chart["points"]], [float(reading) for reading in CALM])
        self.assertEqual(chart["signals"], [])
        value, low, high = chart["capability"]["ppk"]
        self.assertTrue(low < value < high)
        self.assertAlmostEqual(chart["location"]["center"], sum(map(float, CALM)) / 24)

    def test_a_reading_outside_is_named_and_leads_to_its_inspection(self):
        odd = self.measure("18.45")
        chart = self.chart()
        signal = next(signal for signal in chart["signals"] if signal["rule"] == 1)
        self.assertEqual(signal["words"], "Outside the control limits")
        [point] = signal["points"]
        self.assertEqual(chart["points"][point]["readings"][0]["inspection"], odd.id)

    def test_a_corrected_inspection_counts_once_and_by_its_correction(self):
        wrong = self.inspections[-1]
        wrong.with_user(self.lead).action_correct("Read from the wrong end")
        self.assertEqual(self.chart()["count"], 23)
        correction = wrong.part_id.inspection_ids.filtered(lambda check: check.state == "open")
        correction.line_ids.reading = "18.2"
        correction.with_user(self.lead).action_close()
        chart = self.chart()
        self.assertEqual((chart["count"], chart["points"][-1]["value"]), (24, 18.2))

    def test_what_was_failed_by_hand_without_a_reading_is_no_reading_of_zero(self):
        part = self.make_part("HAND")
        part.inspection_ids.line_ids.passed_by_hand = "fail"
        part.inspection_ids.with_user(self.lead).action_close()
        self.assertEqual(self.chart()["count"], 24)

    def test_versions_of_a_plan_are_one_chart_until_the_nominal_changes(self):
        self.new_version(tolerance_plus=0.4)
        self.measure("18.0")
        chart = self.chart()
        self.assertEqual((chart["count"], chart["high"]), (25, 18.4))
        self.assertIn("tolerance has changed", " ".join(chart["notes"]))
        self.new_version(nominal=20)
        self.measure("20.1")
        chart = self.chart()
        self.assertEqual((chart["count"], chart["nominal"]), (1, 20))
        self.assertIn("25 readings to another nominal", " ".join(chart["notes"]))

    def new_version(self, **changes):
        latest = self.env["wcm.control.plan"].search([("name", "=", self.plan.name), ("state", "=", "approved")])
        version = self.env["wcm.control.plan"].browse(latest.with_user(self.lead).action_new_version()["res_id"])
        version.checkpoint_ids.write(changes)
        version.with_user(self.lead).action_approve()

    def test_the_readings_of_one_check_are_one_group(self):
        self.new_version(reading_count=3)
        self.measure(*(f"{one}; {one} mm; 1.81 cm" for one in CALM))
        chart = self.chart(size=5)
        self.assertEqual((chart["size"], chart["count"], len(chart["points"])), (3, 72, 24))
        self.assertEqual([reading["value"] for reading in chart["points"][0]["readings"]], [18.01, 18.01, 18.1])
        self.assertAlmostEqual(chart["points"][0]["value"], (18.01 + 18.01 + 18.1) / 3)
        self.assertAlmostEqual(chart["points"][0]["spread"], 0.09)
        self.assertEqual({len({reading["inspection"] for reading in point["readings"]}) for point in chart["points"]}, {1})
        self.assertIn("Each check has 3 readings", " ".join(chart["notes"]))
        self.assertIn("24 readings to another nominal", " ".join(chart["notes"]))

    def test_a_check_that_was_failed_before_its_last_reading_is_no_group(self):
        self.new_version(reading_count=3)
        self.measure("18; 18.1; 18")
        half = self.make_part("HALF").inspection_ids
        half.line_ids.write({"reading": "18.1; 18", "passed_by_hand": "fail"})
        half.with_user(self.lead).action_close()
        self.assertEqual((half.state, self.chart()["count"]), ("failed", 3))

    def test_few_readings_are_shown_without_limits_and_the_chart_says_so(self):
        self.measure("18.0", "18.1", order=self.rival_order)
        chart = self.chart(member=self.birch.id)
        self.assertEqual(len(chart["points"]), 2)
        self.assertFalse(chart["location"] or chart["capability"])
        self.assertIn("need 20 points; there are 2", chart["notes"][0])

    def test_no_reading_is_no_chart(self):
        self.assertEqual(self.chart(member=self.birch.id), {"count": 0})
        self.assertEqual(self.chart(since="2030-01-01"), {"count": 0})

    def test_groups_are_averaged(self):
        chart = self.chart(size=5)
        self.assertEqual((len(chart["points"]), len(chart["points"][0]["readings"])), (4, 5))
        self.assertIn("4 readings at the end", " ".join(chart["notes"]))

    def test_a_machine_has_a_chart_of_its_own(self):
        self.measure("18.2", machine=self.saw)
        self.assertEqual(self.chart(machine=self.saw.id)["count"], 1)
        choices = self.charts.with_user(self.lead).choices(self.alder.id)
        self.assertEqual(choices["machines"], [{"id": self.saw.id, "name": "Saw"}])

    def test_only_what_was_measured_can_be_chosen(self):
        choices = self.charts.with_user(self.lead).choices()
        self.assertEqual([row["checkpoint"] for row in choices["characteristics"]], ["Thickness"])
        self.assertEqual(choices["members"], [{"id": self.alder.id, "name": self.alder.name}])

    def test_a_chart_takes_as_many_queries_however_many_readings(self):
        self.chart()
        with self.assertQueryCount(12):
            self.chart()

    def test_a_question_that_makes_no_sense_is_refused_in_words(self):
        for question in ({"size": 11}, {"plan": "x"}, {"since": "soon"}, {"member": -1}, {"checkpoint": ""}, {"plan": 2**40}):
            with self.subTest(question), self.assertRaises(UserError):
                self.chart(**question)
        with self.assertRaises(UserError):
            self.charts.with_user(self.lead).control_chart(["plan"])

    def test_readings_are_a_spreadsheet(self):
        content = self.charts.with_user(self.lead)._workbook(self.asked)
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Readings"]
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        self.assertEqual(len(rows), 24)
        self.assertEqual(rows[0][4:], (18.01, 17.5, 18.5))
        self.assertFalse(self.charts.with_user(self.rival)._workbook(self.asked))


class TestQualityChartAccess(ChartCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure("18.0", "18.1")
        cls.measure("18.2", order=cls.rival_order)

    def test_a_member_sees_the_chart_of_its_own_work_only(self):
        self.assertEqual(self.chart(self.maker)["count"], 2)
        self.assertEqual(self.chart(self.rival)["count"], 1)
        self.assertEqual(self.chart(self.rival, member=self.alder.id), {"count": 0})
        self.assertEqual([member["id"] for member in self.charts.with_user(self.rival).choices()["members"]], [self.birch.id])
        self.assertEqual(self.charts.with_user(self.rival).choices(self.alder.id)["machines"], [])

    def test_a_member_counts_its_own_work_only(self):
        self.measure("19", order=self.rival_order)
        self.assertEqual(self.charts.with_user(self.maker).counts({})["parts"], 2)
        self.assertEqual(self.charts.with_user(self.maker).pareto({}, "member")["bars"], [])
        self.assertEqual(self.charts.with_user(self.maker).pareto({"member": self.birch.id}, "checkpoint")["total"], 0)

    def test_a_coordinator_sees_its_own_region(self):
        self.assertEqual(self.chart(self.coordinator)["count"], 3)
        self.assertEqual(self.chart(self.other_coordinator)["count"], 1)
        self.assertEqual([member["id"] for member in self.charts.with_user(self.other_coordinator).choices()["members"]], [self.birch.id])
        self.assertEqual(self.chart(self.other_coordinator, member=self.alder.id), {"count": 0})

    def test_others_are_refused(self):
        stranger = self.make_user("stranger_t", "base.group_user")
        charts = self.charts.with_user(stranger)
        for call in (charts.choices, lambda: charts.control_chart(self.asked), lambda: charts.counts({}), lambda: charts.pareto({}, "title")):
            with self.assertRaises(AccessError):
                call()


class TestQualityCounts(ChartCase):
    def counts(self, **asked):
        return self.charts.with_user(self.lead).counts(asked)

    def test_nothing_checked_is_no_figure(self):
        counts = self.counts()
        self.assertEqual((counts["parts"], counts["yield"], counts["per_million"], counts["cost"], counts["stages"]), (0, None, None, [], []))

    def test_a_part_is_right_first_time_or_not_whatever_came_after(self):
        self.measure("18", "18", "18")
        failed = self.measure("19")
        self.rework(failed)
        counts = self.counts()
        self.assertEqual((counts["parts"], counts["right"], counts["yield"]), (4, 3, 0.75))
        self.assertEqual((counts["defects"], counts["opportunities"], counts["per_million"]), (1, 4, 250_000))

    def test_a_check_that_was_wrong_counts_by_its_correction(self):
        failed = self.measure("19")
        failed.with_user(self.lead).action_correct("Wrong gauge")
        correction = failed.part_id.inspection_ids.filtered(lambda check: check.state == "open")
        correction.line_ids.reading = "18"
        correction.with_user(self.lead).action_close()
        self.assertEqual(self.counts()["yield"], 1)

    def test_scrapped_and_reworked_blocks_cost_their_agreed_price(self):
        self.order.sudo().write({"price_unit": 120})
        scrapped, reworked = self.measure("19"), self.measure("19.5")
        scrapped.part_id.nonconformity_ids.with_user(self.second_lead).action_decide("scrap", "Too thick")
        self.rework(reworked)
        costs = {row["kind"]: row for row in self.counts()["cost"]}
        self.assertEqual({kind: (row["blocks"], row["priced"], row["amount"]) for kind, row in costs.items()}, {"scrap": (1, 1, 120), "rework": (1, 1, 120)})

    def test_blocks_that_were_decided_on_one_by_one_cost_what_became_of_each(self):
        self.order.sudo().write({"price_unit": 120})
        spoiled, mended, fine = (self.measure("18").part_id for _block in range(3))
        nonconformity = (spoiled | mended | fine).with_user(self.colleague).action_report("Edge chipped")
        for part, kind in ((spoiled, "scrap"), (mended, "rework"), (fine, "use_as_is")):
            nonconformity.with_user(self.second_lead).action_decide(kind, "Looked at", part.ids)
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.assertEqual({row["kind"]: row["blocks"] for row in self.counts()["cost"]}, {"scrap": 1, "rework": 1})

    def test_a_block_without_a_price_has_no_cost_of_zero(self):
        self.order.sudo().write({"price_unit": 0})
        self.rework(self.measure("19"))
        [row] = self.counts()["cost"]
        self.assertEqual((row["blocks"], row["priced"], row["amount"]), (1, 0, None))

    def test_who_sees_no_prices_sees_no_cost(self):
        self.rework(self.measure("19"))
        maker = self.alder._create_portal_user("saw@example.com", "Sawyer", password="saw-password", role="maker")
        counts = self.charts.with_user(maker).counts({})
        self.assertEqual((counts["parts"], counts["cost"]), (1, None))
        self.assertTrue(self.charts.with_user(self.maker).counts({})["cost"])

    def test_pareto_names_what_fails_most(self):
        self.measure("19", "19", "18")
        self.measure("19", order=self.rival_order)
        charts = self.charts.with_user(self.lead)
        self.assertEqual([(bar["label"], bar["count"]) for bar in charts.pareto({}, "checkpoint")["bars"]], [("Thickness", 3)])
        self.assertEqual([(bar["label"], bar["count"], bar["running"]) for bar in charts.pareto({}, "member")["bars"]], [(self.alder.name, 2, 2 / 3), (self.birch.name, 1, 1)])
        self.assertEqual(charts.pareto({}, "title")["total"], 3)
        self.assertEqual([bar["label"] for bar in charts.pareto({}, "cause")["bars"]], ["Not said yet"])

    def rework(self, failed):
        """Decided, reworked by the maker and checked again, now right."""
        nonconformity = failed.part_id.nonconformity_ids
        nonconformity.with_user(self.second_lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        again = failed.part_id.inspection_ids.filtered(lambda check: check.state == "open")
        again.line_ids.reading = "18"
        again.with_user(self.lead).action_close()
