import base64
from datetime import timedelta
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import download, readers
from .wcm_facility_import import KINDS, UNDER_WAY

INTERVALS = {
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": relativedelta(months=1),
}


class WcmFacilitySource(models.Model):
    """A list that somebody else keeps, fetched again and again: each time a preview of what is new, changed and gone."""

    _name = "wcm.facility.source"
    _description = "Source of Production Spaces"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="gogocarto")
    url = fields.Char("Address", help="Where the list is fetched, for example https://map.example/api/elements.json.")
    bounds = fields.Char(
        help="Only this box: west, south, east, north in degrees, for example -3.2, 51.2, -2.3, 51.6. "
        "Spaces outside it are never called gone."
    )
    page_size = fields.Integer(
        "Elements at a Time",
        help="Where the map sends no more than this many, the box is asked for in smaller and smaller parts. 0: all at once.",
    )
    file = fields.Binary(attachment=True, help="The list itself, where it has no address.")
    filename = fields.Char()
    profile_id = fields.Many2one("wcm.import.profile", string="Columns", ondelete="restrict")
    source_host = fields.Char(
        "Known As",
        required=True,
        compute="_compute_source_host",
        store=True,
        readonly=False,
        precompute=True,
        help="Tells, with a record's id, whether it is already here. It stays the same when the address changes.",
    )
    licence = fields.Char(help="Where the list does not name its own.")
    attribution = fields.Char(help="How the licence asks the source to be named.")
    region_id = fields.Many2one("wcm.region", index="btree_not_null", help="Whose coordinators look after it.")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        help="The list is fetched with this person's rights, and this person is told of changes.",
    )
    interval = fields.Selection(
        [("never", "By hand"), ("daily", "Every day"), ("weekly", "Every week"), ("monthly", "Every month")],
        "Fetch",
        required=True,
        default="never",
    )
    next_run_on = fields.Date(compute="_compute_next_run_on", store=True)
    last_run = fields.Datetime("Last Fetched", readonly=True, copy=False)
    last_result = fields.Char(readonly=True, copy=False)
    has_failed = fields.Boolean(readonly=True, copy=False)
    etag = fields.Char(readonly=True, copy=False)
    last_modified = fields.Char(readonly=True, copy=False)
    digest = fields.Char(readonly=True, copy=False, help="Fingerprint of what was fetched the last time.")
    import_ids = fields.One2many("wcm.facility.import", "source_id", string="Imports")
    import_count = fields.Integer(compute="_compute_import_count")

    @api.depends("url")
    def _compute_source_host(self):
        for source in self:
            if not source.source_host and source.url:
                source.source_host = source._host()

    def _host(self):
        try:
            return urlsplit(self.url.strip()).hostname
        except ValueError:
            return False

    @api.depends("interval", "last_run", "url")
    def _compute_next_run_on(self):
        for source in self:
            step = INTERVALS.get(source.interval) if source.url else None
            last = source.last_run and source.last_run.date()
            source.next_run_on = step and (last + step if last else fields.Date.today())

    @api.depends("import_ids")
    def _compute_import_count(self):
        for source in self:
            source.import_count = len(source.import_ids)

    @api.constrains("url", "file")
    def _check_has_either(self):
        for source in self:
            if not (source.url or source.file):
                raise ValidationError(self.env._("Give the address of the list, or the list itself as a file."))

    @api.constrains("url")
    def _check_url(self):
        for source in self.filtered("url"):
            try:
                download.check_address(source.url, allow_private=True)
            except download.DownloadError as error:
                raise ValidationError(str(error)) from None

    @api.constrains("user_id")
    def _check_user(self):
        """Nobody lends somebody else's rights to a source."""
        user = self.env.user
        if user._is_superuser() or user.has_group("wcm_mapping.group_mapping_manager"):
            return
        if self.user_id - user:
            raise ValidationError(self.env._("Only a manager makes somebody else responsible for a source."))

    @api.constrains("bounds")
    def _check_bounds(self):
        for source in self.filtered("bounds"):
            source._box()

    def write(self, vals):
        """Another address or file is another list: what was fetched before says nothing of it."""
        if vals.keys() & {"url", "file", "kind", "bounds", "page_size", "profile_id", "source_host"}:
            vals = {"etag": False, "last_modified": False, "digest": False, **vals}
        return super().write(vals)

    def action_fetch(self):
        """Fetch the list now and show what would change; the person decides about it there."""
        self.ensure_one()
        self.check_access("write")
        try:
            run = self._fetch(again=True)
        except (download.DownloadError, readers.ReadError) as error:
            raise UserError(str(error)) from None
        return self._open(run) if run else self._tell_unchanged()

    def action_open_imports(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility_import")
        return {**action, "domain": [("source_id", "=", self.id)]}

    def _open(self, run):
        return {"type": "ir.actions.act_window", "res_model": run._name, "res_id": run.id, "views": [(False, "form")]}

    def _tell_unchanged(self):
        message = {
            "type": "info",
            "message": self.last_result,
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        }
        return {"type": "ir.actions.client", "tag": "display_notification", "params": message}

    @api.model
    def _cron_fetch_due(self):
        due = self._due()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for source in due:
            source.with_user(source.user_id)._fetch_and_tell()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _due(self):
        """Those whose time has come; while an import is under way it waits for its end."""
        due = [("next_run_on", "<=", fields.Date.today()), ("user_id.active", "=", True)]
        return self.search([*due, ("import_ids", "not any", [("state", "in", UNDER_WAY)])])

    def _fetch_and_tell(self):
        """Fetch without anybody there: what changed becomes a task, what failed is written down."""
        try:
            with self.env.cr.savepoint():
                self.check_access("write")
                self.with_context(tell_responsible=True)._fetch()
        except (download.DownloadError, readers.ReadError, UserError) as error:
            self.sudo().write({"last_run": fields.Datetime.now(), "last_result": str(error), "has_failed": True})

    def _fetch(self, again=False):
        """An import of the list as it is now, previewed or on its way there; empty when nothing has changed.

        :param again: look even if the list is that of the last time: its preview may be gone
        :raise DownloadError: it cannot be fetched
        :raise UserError: it cannot be read, or the list of the last time is being read or imported
        """
        self._check_idle()
        if again:
            self.write({"etag": False, "last_modified": False, "digest": False})
        content, marks = self._content()
        self.write({**marks, "last_run": fields.Datetime.now(), "has_failed": False, "last_result": self._result(None)})
        return self._preview(content).exists() if content is not None else self.env["wcm.facility.import"]

    def _check_idle(self):
        """A new preview takes the place of the old one; what is under way is not taken away from whoever started it."""
        if self.sudo().import_ids.filtered(lambda run: run.state in UNDER_WAY):
            raise UserError(
                self.env._("An import of this list is under way. Wait for its end or stop it, then fetch again.")
            )

    def _preview(self, content):
        """One open preview per source: an older one that nobody applied is out of date."""
        self.sudo().import_ids.filtered(lambda run: run.state != "done").unlink()
        values = {
            **{name: self[name] for name in ("name", "kind", "source_host", "licence", "attribution")},
            "file": base64.b64encode(content),
            "profile_id": self.profile_id.id,
            "region_id": self.region_id.id,
            "source_id": self.id,
        }
        run = self.env["wcm.facility.import"].sudo().create(values).sudo(self.env.su)
        run.action_preview()
        return run

    def _take_preview(self, run):
        """The list is read, at once or later in the background: what it says; an import without news is not kept."""
        self.write({"last_result": self._result(run)})
        waited_for = not (self.env.context.get("tell_responsible") or self.env.context.get("import_in_background"))
        if not run._has_news():
            run.sudo().unlink()
        elif not waited_for and not self.activity_ids:
            summary = f"{self.name}: {self.last_result}"
            self.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=self.user_id.id)

    def _take_failure(self, reason):
        """It could not be read in the background: next time it is fetched again, whether or not it has changed."""
        forget = dict.fromkeys(("etag", "last_modified", "digest"), False)
        self.sudo().write({**forget, "last_result": reason, "has_failed": True})

    def _result(self, run):
        if not run or not run._has_news():
            return self.env._("Nothing has changed.")
        return self.env._(
            "%(new)s new, %(changed)s changed, %(gone)s gone, %(look)s to look at",
            new=run.create_count,
            changed=run.update_count,
            gone=run.gone_count,
            look=run.conflict_count + run.duplicate_count + run.error_count,
        )

    def _covers(self, facility):
        """Whether the list would hold the space if its source still had it."""
        if not self.bounds:
            return True
        west, south, east, north = self._box()
        return west <= facility.longitude <= east and south <= facility.latitude <= north
