import base64
import hashlib
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .wcm_membership import OVER_STATES

DAYS = 60


class WcmMembershipArchive(models.Model):
    """What a member takes along when it has left: made in the background, offered by a signed link, deleted when the link ends.

    With it goes what is held of the member's people, but for what the law keeps; and not while a bill is unpaid.
    """

    _name = "wcm.membership.archive"
    _description = "Data of a member that left"
    _inherit = ["wcm.signed.link"]
    _order = "id desc"
    _rec_name = "membership_id"

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    state = fields.Selection([("waiting", "Being made"), ("ready", "Offered"), ("over", "Deleted")], default="waiting", required=True, readonly=True, index=True)
    until = fields.Date("Offered until", required=True, readonly=True)
    made_at = fields.Datetime("Made", readonly=True)
    file = fields.Binary(readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)
    size_kb = fields.Integer("Size (kB)", readonly=True)
    sha256 = fields.Char("SHA-256", readonly=True)
    downloads = fields.Integer(readonly=True)
    erased_at = fields.Datetime("People erased", readonly=True)
    waits_for = fields.Char("People are not erased yet: unpaid", compute="_compute_waits_for", compute_sudo=True)

    @property
    def _link_hours(self):
        """To the end of its last day."""
        days = (self.until - fields.Date.context_today(self)).days + 1 if self.until else self._keep_days()
        return max(1, 24 * days)

    @api.model
    def _keep_days(self):
        return max(1, self.env["wcm.work.order"]._days_setting("leaving_data_days", DAYS))

    def _compute_waits_for(self):
        for archive in self:
            unpaid = archive.membership_id._open_bills() if not archive.erased_at else ()
            archive.waits_for = ", ".join(unpaid.mapped("display_name")) if unpaid else False

    @api.model
    def _begin(self, members):
        """For each, a file that is made and mailed as soon as the server has time."""
        until = fields.Date.context_today(self) + timedelta(days=self._keep_days())
        self.sudo().create([{"membership_id": member.id, "until": until} for member in members])
        self.env.ref("wcm_network.cron_membership_archive").sudo()._trigger()

    @api.model
    def _cron_make(self):
        """Each by itself: what stops halfway is made again, and none is mailed twice."""
        waiting = self.search([("state", "=", "waiting")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for archive in waiting:
            archive._make()
            self.env["ir.cron"]._commit_progress(1)

    def _make(self):
        content = self.membership_id._data_zip()
        name = re.sub(r"[^\w -]", "-", self.membership_id.name)
        self.write({
            "state": "ready", "made_at": fields.Datetime.now(), "file": base64.b64encode(content), "file_name": f"{name} {fields.Date.context_today(self)}.zip",
            "size_kb": -(-len(content) // 1024), "sha256": hashlib.sha256(content).hexdigest(),
        })
        self._mail_link()

    def _mail_link(self):
        """To the owners: they know everything that is in it."""
        member = self.membership_id
        for lang, owners in member._owners().user_id.grouped("lang").items():
            archive = self.with_context(lang=lang)
            member.with_context(lang=lang).message_notify(
                partner_ids=owners.partner_id.ids, subject=archive.env._("%s: your data to take along", member.name),
                body=archive.env["ir.qweb"]._render("wcm_network.membership_archive_mail", {
                    "member": member.name, "link": archive._url(), "day": format_date(archive.env, archive.until),
                }),
            )

    def _url(self):
        return f"{self.get_base_url()}/network/left/{self._link_token('data')}"

    @api.model
    def _of_link(self, token):
        """The archive that a link opens, while it is offered."""
        return self._of_token("data", token).filtered(lambda one: one.state == "ready" and one.until >= fields.Date.context_today(one))

    def action_send_again(self):
        """The link once more, to who owned the member."""
        self.check_access("read")
        if not self.env.user.has_group("wcm_network.group_coordinator"):
            raise AccessError(self.env._("Only a coordinator of the network can do this."))
        for archive in self.sudo():
            if archive.state != "ready":
                raise UserError(self.env._("There is no file to send: it is being made, or deleted already."))
            archive._mail_link()
        return True

    @api.model
    def _cron_over(self):
        """Files whose link has ended go, and what is held of the people with them, as soon as nothing is unpaid."""
        today = fields.Date.context_today(self)
        self.search([("state", "!=", "over"), ("until", "<", today)]).write({"state": "over", "file": False})
        waiting = self.search([("state", "=", "over"), ("erased_at", "=", False)], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for archive in waiting.filtered(lambda one: not one.waits_for):
            archive._erase_people()
            self.env["ir.cron"]._commit_progress(1)

    def _erase_people(self):
        """By the usual erasure, which says what stays and on which ground. Who works at another member, or for the network, stays."""
        member = self.membership_id
        if member.state in OVER_STATES:
            people = member._all_people()
            for partner in people.user_id.filtered(lambda user: user.share and not member._works_elsewhere(user)).partner_id:
                data = self.env["wcm.person.data"].sudo()
                data._erase(data._person(partner, False), "not_needed")
            people.filtered(lambda one: not one.user_id).write({"name": self.env._("Erased person"), "pin_hash": False})
        self.erased_at = fields.Datetime.now()
