from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .wcm_build_block import NOT_HERE

DAYS_AHEAD = 28
# Rows alike in all of this are one row with a count.
ALIKE = ("build_id", "build_line_id", "state", "work_order_id", "shipment_id", "is_held", "hold_reason", "is_returned")
OVER = ("complete", "cancelled")


class WcmBuild(models.Model):
    """What is missing for a lift: the blocks of a stage that are not on site, where each is, and what to do.

    wcm_build_lift_words.py says what to do, wcm_build_lift_workbook.py makes the spreadsheet.
    """

    _inherit = "wcm.build"

    @api.model
    @api.readonly
    def lifts(self, build_id=False):
        """Lifts of the next weeks and those behind, that miss blocks; of one home all of them.

        :return: [{build_id, build, site_id, site, day, stage, label, needed, missing}], the first day first
        """
        self.check_access("read")
        builds = self.search([("id", "=", build_id)] if build_id else [("state", "not in", OVER)])
        missing = self._lift_counts("wcm.build.block", [("state", "in", NOT_HERE), *builds._lift_domain(build_id)], "__count")
        needed = self._lift_counts("wcm.build.line", [("build_id", "in", builds.ids)], "quantity:sum")
        labels = dict(self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env))
        return [
            {
                "build_id": build.id, "build": build.name, "site_id": build.site_id.id, "site": build.site_id.name,
                "day": fields.Date.to_string(day), "stage": stage, "label": labels[stage], "needed": needed[build, day, stage], "missing": count,
            }
            for (build, day, stage), count in sorted(missing.items(), key=lambda item: (item[0][1], item[0][0].name, item[0][2]))
        ]

    @api.readonly
    def missing(self, day, stage=False):
        """What these homes need on site by a day, and what of it is not there, in lifting order.

        :param day: a date, also as text; what was due earlier is missing too
        :return: {needed, missing, rows}
        """
        self.check_access("read")
        domain = self._missing_domain(day, stage)
        rows = self.env["wcm.build.block"].search_read([*domain, ("state", "in", NOT_HERE)], [*ALIKE, "name", "part_id", "stage", "date_required"], load=False)
        needed = sum(line.quantity for line in self.env["wcm.build.line"].search(domain))
        return {"needed": needed, "missing": len(rows), "rows": self._missing_rows(rows)}

    def action_missing(self):
        """What is missing for the lifts of this home."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_build_lift")
        return {**action, "context": {"active_id": self.id}}

    def _lift_domain(self, build_id):
        today = fields.Date.context_today(self)
        soon = [] if build_id else [("date_required", "<=", today + timedelta(days=DAYS_AHEAD))]
        return [("build_id", "in", self.ids), *soon]

    @api.model
    def _lift_counts(self, model, domain, aggregate):
        groups = self.env[model]._read_group(domain, ["build_id", "date_required:day", "stage"], [aggregate])
        return {(build, day, stage): count for build, day, stage, count in groups}

    def _missing_domain(self, day, stage):
        try:
            day = fields.Date.to_date(day)
        except (TypeError, ValueError):
            day = None
        if not day:
            raise UserError(self.env._("Choose the day of the lift."))
        domain = Domain("build_id", "in", self.ids) & Domain("date_required", "<=", day)
        return list(domain & Domain("stage", "=", stage) if stage else domain)

    @api.model
    def _missing_rows(self, blocks):
        """Blocks that are alike in one row, with their serial numbers."""
        alike = defaultdict(list)
        for block in blocks:
            alike[tuple(block[name] for name in ALIKE)].append(block)
        members = self._missing_members(blocks)
        return [self._missing_row(own, members) for own in alike.values()]

    @api.model
    def _missing_members(self, blocks):
        """{work order: (name, telephone)}; names are told also where the member's own record is not."""
        orders = self.env["wcm.work.order"].browse({block["work_order_id"] for block in blocks} - {False})
        return {order.id: (order.sudo().membership_id.name, order.partner_id.phone or "") for order in orders}

    @api.model
    def _missing_row(self, blocks, members):
        first = blocks[0]
        build, line = self.browse(first["build_id"]), self.env["wcm.build.line"].browse(first["build_line_id"])
        order, shipment = self.env["wcm.work.order"].browse(first["work_order_id"] or []), self.env["wcm.shipment"].browse(first["shipment_id"] or [])
        member, phone = members.get(order.id, ("", ""))
        return {
            "key": "-".join(str(first[name]) for name in ALIKE),
            "build": build.name, "site": build.site_id.name, "day": fields.Date.to_string(first["date_required"]), "stage": line.stage,
            "code": line.product_id.default_code or "", "name": line.product_id.name, "count": len(blocks),
            "serials": [block["name"] for block in blocks if block["name"]],
            "state": first["state"], "where": self._where_words(first, member, shipment), "held": first["is_held"] and (first["hold_reason"] or self.env._("Held")),
            "member": member, "phone": phone, "order": order.name or "", "shipment": shipment.name or "",
            "due": fields.Date.to_string(order.date_due) or "", "is_late": bool(order.date_due and order.date_due > line.date_required),
            "todo": self._todo_words(first, order, shipment), "open": self._todo_record(first, build, order, shipment),
        }
