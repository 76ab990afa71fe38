from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("waiting", "review")
KEEP_DAYS = 180
PERSONAL = ("contact_name", "contact_role", "contact_email", "contact_phone", "owner_name", "owner_email", "message", "answer", "fingerprint")


class WcmMembershipApplication(models.Model):
    """An organisation asks to join with one of its spaces: from the public form, or typed in by a coordinator.

    The review stands here; the membership begins with it, because terms are accepted and people invited there. The
    applicant sees its application by a signed link, and nothing else.
    """

    _name = "wcm.membership.application"
    _description = "Application to join"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.signed.link", "wcm.guarded"]
    _order = "create_date desc, id desc"

    _link_hours = 24 * 90
    _guarded = frozenset({
        "state", "membership_id", "suggestion_id", "fingerprint", "sent_on", "confirmed_on", "asked_on", "decided_on", "decided_by_id",
    })

    name = fields.Char("Organisation", required=True)
    organisation_type = fields.Selection(selection=lambda self: self.env["wcm.facility"]._fields["organisation_type"].selection)
    state = fields.Selection(
        [
            ("unconfirmed", "Waiting for e-mail"), ("waiting", "To look at"), ("review", "Under review"), ("admitted", "Admitted"),
            ("declined", "Declined"), ("withdrawn", "Withdrawn"),
        ],
        default="waiting", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    facility_id = fields.Many2one(
        "wcm.facility", "Production space", compute="_compute_facility_id", store=True, readonly=False, index=True, ondelete="set null",
        help="Of a space that is not on the map yet: the one that is added when its suggestion is accepted.",
    )
    suggestion_id = fields.Many2one("wcm.facility.suggestion", "New space", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    region_id = fields.Many2one(
        "wcm.region", compute="_compute_region_id", store=True, readonly=False, index=True, tracking=True,
        help="Its coordinators decide. From the space, else from the postcode; without one the managers do.",
    )
    process_ids = fields.Many2many("wcm.process", string="Ways of making")
    kit = fields.Text("Machines and tools")
    wants = fields.Text("Would like to make")
    hours = fields.Float("Hours a week", help="Hours a week that it could work for the network, as it says.")
    contact_name = fields.Char("Person", required=True)
    contact_role = fields.Char("Who is")
    contact_email = fields.Char("E-mail", required=True, index=True)
    contact_phone = fields.Char("Telephone")
    owner_name = fields.Char("Owner", help="Who will be the member's first owner; empty: the person who applies.")
    owner_email = fields.Char("Owner's e-mail")
    message = fields.Text("Message to us")
    document_ids = fields.One2many("wcm.application.document", "application_id", "Documents")
    missing_words = fields.Text("Still missing", compute="_compute_missing_words")
    check_ids = fields.One2many("wcm.application.check", "application_id", "Review")
    membership_id = fields.Many2one("wcm.membership", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    earlier_words = fields.Text("Earlier", compute="_compute_earlier_words")
    sent_on = fields.Datetime("Link mailed", readonly=True, copy=False)
    confirmed_on = fields.Datetime("E-mail confirmed", readonly=True, copy=False)
    asked_on = fields.Datetime("Asked for documents", readonly=True, copy=False)
    answer = fields.Text("Reason for the decision", copy=False, help="Mailed with the decision. Needed to decline.")
    decided_on = fields.Datetime(readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    fingerprint = fields.Char(readonly=True, copy=False)

    # Whoever clicks twice, or at once from two windows, has applied once.
    _fingerprint_uniq = models.UniqueIndex(
        "(fingerprint) WHERE state IN ('unconfirmed', 'waiting', 'review')", "This application is here already."
    )
    _hours_range = models.Constraint("CHECK(hours IS NULL OR (hours >= 0 AND hours <= 168))", "Hours of a week are 0 to 168.")

    @api.depends("suggestion_id.facility_id")
    def _compute_facility_id(self):
        for application in self:
            application.facility_id = application.facility_id or application.suggestion_id.sudo().facility_id

    @api.depends("facility_id.region_id", "suggestion_id.region_id")
    def _compute_region_id(self):
        for application in self:
            found = application.facility_id.sudo().region_id or application.suggestion_id.sudo().region_id
            application.region_id = found or application.region_id

    @api.depends("document_ids.state", "document_ids.kind_id", "document_ids.expires_on", "region_id", "organisation_type")
    def _compute_missing_words(self):
        for application in self:
            application.missing_words = "\n".join(application._missing().mapped("name")) or False

    def _compute_earlier_words(self):
        """What became of earlier applications of the same address or space, for who decides."""
        words = dict(self._fields["state"]._description_selection(self.env))
        for application in self:
            earlier = self.search([("id", "<", application._origin.id or 0), *application._same()])
            application.earlier_words = "\n".join(
                " ".join(filter(None, (f"{fields.Date.to_string(one.create_date)}: {words[one.state]}.", one.answer))) for one in earlier
            ) or False

    def _same(self):
        space = [("facility_id", "=", self.facility_id.id)] if self.facility_id else [(0, "=", 1)]
        return ["|", ("contact_email", "=", self.contact_email), *space]

    def _asked(self):
        """Kinds of documents that are asked of this organisation."""
        return self.env["wcm.document.kind"].sudo()._asked(self.region_id, self.organisation_type)

    def _missing(self):
        """Kinds that are needed and not there: never sent, refused, or past their last day."""
        good = self.document_ids.filtered(lambda paper: paper.state != "refused" and not paper.is_past)
        return self._asked().filtered("is_required") - good.kind_id

    @api.model_create_multi
    def create(self, vals_list):
        """Typed in by a coordinator it is reviewed as any other."""
        applications = super().create(vals_list)
        applications.filtered(lambda one: one.state == "waiting")._begin_review_list()
        return applications

    def write(self, vals):
        """What names the place is asked again afterwards: nobody moves an application out of, or into, a region of others."""
        result = super().write(vals)
        if not self.env.su and {"facility_id", "region_id"} & vals.keys():
            self.check_access("write")
            self.facility_id.check_access("write")
        return result

    def _check_open(self):
        if any(application.state not in OPEN for application in self):
            raise UserError(self.env._("This application is decided, or was withdrawn. Who would like to join applies again."))

    @api.model
    def _keep_days(self):
        return self.env["wcm.facility.suggestion"]._days("wcm_network.application_keep_days", KEEP_DAYS)

    @api.model
    def _confirm_days(self):
        return self.env["wcm.facility.suggestion"]._confirm_days()

    @api.model
    def _cron_tidy(self):
        """Forget what nobody confirmed in time, and who applied in vain long ago."""
        now = fields.Datetime.now()
        self.search([("state", "=", "unconfirmed"), ("create_date", "<", now - timedelta(days=self._confirm_days()))]).unlink()
        long_ago = [("decided_on", "<", now - timedelta(days=self._keep_days())), ("contact_email", "!=", "-")]
        self.search([("state", "in", ("declined", "withdrawn")), *long_ago])._erase()

    def _erase(self):
        """Who applied, and the papers; that somebody did, and what became of it, stays."""
        self.env["mail.mail"].sudo().search([("model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        self.message_ids.sudo().unlink()
        self.document_ids.unlink()
        self.write({**dict.fromkeys(PERSONAL, False), "contact_name": "-", "contact_email": "-"})
