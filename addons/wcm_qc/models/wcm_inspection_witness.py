from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

KEPT = ("witness_state", "witness_from", "witness_names", "witness_at", "witness_reason")


class WcmInspection(models.Model):
    """Witness points: told, waited for, and gone on without once the notice has run out. A hold point would wait for ever.

    Recorded on the inspection, for all its witness points together: somebody who comes sees the block once.
    """

    _inherit = "wcm.inspection"

    _member_readable = frozenset({"witness_state", "witness_from", "witness_words"})

    witness_state = fields.Selection(
        [("none", "No witness point"), ("waits", "Invited"), ("came", "Came"), ("absent", "Did not come after notice"), ("waived", "Waived")],
        "Witness", default="none", required=True, readonly=True, copy=False, index=True, tracking=True,
    )
    witness_from = fields.Datetime("Without the witness from", readonly=True, copy=False, help="When the notice has run out.")
    witness_names = fields.Char("Who came", readonly=True, copy=False)
    witness_at = fields.Datetime("Witness recorded on", readonly=True, copy=False)
    witness_by_id = fields.Many2one("res.users", "Witness recorded by", readonly=True, copy=False)
    witness_reason = fields.Char("Waived because", readonly=True, copy=False)
    witness_notice_id = fields.Many2one("wcm.witness.notice", "Notice", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    witness_words = fields.Char("Witness, in words", compute="_compute_witness_words", compute_sudo=True)

    @api.depends("witness_state", "witness_from", "witness_names", "witness_reason", "state")
    @api.depends_context("tz", "lang")
    def _compute_witness_words(self):
        for check in self:
            check.witness_words = check._witness_said()

    def _witness_said(self):
        when, at = self._to_the_minute(self.witness_from), self._to_the_minute(self.witness_at)
        return {
            "waits": self.env._("A witness is invited. Without the witness it can be passed from %s on", when),
            "came": self.env._("Witnessed by %(who)s, recorded by %(by)s on %(at)s", who=self.witness_names, by=self.witness_by_id.name, at=at),
            "absent": self.env._("No witness came after notice until %s", when),
            "waived": self.env._("Witness waived by %(by)s on %(at)s: %(reason)s", by=self.witness_by_id.name, at=at, reason=self.witness_reason),
        }.get(self.witness_state, False)

    def _to_the_minute(self, when):
        return format_datetime(self.env, when, dt_format="d MMM yyyy HH:mm") if when else ""

    @api.model_create_multi
    def create(self, vals_list):
        inspections = super().create(vals_list)
        inspections.filtered(lambda check: check.witness_state == "none" and check._witness_lines())._invite()
        return inspections

    def _witness_lines(self):
        return self.line_ids.filtered(lambda line: line.point_type == "witness")

    def _witness_plans(self):
        """Of the plans that it was opened by, those that its witness points are of."""
        return self._witness_lines().plan_id or self.plan_id

    def _witness_notice_hours(self):
        """The longest of its points."""
        points = self._witness_plans().checkpoint_ids.filtered(lambda point: point.point_type == "witness")
        return max(point.notice_hours or point.plan_id.witness_hours for point in points)

    def _invite(self):
        now = fields.Datetime.now()
        for check in self:
            check._note({"witness_state": "waits", "witness_from": now + timedelta(hours=check._witness_notice_hours())})
        if self:
            self.env["wcm.witness.notice"].sudo()._tell(self.sudo())

    def action_witness_came(self, names=None):
        """Told by whoever checks, at the time."""
        self.check_access("read")
        names = (names or "").strip()[:200]
        if not names:
            raise UserError(self.env._("Say who came, by name: it is kept with the check."))
        for check in self.sudo():
            check._check_witness_open()
            check._record_witness("came", witness_names=names)

    def action_waive_witness(self, reason=None):
        """A quality lead goes on without the witness before the notice has run out."""
        self.check_access("read")
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead waives a witness."))
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why no witness is needed: it is kept with the check."))
        for check in self.sudo():
            check._check_witness_open()
            check._record_witness("waived", witness_reason=reason[:500])

    def _check_witness_open(self):
        self._check_open()
        if self.witness_state != "waits":
            raise UserError(self.env._("%(name)s waits for no witness. %(words)s", name=self.name, words=self.witness_words or ""))

    def _record_witness(self, state, **values):
        self._note({"witness_state": state, "witness_at": self.env["wcm.part.event"]._doing().time, "witness_by_id": self.env.uid, **values})
        self.flush_recordset()

    def _check_four_eyes(self):
        super()._check_four_eyes()
        self._check_witnessed()

    def _check_witnessed(self):
        """For the time of the check: what a phone tells late is judged by when it was done."""
        if self.witness_state == "waits" and self.env["wcm.part.event"]._doing().time < self.witness_from:
            raise UserError(self.env._(
                "%(name)s has a witness point: %(points)s. Without the witness it can be passed from %(when)s on. Until then say who came, or ask a quality lead to waive it. What you entered stays.",
                name=self.name, points=", ".join(self._witness_lines().mapped("name")), when=self._to_the_minute(self.witness_from),
            ))

    def _close(self, state):
        if state == "passed" and self.witness_state == "waits":
            self._check_witnessed()
            self._record_witness("absent")
        return super()._close(state)

    def _prepare_correction(self):
        """Who saw the block saw it; a correction is of what was written."""
        values = super()._prepare_correction()
        kept = {name: self[name] for name in KEPT}
        return {**values, **kept, "witness_by_id": self.witness_by_id.id, "witness_notice_id": self.witness_notice_id.id}

    def _bench_witness(self):
        """{state, words} for the shop-floor app; the state is empty where no witness is waited for."""
        waits = self.state == "open" and self.witness_state == "waits"
        return {"state": "waits" if waits else "", "words": (waits and self.witness_words) or ""}
