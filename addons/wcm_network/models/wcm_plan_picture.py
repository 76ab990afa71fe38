from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

PICTURES = ("allocation", "load", "timeline", "flows", "costs")


class WcmPlan(models.Model):
    """A solved plan as rows of pictures, read with the rights of whoever looks."""

    _inherit = "wcm.plan"

    @api.readonly
    def picture(self, name):
        """Rows of one picture: "allocation", "load", "timeline", "flows" or "costs"; weeks are Mondays."""
        self.ensure_one()
        self.check_access("read")
        if name not in PICTURES:
            raise UserError(self.env._("A plan has these pictures: %s.", ", ".join(PICTURES)))
        rows = getattr(self, f"_picture_{name}")()
        return {"name": self.name, "currency_id": self.currency_id.id, **rows}

    def action_pictures(self):
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_plan_pictures")
        action["context"] = {"active_id": self.id}
        return action

    def _picture_allocation(self):
        """Blocks by component and member, and what nobody makes."""
        groups = self._sums(["product_id", "membership_id"], ["quantity:sum"])
        left = dict(self._sums(["product_id"], ["quantity:sum"], model="wcm.plan.unplaced"))
        products = self.env["product.product"].union(*(row[0] for row in groups), *left)
        return {
            "members": self._picture_members(row[1] for row in groups),
            "components": [
                {"id": product.id, "code": product.default_code or "", "name": product.name, "unplaced": left.get(product, 0)}
                for product in products.sorted("display_name")
            ],
            "cells": [[product.id, member.id, quantity] for product, member, quantity in groups],
        }

    def _picture_load(self):
        """Hours of each member, process and week; members of other regions keep theirs to themselves."""
        loads = self.env["wcm.plan.load"].search([("plan_id", "=", self.id)])
        kept = self.sudo().load_ids.membership_id
        working = self.sudo().line_ids.membership_id
        return {
            "is_kept": bool(kept),
            "hidden": len((working & kept) - loads.sudo().membership_id),
            "members": self._picture_members(loads.membership_id),
            "processes": self._picture_processes(loads.process_id),
            "weeks": self._picture_weeks(loads.mapped("week_start")),
            "cells": [self._load_cell(load) for load in loads],
        }

    @api.model
    def _load_cell(self, load):
        monday = fields.Date.to_string(load.week_start)
        return [load.membership_id.id, load.process_id.id, monday, load.hours, load.capacity, load.shadow_value]

    def _picture_processes(self, processes):
        """With the components of the plan that need each, by which its lines are found."""
        boms = self.sudo()._boms(self.sudo().line_ids.product_id)
        needed = defaultdict(list)
        for product, bom in boms.items():
            for process in bom.requirement_ids.process_id:
                needed[process.id].append(product.id)
        return [
            {"id": process.id, "name": process.name, "products": needed[process.id]} for process in processes.sorted("name")
        ]

    def _sums(self, groupby, aggregates, model="wcm.plan.line"):
        return self.env[model]._read_group([("plan_id", "=", self.id)], groupby, aggregates)

    def _picture_members(self, members):
        """Names only: who makes what is told also where the member's own record is not."""
        found = self.env["wcm.membership"].sudo().union(*members)
        return [{"id": member.id, "name": member.name, "code": member.code or ""} for member in found.sorted("name")]

    @api.model
    def _picture_weeks(self, dates):
        """Every Monday from the first to the last of these weeks."""
        mondays = [date - timedelta(days=date.weekday()) for date in dates]
        if not mondays:
            return []
        count = (max(mondays) - min(mondays)).days // 7 + 1
        return [fields.Date.to_string(min(mondays) + timedelta(weeks=week)) for week in range(count)]
