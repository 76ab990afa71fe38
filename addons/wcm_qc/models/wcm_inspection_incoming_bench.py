from odoo import models


class WcmInspection(models.Model):
    _inherit = "wcm.inspection"

    def _bench_lot(self):
        """One lot for the shop-floor app: {id, check_id, name, component, member, check}; the id is a text, so that no block has the same."""
        check = self.sudo()
        return {
            "id": f"lot{check.id}", "check_id": check.id, "name": check.part_name, "component": check.component_name, "came": check.came_words or "", "membership_id": check.membership_id.id,
            "check": {
                "state": "open", "stage": check.stage, "hold": check.is_hold_point, "points": [line._bench_values() for line in check.line_ids],
                "others": self.env.user in check._makers(), "maker": check.arrived_person_id.id, "witness": check._bench_witness(),
            },
        }
