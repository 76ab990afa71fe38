from odoo import api, fields, models
from odoo.exceptions import UserError

# Frozen with the result; a closed one keeps them.
KEPT = ("instrument_kind_id", "competence_kind_id", "instrument_id", "calibration_id", "competence_id", "checked_person_id")


class WcmInspectionLine(models.Model):
    """With which instrument it was measured, and by which right somebody checked it.

    Asked when a result is entered and again when the inspection is closed, for the time of the check: what a phone tells
    days later is judged by the day on which it was done.
    """

    _inherit = "wcm.inspection.line"

    _member_readable = frozenset({"instrument_kind_id", "competence_kind_id", "instrument_id", "instrument_words", "instrument_choices"})
    _member_writable = frozenset({"instrument_id"})

    instrument_kind_id = fields.Many2one("wcm.instrument.kind", "Measured with", readonly=True, ondelete="restrict")
    competence_kind_id = fields.Many2one("wcm.competence.kind", "Checked by who has learnt", readonly=True, ondelete="restrict")
    instrument_id = fields.Many2one("wcm.instrument", ondelete="restrict")
    calibration_id = fields.Many2one("wcm.calibration", readonly=True, ondelete="restrict", help="The one that counted at the time.")
    instrument_words = fields.Char("Instrument and calibration", readonly=True)
    competence_id = fields.Many2one("wcm.competence", "By competence", readonly=True, ondelete="restrict")
    checked_person_id = fields.Many2one("wcm.member.person", "Checked by (PIN)", readonly=True, ondelete="restrict")
    instrument_choices = fields.Json(compute="_compute_instrument_choices", help="[[id, name, code]] of what can be used for it now; what was used last comes first.")

    _instrument_idx = models.Index("(instrument_id, checked_at) WHERE instrument_id IS NOT NULL")

    @api.depends("state", "instrument_kind_id")
    @api.depends_context("uid")
    def _compute_instrument_choices(self):
        asked = self.filtered(lambda line: line.instrument_kind_id and line.state == "open")
        (self - asked).instrument_choices = []
        for member, lines in asked.grouped(lambda line: line.inspection_id.sudo().membership_id).items():
            offered = self.env["wcm.instrument"]._to_choose(member)
            for line in lines:
                line.instrument_choices = [[one.id, one.display_name, one.code] for one in offered if one.kind_id == line.sudo().instrument_kind_id]

    def write(self, vals):
        result = super().write(vals)
        if self._fields_named(False)[1] & vals.keys():
            for line in self.sudo():
                line._check_equipped()
                super(WcmInspectionLine, line).write(line._equipment_values())
        return result

    def _check_equipped(self, closing=False):
        """Raises what is missing, in words."""
        if self.instrument_id:
            self._refuse(self.instrument_id._obstacle(self._checked_when(), self.inspection_id.membership_id, self.checked_by_id or self.env.user, self.instrument_kind_id))
            self._refuse(self._range_obstacle())
        elif closing and self.instrument_kind_id and (self.verdict == "pass" or self.reading):
            self._refuse(self.env._("say with which %s it was measured", self.instrument_kind_id.name.lower()))
        if self.competence_kind_id and self.verdict != "none":
            self._check_competent(self.checked_by_id or self.env.user, self._person_checking(closing), self._checked_when())

    def _check_competent(self, user, person, when):
        held = self.env["wcm.competence"]._find(self.competence_kind_id, user, person, self.inspection_id.membership_id, when)
        if not held:
            self._refuse(self.env._(
                "%(who)s has no valid training for “%(kind)s”. Somebody who has checks it; an owner of the workshop tells the training, a quality lead authorises it",
                who=(person or user).name, kind=self.competence_kind_id.name,
            ))
        return held

    def _refuse(self, obstacle):
        if obstacle:
            raise UserError(self.env._("“%(checkpoint)s”: %(obstacle)s.", checkpoint=self.name, obstacle=obstacle))

    def _range_obstacle(self):
        return self.instrument_id._range_obstacle(self._measured(), self._units()) if self.kind == "measurement" else ""

    def _checked_when(self):
        return self.checked_at or self.env["wcm.part.event"]._doing().time

    def _person_checking(self, closing=False):
        """Who gave a PIN: now, or when it was checked."""
        return self.checked_person_id if closing else self.env["wcm.member.person"].browse(self.env["wcm.part.event"]._doing().person_id or ())

    def _equipment_values(self):
        when, person = self._checked_when(), self._person_checking()
        calibration = self.instrument_id._calibration_on(when.date())
        competence = self.competence_kind_id and self.verdict != "none" and self._check_competent(self.checked_by_id, person, when)
        return {
            "calibration_id": calibration.id, "instrument_words": calibration._words() if calibration else False,
            "competence_id": competence.id if competence else False, "checked_person_id": person.id,
        }

    def _correction_values(self):
        return {**super()._correction_values(), **{name: self[name].id for name in KEPT}, "instrument_words": self.instrument_words}

    def _bench_values(self):
        values = super()._bench_values()
        if self.instrument_kind_id:
            values |= {"instrument_kind": self.instrument_kind_id.id, "instrument_name": self.instrument_kind_id.name, "instrument": self.instrument_id.id or ""}
        if self.competence_kind_id:
            values["competence"] = self.competence_kind_id.name
        return values
