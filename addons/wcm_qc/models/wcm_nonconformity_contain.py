from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

KINDS = [
    ("sheet", "From the same sheet lots"), ("design", "To the same design revision"),
    ("machine", "From the same machines"), ("day", "Made on the same day"),
]


class WcmNonconformity(models.Model):
    """What else may be wrong in the same way: listed at once, and held with one more step."""

    _inherit = "wcm.nonconformity"

    origin_id = fields.Many2one("wcm.nonconformity", "Held because of", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    contained_ids = fields.One2many("wcm.nonconformity", "origin_id", "Held with it", readonly=True)
    same_sheet_count = fields.Integer("Same sheets", compute="_compute_siblings", help="Other parts from the same sheet lots.")
    same_design_count = fields.Integer("Same design", compute="_compute_siblings", help="Other parts of the component to the same design revision.")
    same_machine_count = fields.Integer("Same machine", compute="_compute_siblings", help="Other parts that any of the machines made.")
    same_day_count = fields.Integer("Same day", compute="_compute_siblings", help="Other parts that the member made on the same day (UTC).")

    @api.depends("part_ids")
    @api.depends_context("uid")
    def _compute_siblings(self):
        for nonconformity in self:
            for kind, _label in KINDS:
                nonconformity[f"same_{kind}_count"] = self.env["wcm.part"].search_count(nonconformity._siblings_domain(kind))

    def action_open_same_sheet(self):
        return self._open_siblings("sheet")

    def action_open_same_design(self):
        return self._open_siblings("design")

    def action_open_same_machine(self):
        return self._open_siblings("machine")

    def action_open_same_day(self):
        return self._open_siblings("day")

    def _open_siblings(self, kind):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_part")
        return {**action, "name": self._kind_label(kind), "domain": list(self._siblings_domain(kind)), "context": {"search_default_group_build": 1}}

    def action_open_contain(self):
        self.ensure_one()
        return self._wizard_action("wcm.nonconformity.contain", self.env._("Hold parts that may have it too"))

    def action_contain(self, part_ids=None, kind=None):
        """Hold these parts too. Those of the same member join, as long as nothing is decided; others get one for each member.

        :return: the nonconformities that hold them
        """
        self.ensure_one()
        self.check_access("write")
        parts = self.env["wcm.part"].browse(part_ids or []).exists()
        parts.check_access("read")
        parts = parts.sudo().filtered(lambda part: part.state not in ("to_make", "scrapped")) - self.sudo()._parts_in_question()
        if not parts:
            raise UserError(self.env._("Choose parts that are made and that this does not hold already."))
        return self.sudo()._contain(parts, self._kind_label(kind)).with_env(self.env)

    def _contain(self, parts, why):
        joining = parts.filtered(lambda part: part.membership_id == self.membership_id) if self.state == "open" and self.part_ids else parts.browse()
        if joining:
            self.write({"part_ids": [Command.link(part.id) for part in joining], "holder_ids": [Command.link(self.env.uid)]})
            self._log_hold(joining)
            self.message_post(body=self.env._("Held as well: %(parts)s (%(why)s)", parts=", ".join(joining.mapped("name")), why=why))
        others = (parts - joining).grouped("membership_id")
        return self.create([self._prepare_contained(of_member, why) for of_member in others.values()]) | (self if joining else self.browse())

    def _prepare_contained(self, parts, why):
        """The other member reads this: it names nobody."""
        return {
            "title": self.env._("To be looked at: a part like these was not right (%s)", why[:1].lower() + why[1:]),
            "part_ids": parts.ids, "origin_id": self.id, "source": "network",
        }

    def _parts_in_question(self):
        return self.part_ids | self.contained_ids.filtered("is_active").part_ids

    def _siblings_domain(self, kind):
        self._kind_label(kind)
        if kind == "sheet" and self.sudo().lot_id:
            return Domain("sheet_lot_ids", "in", self.sudo().lot_id.ids)
        return self.sudo().part_ids._siblings_domain(kind)

    def _kind_label(self, kind):
        labels = dict(KINDS)
        if kind not in labels:
            raise UserError(self.env._("Choose what the parts have in common: sheets, design, machine or day."))
        return labels[kind]
