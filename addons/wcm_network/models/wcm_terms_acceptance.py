import logging

from markupsafe import Markup

from odoo import api, fields, models, modules
from odoo.exceptions import UserError

from .wcm_terms_figures import digest

_logger = logging.getLogger(__name__)


class WcmTermsAcceptance(models.Model):
    """Who accepted which text, for whom, when. Never edited, never deleted."""

    _name = "wcm.terms.acceptance"
    _description = "Acceptance of terms"
    _inherit = ["wcm.facade"]
    _order = "accepted_at desc, id desc"
    _rec_name = "terms_id"

    _member_readable = frozenset({"terms_id", "membership_id", "accepted_by_name", "accepted_by_role", "on_behalf", "accepted_at", "text_hash", "text"})

    terms_id = fields.Many2one("wcm.terms", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Recorded by", required=True, ondelete="restrict")
    accepted_by_name = fields.Char("Accepted by", readonly=True, help="The name at the time; it stays when the user is renamed.")
    accepted_by_role = fields.Char("Role in the organisation", readonly=True, help="What the person who accepted said to be, e.g. director.")
    on_behalf = fields.Boolean(help="Recorded by a coordinator from a signed paper copy.")
    accepted_at = fields.Datetime(required=True, default=fields.Datetime.now)
    ip_address = fields.Char("From address", readonly=True, help="Internet address of the browser that accepted.")
    text_hash = fields.Char("Text hash (SHA-256)", required=True, readonly=True)

    text = fields.Html("Text that was accepted", readonly=True, sanitize=False, help="As the member read it, with its figures and annexes. The fingerprint is taken of its words.")
    scan = fields.Binary("Signed paper", readonly=True, attachment=True)
    scan_name = fields.Char("Name of the file", readonly=True)
    copy_waits = fields.Boolean("Copy not sent yet", readonly=True, help="It is printed and sent in the background.")

    _once = models.UniqueIndex("(membership_id, terms_id)", "These terms are already accepted for this member.")
    _copies_that_wait = models.Index("(id) WHERE copy_waits")

    @api.model_create_multi
    def create(self, vals_list):
        """Text, person and time are facts, whatever the caller says."""
        for vals in vals_list:
            terms = self.env["wcm.terms"].browse(vals["terms_id"])
            member = self.env["wcm.membership"].browse(vals["membership_id"])
            vals |= {
                "text_hash": terms._hash_of(member),
                "text": Markup(terms._text_of(member)),
                "user_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
            vals["accepted_by_name"] = vals.get("accepted_by_name") or self.env.user.name
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super; nobody ever writes one
        raise UserError(self.env._("An acceptance is a record of what happened and cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An acceptance is a record of what happened and cannot be deleted."))

    def _is_true(self):
        """Whether the text that is kept is the one whose fingerprint is kept."""
        if self.terms_id.text_format == 1:
            return self.text_hash == self.terms_id._text_hash()
        return self.text_hash == digest(self.text)

    @api.model
    def _cron_send_copies(self):
        """Each is printed and sent by itself: what stops halfway is not sent twice, and one that cannot be sent keeps no other from it."""
        waiting = self.search([("copy_waits", "=", True)], order="id")
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(waiting))
        for acceptance in waiting:
            try:
                with self.env.cr.savepoint():
                    acceptance.with_context(lang=acceptance.user_id.lang)._send_copy()
            except Exception as error:  # whatever it is, the next one is sent
                _logger.exception("The copy of acceptance %s was not sent", acceptance.id)
                acceptance._tell_not_sent(error)
            progress(1)

    def _tell_not_sent(self, error):
        """Once for each member, to its coordinators; it is tried again by the next run."""
        member, summary = self.membership_id, self.env._("Copy of the terms not sent")
        if not member.activity_ids.filtered(lambda activity: activity.summary == summary):
            note = self.env._("%(terms)s: %(error)s. It is tried again; if it stays so, send the accepted text by hand.", terms=self.terms_id.display_name, error=error)
            for user in member.region_id.coordinator_ids:
                member.activity_schedule("mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id)

    def _send_copy(self):
        """To who accepted and to the owners of the member, with the text as a PDF."""
        member = self.membership_id
        partners = (member._owners().user_id | (self.user_id & member.user_ids)).partner_id
        member.with_user(self.user_id).sudo().message_notify(
            partner_ids=partners.ids,
            subject=self.env._("Your copy of the terms: %s", self.terms_id.display_name),
            body=self.env["ir.qweb"]._render("wcm_network.terms_copy_mail", {"acceptance": self, "base": self.get_base_url()}),
            attachments=[self._file()],
        )
        super().write({"copy_waits": False})

    def _file(self):
        """(name, content) of the accepted text; HTML where no PDF can be made, since nobody accepts less for want of a printer."""
        name = f"terms {self.terms_id.version} {self.membership_id.name}".replace("/", "-")
        page = self._page()
        if modules.module.current_test and not self.env.context.get("force_report_rendering"):
            return f"{name}.html", page.encode()  # as Odoo does with its own
        try:
            return f"{name}.pdf", self._pdf(page)
        except UserError:
            return f"{name}.html", page.encode()

    def _pdf(self, page):
        """The page by itself: no styles of Odoo's are fetched from a server that is busy accepting."""
        report = self.env["ir.actions.report"].sudo()
        return report._run_wkhtmltopdf([page], report_ref="wcm_network.report_terms_acceptance")

    def _page(self):
        body = self.env["ir.qweb"]._render("wcm_network.terms_accepted_words", {"acceptance": self})
        return f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Terms</title></head><body>{body}</body></html>"
