from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestCapacityHeatMap(MappingCase):
    def heat_view(self, attributes):
        return self.env["ir.ui.view"].create({"name": "heat", "model": "wcm.capacity", "type": "wcm_heat", "arch": f"<wcm_heat {attributes}/>"})

    def test_a_heat_map_names_its_four_fields(self):
        self.assertTrue(self.heat_view('row="facility_id" week="week_start" total="hours_capacity" free="hours_free"'))
        with self.assertRaisesRegex(ValidationError, "free"):
            self.heat_view('row="facility_id" week="week_start" total="hours_capacity"')

    def test_capacity_opens_as_a_heat_map(self):
        self.assertEqual(self.env.ref("wcm_mapping.action_capacity").views[0][1], "wcm_heat")

    def test_weeks_that_nobody_looks_at_are_not_worked_out(self):
        router = self.capability(self.workshop, self.routing, calendar_id=self.calendar().id)
        last = self.monday(2)
        capacity = self.env["wcm.capacity"].with_context(capacity_weeks=(self.monday(1), last))
        weeks = capacity.search([("capability_id", "=", router.id)]).mapped("week_start")
        self.assertEqual(weeks, [last - timedelta(weeks=1), last])


@tagged("post_install", "-at_install")
class TestCapacityHeatMapInBrowser(MappingCase, HttpCase):
    def test_a_week_opens_from_the_keyboard(self):
        self.capability(self.workshop, self.routing, calendar_id=self.calendar().id)
        action = self.env.ref("wcm_mapping.action_capacity")
        self.browser_js(
            f"/odoo/action-{action.id}",
            """
            document.querySelector('.o_wcm_heat_cell[aria-label*="hours free"]').focus();
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
            if (document.activeElement.dataset.column !== "1") {
                throw new Error("The arrow key did not move to the next week.");
            }
            document.activeElement.click();
            const wait = setInterval(() => {
                if (document.querySelector(".o_list_view .o_data_row")) {
                    clearInterval(wait);
                    console.log("test successful");
                }
            }, 100);
            """,
            "Boolean(document.querySelector('.o_wcm_heat_cell'))",
            login="mapping_coordinator",
            timeout=120,
        )
