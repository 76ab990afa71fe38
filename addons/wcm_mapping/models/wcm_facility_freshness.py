from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize, plaintext2html, split_every

# Days in which a coordinator's click does not ask the same space again.
DAYS_BY_HAND = 7
ASKED_PER_RUN = 200
# Of spaces, only what `_reason_not_to_ask` looks at, so many at once.
ASKED_OF = ("email", "operator_id", "operator_user_ids", "no_questions", "status", "active", "is_illustrative", "confirmation_id")
READ_AT_ONCE = 1000


class WcmFacility(models.Model):
    """How a listing is kept true: who looked last, and who is asked when nobody has for long."""

    _inherit = "wcm.facility"

    verified_how = fields.Selection(
        [
            ("visit", "By a coordinator"),
            ("operator", "By its operator"),
            ("mail", "By its contact, through a mail"),
        ],
        readonly=True,
        copy=False,
        help="Who said that the listing is right: somebody from the network, the operator on its own pages, or "
        "whoever reads the space's mail.",
    )
    no_questions = fields.Boolean(
        "Wants No Reminders", copy=False, tracking=True, help="The space asked not to be mailed about its listing."
    )
    confirmation_ids = fields.One2many("wcm.facility.confirmation", "facility_id", "Questions Sent")
    confirmation_id = fields.Many2one(
        "wcm.facility.confirmation", "Last Question", compute="_compute_confirmation_id", store=True, index="btree_not_null"
    )
    asked_on = fields.Datetime("Last Asked", compute="_compute_question", compute_sudo=False)
    answered_on = fields.Datetime(compute="_compute_question", compute_sudo=False)
    answer = fields.Char(compute="_compute_question", compute_sudo=False)
    answer_remark = fields.Text("What Changed", compute="_compute_question", compute_sudo=False)

    @api.depends("confirmation_ids.asked_on")
    def _compute_confirmation_id(self):
        for facility in self:
            facility.confirmation_id = facility.confirmation_ids.sorted("id", reverse=True)[:1]

    @api.depends("confirmation_id.state", "confirmation_id.answered_on")
    @api.depends_context("uid")
    def _compute_question(self):
        """With the rights of the reader: what another region asked its spaces is not shown."""
        questions = self.env["wcm.facility.confirmation"].search([("id", "in", self.sudo().confirmation_id.ids)])
        states = dict(questions._fields["state"]._description_selection(self.env))
        for facility in self:
            last = questions.filtered(lambda question, f=facility: question.facility_id == f)
            facility.asked_on, facility.answered_on = last.asked_on, last.answered_on
            facility.answer, facility.answer_remark = states.get(last.state), last.remark

    def _has_field_access(self, field, operation):
        """How it was verified is recorded by what happened."""
        recorded = operation == "write" and field.name in ("verified_how", "confirmation_id") and not self.env.su
        return not recorded and super()._has_field_access(field, operation)

    def action_mark_verified(self):
        super().action_mark_verified()
        self.sudo().verified_how = "visit"

    def _note_verified(self, how, user=None):
        """:param how: a value of `verified_how`; :param user: who, where it is somebody with a login"""
        today = fields.Date.context_today(self)
        self.sudo().write({"verified_on": today, "verified_by_id": user and user.id, "verified_how": how})

    def _stop_questions(self, email):
        """Asked for by whoever reads that address; the coordinators read it in the history."""
        if not self.no_questions:
            self.sudo().no_questions = True
            self.sudo().message_post(body=self.env._("No more reminders, through the link sent to %s.", email))

    def _ask_coordinators(self, activity, summary, note=""):
        """One activity for each coordinator of the region, unless one waits already.

        :param activity: XML id of its type
        :param note: plain text
        """
        for coordinator in self.region_id.sudo().coordinator_ids:
            if not self.sudo().activity_search([activity], user_id=coordinator.id):
                self.sudo().activity_schedule(activity, user_id=coordinator.id, summary=summary, note=plaintext2html(note))

    def action_ask_to_confirm(self):
        """Ask each selected space whether its listing is right, and say what came of it."""
        self.check_access("write")
        outcome = self.sudo()._ask_to_confirm(DAYS_BY_HAND)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if outcome["asked"] else "warning",
                "message": self._outcome_text(outcome),
                "sticky": bool(outcome.total() > outcome["asked"]),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _ask_to_confirm(self, days):
        """Ask those that can be asked.

        :param days: not when the last question is no older than that
        :return: Counter of `asked` and of the reasons why not
        """
        reasons = {facility: facility._reason_not_to_ask(days) for facility in self}
        asked = self.filtered(lambda facility: not reasons[facility])
        questions = [{"facility_id": facility.id, "email": facility._question_email()} for facility in asked]
        self.env["wcm.facility.confirmation"].create(questions)._mail()
        return Counter(reason or "asked" for reason in reasons.values())

    def _reason_not_to_ask(self, days):
        """Code of the reason, for `_outcome_text`; None: ask."""
        email, last = self._question_email(), self.confirmation_id
        reasons = {
            "no_email": not email,
            "unwanted": self.no_questions,
            "closed": self.status == "closed" or not self.active,
            "made_up": self.is_illustrative,
            "bounced": last.state == "bounced" and last.email == email,
            "recent": last and last.asked_on > fields.Datetime.now() - timedelta(days=days),
        }
        return next((code for code, holds in reasons.items() if holds), None)

    def _outcome_text(self, outcome):
        """A sentence such as: 12 asked, 3 have no e-mail address."""
        words = {
            "asked": self.env._("%s asked", outcome["asked"]),
            "no_email": self.env._("%s have no e-mail address", outcome["no_email"]),
            "unwanted": self.env._("%s want no reminders", outcome["unwanted"]),
            "closed": self.env._("%s are closed", outcome["closed"]),
            "made_up": self.env._("%s are made up", outcome["made_up"]),
            "bounced": self.env._("%s have an address that bounced", outcome["bounced"]),
            "recent": self.env._("%s were asked in the last days", outcome["recent"]),
        }
        return ", ".join(text for code, text in words.items() if outcome[code] or code == "asked") + "."

    def _question_email(self):
        """Where the space reads its mail: its contact, or else its operator."""
        return next(filter(None, map(email_normalize, self._question_emails())), False)

    def _question_emails(self):
        """Hook: addresses to try, best first."""
        return [self.email or "", self.operator_id.email or ""]

    @api.model
    def _cron_ask_to_confirm(self):
        """Ask the spaces that nobody has verified for long, the oldest first."""
        self.env["wcm.facility.confirmation"]._note_undelivered()
        days = self._whole_parameter("wcm_mapping.confirm_days_between")
        due = self._due_to_ask(days) if days else self
        due._ask_to_confirm(days)

    @api.model
    def _due_to_ask(self, days):
        """The stale spaces that one run asks, the longest unverified first; whom nobody may ask keeps nobody waiting."""
        due, stale = self.browse(), self.search(self._domain_stale(), order="verified_on, id")
        for spaces in split_every(READ_AT_ONCE, stale.ids, self.browse):
            spaces.fetch(ASKED_OF)
            due += spaces.filtered(lambda facility: not facility._reason_not_to_ask(days))
            if len(due) >= ASKED_PER_RUN:
                break
        return due[:ASKED_PER_RUN]

    @api.model
    def _domain_stale(self):
        """Not verified since so many months, or never and known here for as long."""
        months = self._whole_parameter("wcm_mapping.confirm_after_months")
        long_ago = f"today -{months}m"
        stale = Domain("verified_on", "<", long_ago) | (Domain("verified_on", "=", False) & Domain("create_date", "<", long_ago))
        return stale if months > 0 else Domain.FALSE

    @api.model
    def _whole_parameter(self, key):
        """0, which asks nobody, where it is no whole number."""
        text = self.env["ir.config_parameter"].sudo().get_param(key) or ""
        return int(text) if text.isascii() and text.isdigit() else 0

    def _listed_facts(self):
        """[(label, text)] of what a listing says, for whoever is asked about it; None where it says nothing."""
        self.ensure_one()
        labels = {name: self._fields[name]._description_string(self.env) for name in self._fields}
        words = ("status", "organisation_type", "access_type", "opening_hours", "website", "email", "phone", "description")
        return [
            (self.env._("Name"), self.name),
            (self.env._("Address"), ", ".join(filter(None, (self.street, self.street2, self.city, self.county, self.zip)))),
            *((labels[name], self._import_text(name, self)) for name in words),
            (self.env._("Kit"), ", ".join(self.equipment_ids.mapped("name"))),
            (self.env._("What it can do"), ", ".join(self.process_ids.mapped("name"))),
            (self.env._("Published"), self._publication_text()),
        ]

    def _publication_text(self):
        """What anybody may see, in a sentence."""
        if self.visibility != "public":
            return self.env._("Not on the public map")
        places = {
            "exact": self.env._("On the public map with its address"),
            "postcode_sector": self.env._("On the public map, its place to about a kilometre"),
            "hidden": self.env._("On the public list, its place kept back"),
        }
        contact = self.env._("with the contact") if self.publish_contact else self.env._("without the contact")
        return f"{places[self.published_precision]}, {contact}"
