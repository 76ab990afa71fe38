import base64
import gzip
import hashlib
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.wcm_mapping.writers import Workbook

_logger = logging.getLogger(__name__)

REMIND_DAYS = 14


class WcmGrantReport(models.Model):
    """A report that a funder is owed. Closing it freezes the figures: the spreadsheet is the same file ever after, byte for byte."""

    _name = "wcm.grant.report"
    _description = "Report to a funder"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded"]
    _order = "date_due, id"

    _guarded = frozenset({"state", "closed_on", "closed_by_id", "frozen", "sha256", "sent_on", "reminded_on"})

    grant_id = fields.Many2one("wcm.grant", required=True, index=True, ondelete="restrict")
    name = fields.Char(required=True, compute="_compute_name", store=True, readonly=False, precompute=True)
    date_from = fields.Date("From", required=True, tracking=True)
    date_to = fields.Date("To", required=True, tracking=True)
    date_due = fields.Date("Due", required=True, tracking=True)
    state = fields.Selection([("due", "Due"), ("closed", "Closed"), ("sent", "Sent")], default="due", required=True, readonly=True, copy=False, tracking=True, index=True)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    frozen = fields.Binary("Frozen figures", attachment=True, readonly=True, copy=False, groups="wcm_network.group_manager")
    sha256 = fields.Char("SHA-256 of the file", readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)

    _period = models.Constraint("CHECK(date_to >= date_from)", "The period ends before it begins.")
    _once = models.UniqueIndex("(grant_id, date_from, date_to)", "There is a report of that period already.")

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for report in self:
            days = [format_date(self.env, day, date_format="d MMM y") for day in (report.date_from, report.date_to) if day]
            report.name = report.name or " – ".join(days) or self.env._("Report")

    def write(self, vals):
        self.check_access("write")
        if not self.env.su and not {"grant_id", "date_from", "date_to", "name"}.isdisjoint(vals) and any(report.state != "due" for report in self):
            raise UserError(self.env._("A closed report stays as it is. Add another one for another period."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_due(self):
        if any(report.state != "due" for report in self):
            raise UserError(self.env._("A closed report is kept for seven years after its grant."))

    def action_close(self):
        """Freeze the figures of the period."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for report in self.sudo():
            if report.state != "due":
                raise UserError(self.env._("“%s” is closed already.", report.name))
            if report.date_to >= today:
                raise UserError(self.env._("“%(report)s” ends on %(day)s. Close it when the period is over, so that all of it is in.", report=report.name, day=format_date(self.env, report.date_to)))
            report._freeze()
        return True

    def _freeze(self):
        now = fields.Datetime.now()
        book = self.grant_id._workbook(self.grant_id._period_scope(self.date_from, self.date_to), made_at=now)
        content = book.to_bytes()
        self.write({
            "state": "closed", "closed_on": now, "closed_by_id": self.env.uid, "sha256": hashlib.sha256(content).hexdigest(),
            "frozen": base64.b64encode(gzip.compress(book.to_json().encode(), mtime=0)),
        })

    def _file(self):
        """The spreadsheet, made from what is frozen; of what is not closed, from how things stand.

        :raise UserError: the frozen figures make another file than when they were closed
        """
        self.ensure_one()
        report = self.sudo()
        if report.state == "due":
            return report.grant_id._workbook(report.grant_id._period_scope(report.date_from, report.date_to)).to_bytes()
        content = Workbook.from_json(gzip.decompress(base64.b64decode(report.frozen)).decode()).to_bytes()
        if hashlib.sha256(content).hexdigest() != report.sha256:
            raise UserError(self.env._("“%s” would not be the file that was closed: the software that writes it has changed. The file that was sent is attached to the report.", report.name))
        return content

    def _file_name(self):
        return f"{self.grant_id.name}, {self.date_from} to {self.date_to}.xlsx"

    def action_download(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/network/grant/{self.grant_id.id}/report/{self.id}.xlsx", "target": "self"}

    def action_send(self):
        """By mail to the funder's people; what is sent is closed first, so that it can be made again."""
        self.check_access("write")
        self.filtered(lambda report: report.state == "due").action_close()
        for report in self.sudo():
            report._send()
        return True

    def _send(self):
        people = self.grant_id.user_ids.partner_id.filtered("email")
        if not people:
            raise UserError(self.env._("%s has nobody at the funder with an e-mail address. Add them to the grant.", self.grant_id.name))
        file = self.env["ir.attachment"].create({"name": self._file_name(), "raw": self._file(), "res_model": self._name, "res_id": self.id})
        self.env["mail.mail"].create({
            "subject": self.env._("%(grant)s: report %(report)s", grant=self.grant_id.name, report=self.name),
            "body_html": self._mail_body(), "recipient_ids": [fields.Command.set(people.ids)], "attachment_ids": [fields.Command.link(file.id)],
            "model": self._name, "res_id": self.id, "auto_delete": False, "email_from": self.env.company.email_formatted or self.env.user.email_formatted,
        })
        self.write({"state": "sent", "sent_on": fields.Datetime.now()})
        self.message_post(body=self.env._("Sent to %(count)s people at the funder. SHA-256 of the file: %(hash)s", count=len(people), hash=self.sha256))
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _mail_body(self):
        return self.env["ir.qweb"]._render("wcm_network.grant_report_mail", {"report": self})

    @api.model
    def _cron_reports(self):
        """Send what is scheduled, and remind of what is due; a grant that cannot be sent keeps no other from it."""
        for grant in self.env["wcm.grant"].search([("mail_every", "!=", False)]):
            try:
                with self.env.cr.savepoint():
                    grant._send_scheduled()
            except Exception:
                _logger.exception("The spreadsheet of grant %s was not sent", grant.id)
        self._remind()

    @api.model
    def _remind(self):
        today = fields.Date.context_today(self)
        soon = self.search([("state", "=", "due"), ("reminded_on", "=", False), ("date_due", "<=", fields.Date.add(today, days=REMIND_DAYS))])
        for report in soon.filtered("grant_id.responsible_id"):
            report.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=report.date_due, user_id=report.grant_id.responsible_id.id,
                summary=self.env._("Report to %s is due", report.grant_id.funder_id.name),
            )
        soon.reminded_on = today
