import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

SOON = timedelta(days=30)
STATES = [
    ("usable", "Usable"), ("due", "Due within 30 days"), ("overdue", "Overdue"), ("failed", "Failed"), ("never", "Never calibrated"),
]
# What a calibration was of: it stays once there is one.
DESCRIBED = frozenset({"kind_id", "serial", "range_min", "range_max", "unit", "membership_id"})


class WcmInstrument(models.Model):
    """What something is measured with, by whoever has it now.

    Stands beside `maintenance.equipment`, which is a machine of one space with its capacity, audits and public listing;
    an instrument has none of these, goes from member to member, and is seen by its owner and its borrower only.
    """

    _name = "wcm.instrument"
    _description = "Instrument"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "name, id"
    _rec_names_search = ["name", "serial", "code"]

    _guarded = frozenset({"keeper_id", "reminded", "calibration_id", "due_on", "is_borrowed"})
    _shut_by = None  # who has borrowed an instrument goes on with it when its owner is shut out
    _member_readable = frozenset({
        "name", "kind_id", "serial", "code", "range_min", "range_max", "resolution", "unit", "range_words", "membership_id", "keeper_id", "is_borrowed",
        "is_ours", "photo", "write_date", "calibration_ids", "calibration_id", "calibrated_on", "due_on", "result", "state", "loan_ids", "back_on", "active",
    })
    _office_writable = frozenset({"name", "serial", "code", "range_min", "range_max", "resolution", "unit", "photo", "active"})

    name = fields.Char(required=True, tracking=True, help="As people call it, e.g. Long caliper.")
    kind_id = fields.Many2one("wcm.instrument.kind", required=True, index=True, ondelete="restrict", tracking=True)
    serial = fields.Char("Serial number", required=True, tracking=True)
    code = fields.Char(
        "Code to scan", required=True, copy=False, default=lambda self: f"I-{secrets.token_hex(4).upper()}",
        help="What is on its label: its own bar code, or this one.",
    )
    range_min = fields.Float("Measures from", digits=(12, 3))
    range_max = fields.Float("Measures to", digits=(12, 3), help="0: not said, so nothing is refused as out of its range.")
    resolution = fields.Float(digits=(12, 4), help="Smallest step that it shows.")
    unit = fields.Char(default="mm", required=True, help="Of its range and resolution.")
    range_words = fields.Char("Range", compute="_compute_range_words")
    membership_id = fields.Many2one(
        "wcm.membership", "Owner", index="btree_not_null", ondelete="restrict", tracking=True, help="Empty: the network itself.",
    )
    keeper_id = fields.Many2one("wcm.membership", "With", index="btree_not_null", ondelete="restrict", readonly=True, copy=False, tracking=True, help="Who has it now; empty: the network.")
    is_borrowed = fields.Boolean("Lent", compute="_compute_is_borrowed", store=True)
    is_ours = fields.Boolean("Ours", compute="_compute_is_ours")
    photo = fields.Image(max_width=1024, max_height=1024)
    active = fields.Boolean(default=True, tracking=True)
    calibration_ids = fields.One2many("wcm.calibration", "instrument_id", "Calibrations", readonly=True)
    calibration_id = fields.Many2one("wcm.calibration", "Last calibration", compute="_compute_calibration_id", store=True)
    calibrated_on = fields.Date(related="calibration_id.date", store=True, string="Calibrated on")
    due_on = fields.Date("Next due", compute="_compute_calibration_id", store=True, index=True)
    result = fields.Selection(related="calibration_id.result", store=True, string="Last result")
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")

    _code_uniq = models.UniqueIndex("(code, COALESCE(membership_id, 0))", "Another of your instruments has this code.")
    _range_order = models.Constraint("CHECK(range_max = 0 OR range_min < range_max)", "It measures from a smaller value to a larger one.")

    @api.depends("range_min", "range_max", "resolution", "unit")
    def _compute_range_words(self):
        for one in self:
            words = f"{one.range_min:g} – {one.range_max:g} {one.unit}" if one.range_max else ""
            one.range_words = self.env._("%(range)s in steps of %(step)s", range=words or one.unit, step=f"{one.resolution:g}") if one.resolution else words

    @api.depends("membership_id", "keeper_id")
    def _compute_is_borrowed(self):
        for one in self:
            one.is_borrowed = one.keeper_id != one.membership_id

    @api.depends("membership_id")
    @api.depends_context("uid")
    def _compute_is_ours(self):
        own = self.env["wcm.membership"]._workshop_memberships()
        for one in self:
            one.is_ours = one.membership_id in own

    @api.depends("calibration_ids.counts")
    def _compute_calibration_id(self):
        for one in self:
            last = one.calibration_id = one._calibration_on(fields.Date.today())
            one.due_on = last.result == "good" and last.due_on

    @api.depends("calibration_id", "due_on", "result")
    def _compute_state(self):
        today = fields.Date.today()
        for one in self:
            one.state = one.calibration_id._state_on(today) if one.calibration_id else "never"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.today()
        good = Domain("result", "=", "good")
        domains = {
            "never": Domain("calibration_id", "=", False), "failed": Domain("result", "=", "failed"),
            "overdue": good & Domain("due_on", "<", today), "due": good & Domain("due_on", ">=", today) & Domain("due_on", "<=", today + SOON),
            "usable": good & Domain("due_on", ">", today + SOON),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("name", "serial")
    def _compute_display_name(self):
        for one in self:
            one.display_name = ", ".join(filter(None, (one.name, one.serial)))

    @api.model_create_multi
    def create(self, vals_list):
        instruments = super().create(vals_list)
        for one in instruments.sudo():
            one.keeper_id = one.membership_id
        return instruments

    def write(self, vals):
        if not self.env.su and DESCRIBED & vals.keys() and self.sudo().calibration_ids:
            raise UserError(self.env._("It was calibrated as what it is: kind, serial number, range and owner stay. Archive it, and add it as it is now."))
        result = super().write(vals)
        if "membership_id" in vals:
            self.check_access("write")
            for one in self.sudo().filtered(lambda one: not one.loan_ids):
                one.keeper_id = one.membership_id
        return result

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("What was measured with it is kept, so it is kept too. Archive it instead."))

    def _calibration_on(self, day):
        """The one that counts on that day; of two of one day the later."""
        known = self.calibration_ids.filtered(lambda one: one.counts and one.date <= day)
        return known.sorted(lambda one: (one.date, one.id))[-1:]

    def _keeper_at(self, time):
        """The member that had it then; none where the network had it."""
        loan = self.loan_ids.filtered(lambda one: one.lent_on <= time and (not one.returned_on or one.returned_on >= time))[:1]
        return loan.borrower_id if loan else self.membership_id

    def _member(self):
        return self.membership_id
