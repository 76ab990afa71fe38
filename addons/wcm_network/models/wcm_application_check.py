from odoo import api, fields, models
from odoo.exceptions import UserError

KEYS = [
    ("documents", "Documents are there and hold"),
    ("references", "References were asked"),
    ("audit", "An audit was done"),
    ("kit", "Kit and capability are recorded"),
    ("people", "An owner has a login"),
    ("terms", "The terms are accepted"),
]


class WcmApplicationCheck(models.Model):
    """One line of the review: what the records say, and who ticked it when."""

    _name = "wcm.application.check"
    _description = "Line of a review"
    _inherit = "wcm.guarded"
    _order = "application_id, id"
    _rec_name = "key"

    _guarded = frozenset({"application_id", "key", "is_done", "done_by_id", "done_on"})

    application_id = fields.Many2one("wcm.membership.application", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="application_id.region_id", store=True, index=True)
    key = fields.Selection(KEYS, "Checked", required=True, readonly=True)
    fact = fields.Char("The records say", compute="_compute_fact")
    holds = fields.Boolean(compute="_compute_fact", help="Whether the records bear it out.")
    is_done = fields.Boolean("Ticked", readonly=True)
    done_by_id = fields.Many2one("res.users", "By", readonly=True)
    done_on = fields.Datetime("On", readonly=True)
    note = fields.Char(help="What was seen or asked. Needed to tick what the records do not bear out.")

    _once = models.UniqueIndex("(application_id, key)", "This application has that line already.")

    @api.depends("key", "application_id")
    def _compute_fact(self):
        for check in self:
            check.holds, check.fact = check.application_id._fact(check.key)

    def action_tick(self):
        for check in self:
            check._check_may_tick()
            if not check.holds and not (check.note or "").strip():
                raise UserError(self.env._("“%s”: the records do not say so. Write in the note what you know, then tick it.", check._label()))
        self.sudo().write({"is_done": True, "done_by_id": self.env.uid, "done_on": fields.Datetime.now()})
        self._tell(self.env._("Ticked"))

    def action_untick(self):
        for check in self:
            check._check_may_tick()
        self.sudo().write({"is_done": False, "done_by_id": False, "done_on": False})
        self._tell(self.env._("Tick taken back"))

    def _check_may_tick(self):
        self.check_access("write")
        self.application_id._check_open()

    def _tell(self, what):
        """In the history of the application, with what was noted then."""
        for check in self:
            body = self.env._("%(what)s: %(line)s %(note)s", what=what, line=check._label(), note=check.note or "")
            check.application_id.message_post(body=body)

    def _label(self):
        return dict(self._fields["key"]._description_selection(self.env))[self.key]
