from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..writers import markdown

STATES = [("kept", "Kept"), ("published", "Published"), ("withdrawn", "Withdrawn")]


class WcmBuildReport(models.Model):
    """What came of a home or demonstration fabrication, as the system knew it on one day: plan against actual, cost, quality, carbon, lessons.

    A kept document: its figures, the Markdown and the PDF of them are made at once and never change; what was different
    later stands in the next version. Another person than who made it publishes it.
    """

    _name = "wcm.build.report"
    _description = "Report of a build"
    _order = "build_id, version desc"

    name = fields.Char(required=True, readonly=True)
    build_id = fields.Many2one("wcm.build", required=True, readonly=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="build_id.region_id", store=True, index=True)
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    made_on = fields.Datetime(required=True, readonly=True)
    made_by_id = fields.Many2one("res.users", "Made by", required=True, readonly=True, ondelete="restrict")
    words = fields.Text("In the coordinator's words", readonly=True)
    content = fields.Json("What it says", required=True, readonly=True, help="{title, facts, words, sections: [{title, words, figures, tables}]}")
    missing = fields.Text("Was missing", readonly=True, help="What the system did not know when it was made, one sentence a line.")
    content_html = fields.Html("As readers find it", compute="_compute_content_html", sanitize=False)
    state = fields.Selection(STATES, default="kept", required=True, readonly=True, index=True)
    published_on = fields.Datetime(readonly=True)
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, ondelete="restrict")
    withdrawn_on = fields.Datetime(readonly=True)
    slug = fields.Char("Address", readonly=True, help="The end of its address.")

    _one_of_a_version = models.UniqueIndex("(build_id, version)", "There is a report of that version already.")

    @api.depends("content")
    def _compute_content_html(self):
        for report in self:
            report.content_html = self._as_html(report.content)

    @api.model
    def _as_html(self, content):
        """One template for the screen, the public page and the PDF."""
        return content and self.env["ir.qweb"]._render("wcm_network.build_report_content", {"content": content})

    @api.model
    def _make(self, build, words=""):
        """Keep what is known now as the next version."""
        self._check_reader(build)
        words = words.strip() if isinstance(words, str) else ""
        self._check_words(words)
        build.sudo().lock_for_update()
        before = self.sudo().search([("build_id", "=", build.id)], order="version desc")
        version = (before[:1].version or 0) + 1
        draft = self._drafted(build.sudo(), words, version, before)
        if draft.nothing_yet:
            raise UserError(draft.nothing_yet)
        report = self.sudo().create({
            "name": self.env._("%(build)s, version %(version)s", build=build.name, version=version), "build_id": build.id, "version": version,
            "made_on": fields.Datetime.now(), "made_by_id": self.env.uid, "words": words, "content": draft.content,
            "missing": "\n".join(draft.missing), "told": draft.told,
        })
        report._keep_files()
        return report.sudo(self.env.su)

    @api.model
    def _check_reader(self, build):
        """Who coordinates the region of the home, or manages the network."""
        if not (self.env.su or self.env.user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("Reports of homes are made by coordinators and managers of the network."))
        build.check_access("write")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A report is kept. Withdraw it, and make the next version."))

    def action_ask_publish(self):
        """Those who may publish it are told that it waits."""
        self._check_state("kept")
        for person in self._publishers():
            self._notify(person.partner_id)
        return {
            "type": "ir.actions.client", "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("%s can publish it, and were told.", ", ".join(self._publishers().mapped("name")) or self.env._("Nobody but you"))},
        }

    def _publishers(self):
        """Coordinators of its region who did not make it, else managers."""
        maker = self.sudo().made_by_id
        people = self.sudo().region_id.coordinator_ids.filtered(lambda user: user.active and user.has_group("wcm_network.group_coordinator")) - maker
        return people or self.env.ref("wcm_network.group_manager").sudo().user_ids.filtered("active") - maker

    def _notify(self, partner):
        body = self.env["ir.qweb"]._render("wcm_network.lesson_mail", {
            "title": self.name, "words": self.env._("A report waits to be published. Read it first: anybody can read it then."),
            "address": f"{self.get_base_url()}/odoo/build-reports/{self.id}",
        })
        self.env["mail.thread"].sudo().message_notify(partner_ids=partner.ids, subject=self.env._("To publish: %s", self.name), body=body)

    def action_publish(self):
        """Four eyes: who made it does not publish it."""
        self._check_state("kept")
        report = self.sudo()
        if not self.env.su and report.made_by_id == self.env.user:
            raise UserError(self.env._("You made this report, so another person publishes it."))
        report.build_id.lock_for_update()
        if not report._is_still_apart():
            raise UserError(self.env._("Beside what was published since this was made, its sums would tell what one member is paid. Make a new version: it leaves them out."))
        report.write({
            "state": "published", "published_on": fields.Datetime.now(), "published_by_id": self.env.uid, "withdrawn_on": False,
            "slug": report.slug or markdown.slug(report.content["title"]),
        })
        return True

    def action_withdraw(self):
        """Its address then says that it is no longer published."""
        self._check_state("published")
        self.sudo().write({"state": "withdrawn", "withdrawn_on": fields.Datetime.now()})
        return True

    def _check_state(self, state):
        self.ensure_one()
        self.check_access("read")
        if self.state != state:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This report is %(now)s, not %(state)s.", now=labels[self.state].lower(), state=labels[state].lower()))

    def _public_path(self):
        return f"/lessons/reports/{self.id}-{self.slug}"

    @api.model
    def _published(self, domain=()):
        """Newest first, for the public pages."""
        return self.sudo().search([("state", "=", "published"), *domain], order="published_on desc, id desc")

    def _newer(self):
        """The newest published one of the same home, when this is not it."""
        newest = self._published([("build_id", "=", self.build_id.id)]).sorted("version")[-1:]
        return newest - self if newest.version > self.version else newest.browse()
