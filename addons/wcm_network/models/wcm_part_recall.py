from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class WcmPart(models.Model):
    """What a part was made from and with, and back to every other part of the same."""

    _inherit = "wcm.part"

    _guarded = frozenset({"recall_ids", "equipment_ids", "install_position"})

    recall_ids = fields.Many2many("wcm.recall", "wcm_recall_part_rel", "part_id", "recall_id", "Recalls", readonly=True, copy=False)
    equipment_ids = fields.Many2many("maintenance.equipment", "wcm_part_equipment_rel", "part_id", "equipment_id", "Machines", readonly=True, copy=False)
    install_position = fields.Char("Position in the home", readonly=True, copy=False, help="Where it was installed.")
    same_sheet_count = fields.Integer("Same sheets", compute="_compute_siblings", help="Other parts from the same sheet lots.")
    same_design_count = fields.Integer("Same design", compute="_compute_siblings", help="Other parts of this component to the same design revision.")
    same_machine_count = fields.Integer("Same machine", compute="_compute_siblings", help="Other parts that any of its machines made.")

    @api.depends("sheet_lot_ids", "equipment_ids", "design_revision")
    @api.depends_context("uid")
    def _compute_siblings(self):
        for part in self:
            for kind in ("sheet", "design", "machine"):
                part[f"same_{kind}_count"] = self.search_count(part._siblings_domain(kind))

    def action_open_same_sheet(self):
        return self._open_siblings("sheet", self.env._("From the same sheet lots as %s", self.name))

    def action_open_same_design(self):
        return self._open_siblings("design", self.env._("To the same design as %s", self.name))

    def action_open_same_machine(self):
        return self._open_siblings("machine", self.env._("Made on the same machines as %s", self.name))

    def action_recall(self):
        """Begin a recall from what this part was made from; nothing is kept or held yet."""
        self.ensure_one()
        self.env["wcm.recall"].check_access("create")
        source = {"lot_ids": self.sheet_lot_ids.ids} if self.sheet_lot_ids else {"product_ids": self.product_id.ids, "design_revision": self.design_revision}
        context = {f"default_{name}": value for name, value in source.items()}
        return {"type": "ir.actions.act_window", "res_model": "wcm.recall", "view_mode": "form", "name": self.env._("Recall"), "context": context}

    def _open_siblings(self, kind, title):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_part")
        return {**action, "name": title, "domain": list(self.sudo()._siblings_domain(kind)), "context": {"search_default_group_build": 1}}

    def _siblings_domain(self, kind):
        """Other parts that have something in common with any of these.

        :param kind: sheet, design, machine or day
        """
        same = {
            "sheet": lambda: Domain("sheet_lot_ids", "in", self.sheet_lot_ids.ids),
            "design": lambda: Domain.OR(Domain("product_id", "=", product.id) & Domain("design_revision", "=", revision) for product, revision in self._designs()),
            "machine": lambda: Domain("equipment_ids", "in", self.equipment_ids.ids),
            "day": lambda: Domain.OR(part._made_that_day() for part in self if part.made_on),
        }
        return same[kind]() & Domain("id", "not in", self.ids)

    def _designs(self):
        return self.grouped(lambda part: (part.product_id, part.design_revision))

    def _made_that_day(self):
        """By the same member, on the same day (UTC)."""
        day = self.made_on.replace(hour=0, minute=0, second=0)
        return Domain("membership_id", "=", self.membership_id.id) & Domain("made_on", ">=", day) & Domain("made_on", "<", day + timedelta(days=1))

    def _hold_reasons(self):
        """Hook: why this part may not go on, one reason each; what held it last comes last."""
        return [recall._hold_reason() for recall in self.sudo().recall_ids.sorted("id") if recall.state == "held"]

    def _refresh_hold(self):
        """Recalls hold and release set by set in the database; for the few parts with another reason it is worked out here."""
        for part in self:
            reasons = part._hold_reasons()
            part.write({"is_held": bool(reasons), "hold_reason": "; ".join(reasons)})
