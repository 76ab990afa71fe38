from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .wcm_instrument import SOON


class WcmCalibration(models.Model):
    """An instrument was compared with what is known to be right. Append-only: a mistake is corrected by a new one."""

    _name = "wcm.calibration"
    _description = "Calibration"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "date desc, id desc"

    _guarded = frozenset({"counts"})
    _shut_by = None  # who has borrowed an instrument goes on with it when its owner is shut out
    _member_readable = frozenset({
        "instrument_id", "date", "due_on", "result", "as_found", "note", "laboratory", "number", "certificate", "certificate_name", "corrects_id", "reason", "counts",
    })
    instrument_id = fields.Many2one("wcm.instrument", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="instrument_id.membership_id", store=True, index=True, string="Owner")
    date = fields.Date("Calibrated on", required=True, default=fields.Date.context_today)
    due_on = fields.Date("Next due", compute="_compute_due_on", store=True, precompute=True, readonly=False, required=True, help="The last day on which it may be used.")
    result = fields.Selection([("good", "Good"), ("failed", "Failed")], required=True, default="good", help="As it left: failed, it is not used until a later one is good.")
    as_found = fields.Selection(
        [("in", "Right"), ("out", "Wrong")], "As found", required=True, default="in",
        help="As it came, before it was adjusted. Wrong, all that was measured with it since the last good calibration is in doubt.",
    )
    note = fields.Text("What was found")
    laboratory = fields.Char("Who did it", required=True, help="The laboratory, or who compared it with which reference.")
    number = fields.Char("Certificate number")
    certificate = fields.Binary(attachment=True)
    certificate_name = fields.Char("Certificate file")
    corrects_id = fields.Many2one("wcm.calibration", index="btree_not_null", ondelete="restrict", domain="[('instrument_id', '=', instrument_id), ('counts', '=', True)]")
    corrected_by_ids = fields.One2many("wcm.calibration", "corrects_id", "Corrected by", readonly=True)
    reason = fields.Char("Reason for the correction")
    counts = fields.Boolean(compute="_compute_counts", store=True, help="A corrected one does not.")

    _corrected_once = models.UniqueIndex("(corrects_id) WHERE corrects_id IS NOT NULL", "This calibration was corrected already: correct the newer one.")
    _dates_in_order = models.Constraint("CHECK(due_on > date)", "The next calibration is due after this one.")
    _correction_explained = models.Constraint(
        "CHECK(corrects_id IS NULL OR length(trim(COALESCE(reason, ''))) > 0)", "Say why the earlier calibration is corrected: the reason is kept with both.",
    )

    @api.depends("date", "instrument_id")
    def _compute_due_on(self):
        for one in self:
            one.due_on = one.date and one._latest_due()

    @api.depends("corrected_by_ids")
    def _compute_counts(self):
        for one in self:
            one.counts = not one.corrected_by_ids

    @api.depends("instrument_id.name", "number", "date")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " ".join(filter(None, (one.sudo().instrument_id.name, one.number, fields.Date.to_string(one.date))))

    @api.constrains("date", "due_on", "instrument_id")
    def _check_dates(self):
        for one in self.sudo():
            if one.date > fields.Date.today():
                raise ValidationError(self.env._("A calibration is recorded once it is done: its day is not in the future."))
            if one.due_on > one._latest_due():
                raise ValidationError(self.env._(
                    "A %(kind)s is calibrated every %(months)s months at the latest, so the next one is due by %(day)s.",
                    kind=one.instrument_id.kind_id.name.lower(), months=one.instrument_id.kind_id.months, day=one._latest_due(),
                ))

    @api.constrains("result", "number", "certificate")
    def _check_shown(self):
        for one in self:
            if one.result == "good" and not (one.number or "").strip() and not one.certificate:
                raise ValidationError(self.env._("A good calibration is shown by its certificate: give its number, or add the file."))

    @api.constrains("corrects_id", "instrument_id")
    def _check_corrects(self):
        for one in self.sudo().filtered("corrects_id"):
            if one.corrects_id.instrument_id != one.instrument_id:
                raise ValidationError(self.env._("A correction is of a calibration of the same instrument."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env["wcm.instrument"].browse(vals.get("instrument_id") or 0 for vals in vals_list).check_access("write")
        calibrations = super().create(vals_list)
        for one in calibrations.sudo():
            one.instrument_id._calibrated(one)
        return calibrations

    def write(self, vals):
        if not self.env.su:
            self.check_access("read")
            raise UserError(self._kept_message())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self._kept_message())

    def init(self):
        """Kept in the database itself; only whether it counts follows from later ones."""
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION wcm_calibration_kept() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR ROW(NEW.instrument_id, NEW.date, NEW.due_on, NEW.result, NEW.as_found, NEW.number, NEW.laboratory, NEW.corrects_id, NEW.create_uid)
                    IS DISTINCT FROM ROW(OLD.instrument_id, OLD.date, OLD.due_on, OLD.result, OLD.as_found, OLD.number, OLD.laboratory, OLD.corrects_id, OLD.create_uid) THEN
                    RAISE EXCEPTION 'Calibration % is kept as it was recorded: correct it by a new one.', OLD.id;
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER wcm_calibration_kept BEFORE UPDATE OR DELETE ON wcm_calibration
                FOR EACH ROW EXECUTE FUNCTION wcm_calibration_kept();
        """)

    def action_open_correct(self):
        """A form for the new one, filled in as this one."""
        self.ensure_one()
        self.check_access("read")
        names = ("date", "due_on", "result", "as_found", "note", "laboratory", "number")
        values = {f"default_{name}": self[name] for name in names} | {"default_instrument_id": self.instrument_id.id, "default_corrects_id": self.id}
        return {**self.instrument_id._calibration_action(), "context": values}

    def _state_on(self, day):
        """Of the instrument, by this calibration."""
        if self.result == "failed":
            return "failed"
        if self.due_on < day:
            return "overdue"
        return "due" if self.due_on <= day + SOON else "usable"

    def _latest_due(self):
        return self.date + relativedelta(months=self.sudo().instrument_id.kind_id.months or 12)

    def _kept_message(self):
        return self.env._("A calibration is kept as it was recorded. Record another that corrects it, with the reason.")
