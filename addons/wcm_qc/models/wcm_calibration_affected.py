from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class WcmCalibration(models.Model):
    """An instrument was found wrong: all that was measured with it since it was known to be right is in doubt."""

    _inherit = "wcm.calibration"

    _guarded = frozenset({"is_wrong"})

    is_wrong = fields.Boolean("Found wrong", compute="_compute_is_wrong", store=True, help="As it came or as it left.")
    doubt_from = fields.Date("In doubt from", compute="_compute_doubt", help="The day of the last good calibration; empty: ever since it is used.")
    doubt_until = fields.Date("In doubt until", compute="_compute_doubt", help="The day on which it was right again; empty: until now.")
    affected_part_count = fields.Integer("Parts measured with it", compute="_compute_affected")
    affected_inspection_count = fields.Integer("Checks done with it", compute="_compute_affected")
    recall_ids = fields.One2many("wcm.recall", "calibration_id", "Recalls", readonly=True)

    @api.depends("result", "as_found", "counts")
    def _compute_is_wrong(self):
        for one in self:
            one.is_wrong = one.counts and "failed" in (one.result, one.as_found == "out" and "failed")

    @api.depends("date", "instrument_id.calibration_ids.counts")
    def _compute_doubt(self):
        for one in self:
            known = one.instrument_id.calibration_ids.filtered(lambda other: other.counts and other != one and other.result == "good")
            before = known.filtered(lambda other, one=one: (other.date, other.id) < (one.date, one._origin.id))
            after = known.filtered(lambda other, one=one: (other.date, other.id) > (one.date, one._origin.id))
            one.doubt_from = max(before.mapped("date"), default=False)
            one.doubt_until = one.date if one.result == "good" else min(after.mapped("date"), default=False)

    @api.depends("date", "is_wrong")
    @api.depends_context("uid")
    def _compute_affected(self):
        for one in self:
            one.affected_part_count = self.env["wcm.part"].search_count(one._affected_parts())
            one.affected_inspection_count = self.env["wcm.inspection"].search_count(one._affected_inspections())

    def action_open_affected_parts(self):
        """Where each is now, by home."""
        self._check_wrong()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_part")
        return {**action, "name": self.env._("Measured with %s", self.instrument_id.name), "domain": list(self._affected_parts()), "context": {"search_default_group_build": 1}}

    def action_open_affected_inspections(self):
        self._check_wrong()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_qc.action_inspection")
        return {**action, "name": self.env._("Checked with %s", self.instrument_id.name), "domain": list(self._affected_inspections()), "context": {}}

    def action_hold_affected(self):
        """One recall holds all of them that are not installed, whichever member made them. Asked again, it holds what was told since."""
        self._check_wrong()
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead holds what was measured with it."))
        recalls = self.env["wcm.recall"]
        recall = recalls.search([("calibration_id", "=", self.id), ("state", "!=", "released")], limit=1)
        recall = recall or recalls.create({"calibration_id": self.id, "reason": self._recall_reason()})
        recall.action_hold()
        return recall._get_records_action()

    def _check_wrong(self):
        self.ensure_one()
        self.check_access("read")
        if not self.is_wrong:
            raise UserError(self.env._("It was found right, so nothing that it measured is in doubt."))

    def _recall_reason(self):
        """Members read it beside their parts: it names nobody."""
        return self.env._(
            "Measured with a %(kind)s that was found wrong on %(day)s", kind=self.instrument_id.kind_id.name.lower(), day=self.date,
        )

    def _affected_lines(self):
        """Of inspections that stand."""
        if not self.is_wrong:
            return Domain.FALSE
        lines = Domain("instrument_id", "=", self.instrument_id.id) & Domain("inspection_id.state", "!=", "replaced") & Domain("verdict", "!=", "none")
        if self.doubt_from:
            lines &= Domain("checked_at", ">=", datetime.combine(self.doubt_from, time.min))
        if self.doubt_until:
            lines &= Domain("checked_at", "<", datetime.combine(self.doubt_until + timedelta(days=1), time.min))
        return lines

    def _affected_inspections(self):
        """As a subquery: there may be thousands."""
        return Domain("line_ids", "any", list(self._affected_lines()))

    def _affected_parts(self):
        return Domain("inspection_ids", "any", list(self._affected_inspections()))

    def _words(self):
        """As it is kept with what was measured."""
        self.ensure_one()
        one = self.sudo()
        return self.env._(
            "%(instrument)s; %(number)s of %(day)s, due %(due)s",
            instrument=one.instrument_id.display_name, number=one.number or one.laboratory, day=one.date, due=one.due_on,
        )
