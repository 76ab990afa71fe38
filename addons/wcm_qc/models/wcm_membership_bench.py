from odoo import models


class WcmMembership(models.Model):
    """What has to be checked goes along for a shift without network."""

    _inherit = "wcm.membership"

    def _bench_content(self):
        content = super()._bench_content()
        parts = self.env["wcm.part"].browse(part["id"] for part in content["parts"])
        checks = {part.id: part._bench_check(self.env.user) for part in parts.sudo()._together()}
        orders = parts.sudo()._together().work_order_id
        of_design = orders.grouped(_design)
        plans = {key: alike[:1]._bench_plan() for key, alike in of_design.items()}
        stages = {key: alike[:1]._bench_stage_plans() for key, alike in of_design.items()}
        return {
            **content,
            **self._arrival_checks(content["arrivals"]),
            "parts": [{**part, "check": checks[part["id"]]} for part in content["parts"]],
            "units": self.env["uom.uom"].sudo()._spelled_conversions(),  # names and factors, for everybody alike
            "checks": {str(order.id): plans[_design(order)] for order in orders},
            "stage_checks": {str(order.id): stages[_design(order)] for order in orders},
        }

    def _arrival_checks(self, arrivals):
        """{arrivals, receipt_checks}: what is checked as blocks arrive, once for each plan; whether it is done already."""
        plans, rows = {}, []
        parts = self.env["wcm.part"].sudo().browse(row["id"] for row in arrivals)
        for row, part in zip(arrivals, parts._together(), strict=True):
            plan, check = part._plan_for("site_receipt"), part._latest_inspection("site_receipt")
            key = "-".join(map(str, plan.ids))
            plans[key] = plan
            points = [line._bench_values() for line in check.line_ids] if check.state == "open" else []
            rows.append({**row, "check": {"state": check.state or "none", "stage": "site_receipt", "plan": key, "points": points, "witness": check._bench_witness()}})
        return {"arrivals": rows, "receipt_checks": {key: plan._bench_values() for key, plan in plans.items() if plan}}


def _design(order):
    """What decides on the control plans of an order."""
    return order.product_id, order.design_revision
