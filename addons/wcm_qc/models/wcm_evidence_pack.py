import hashlib
import io
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_path

from ..evidence import FORMAT, pdf, write_pack

_logger = logging.getLogger(__name__)

FONTS = tuple(f"web/static/fonts/google/Open_Sans/Open_Sans-{weight}.ttf" for weight in ("Regular", "Bold"))
PARTS = 100  # are gathered before it is told how far it is


class WcmEvidencePack(models.Model):
    """What an insurer asks for one home: every part with its maker, sheets, drawings, checks and history, as one file.

    It is written in the background and then never changes. Whoever has it checks it without this system.
    """

    _name = "wcm.evidence.pack"
    _description = "Evidence pack"
    _inherit = ["wcm.guarded"]
    _order = "id desc"

    _guarded = frozenset({
        "build_id", "user_id", "role", "message", "progress_total", "progress_done", "archive", "archive_name", "sha256", "kilobytes",
        "not_inspected_count", "open_count", "written_on",
    })

    build_id = fields.Many2one("wcm.build", "Home", required=True, readonly=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="build_id.region_id", store=True)
    user_id = fields.Many2one("res.users", "Signed by", required=True, readonly=True, ondelete="restrict")
    role = fields.Char("As", readonly=True)
    state = fields.Selection([("running", "Being written"), ("done", "Written"), ("failed", "Failed")], default="running", required=True, readonly=True, index=True)
    message = fields.Char(readonly=True)
    progress_total = fields.Integer("Parts", readonly=True)
    progress_done = fields.Integer("Parts gathered", readonly=True)
    problem_count = fields.Integer("Not inspected or open", compute="_compute_problem_count")
    not_inspected_count = fields.Integer("Parts not inspected", readonly=True)
    open_count = fields.Integer("Open nonconformities", readonly=True)
    written_on = fields.Datetime(readonly=True)
    archive = fields.Binary("Evidence", attachment=True, readonly=True)
    archive_name = fields.Char(readonly=True)
    sha256 = fields.Char("SHA-256", readonly=True, help="Of the zip. Keep it apart from the file: it shows that nobody has changed it.")
    kilobytes = fields.Integer("Size (kB)", readonly=True)

    @api.depends("build_id.name", "create_date")
    def _compute_display_name(self):
        for pack in self:
            pack.display_name = self.env._("Evidence for %(home)s, %(day)s", home=pack.build_id.name, day=fields.Date.to_string(pack.create_date) or "")

    @api.depends("not_inspected_count", "open_count")
    def _compute_problem_count(self):
        for pack in self:
            pack.problem_count = pack.not_inspected_count + pack.open_count

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("An evidence pack is a record of what was handed over; it is not deleted."))

    @api.model
    def _start(self, build):
        """Written in the background; asked for twice while it is being written, it is one."""
        self._check_may_sign(build)
        running = self.sudo().search([("build_id", "=", build.id), ("state", "=", "running")], limit=1)
        pack = running or self.sudo().create({"build_id": build.id, "user_id": self.env.uid, "role": self._role()})
        self.env.ref("wcm_qc.cron_evidence").sudo()._trigger()
        return pack.sudo(False)._get_records_action()

    @api.model
    def _check_may_sign(self, build):
        user = self.env.user
        if not (user.has_group("wcm_qc.group_quality_lead") or user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("A quality lead or the home's coordinator writes its evidence pack."))
        build.check_access("read")
        if not build.sudo().part_count:
            raise UserError(self.env._("%s has no parts yet, so there is nothing to show.", build.name))

    @api.model
    def _role(self):
        is_lead = self.env.user.has_group("wcm_qc.group_quality_lead")
        return self.env._("Quality lead") if is_lead else self.env._("Coordinator of the region")

    @api.model
    def _cron_write(self):
        """Also what a server that was stopped left behind."""
        for pack in self.search([("state", "=", "running")], order="id"):
            try:
                pack.with_context(lang=pack.user_id.lang)._write_archive()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Evidence pack %s failed", pack.id)
                pack.write({"state": "failed", "message": self.env._("It could not be written. Try again; if it fails again, tell your administrator.")})
            self.env["ir.cron"]._commit_progress(1)

    def _write_archive(self):
        content, files = self._content()
        told = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        pages = pdf(content, hashlib.sha256(told.encode()).hexdigest(), tuple(file_path(font) for font in FONTS))
        target = io.BytesIO()
        write_pack(target, content, pages, self._tables(content), files)
        self._keep(content, target.getvalue())

    def _keep(self, content, archive):
        day = fields.Date.to_string(fields.Date.today())
        self.env["ir.attachment"].create({
            "name": "archive", "res_model": self._name, "res_field": "archive", "res_id": self.id, "raw": archive, "mimetype": "application/zip",
        })
        self.write({
            "state": "done", "written_on": fields.Datetime.now(), "archive_name": f"evidence {self.build_id.name} {day}.zip".replace("/", "-"),
            "sha256": hashlib.sha256(archive).hexdigest(), "kilobytes": -(-len(archive) // 1024), "progress_done": self.progress_total,
            "not_inspected_count": len(content["not_inspected"]), "open_count": sum(row["is_open"] for row in content["nonconformities"]),
        })

    def _archive(self):
        """The bytes that were kept."""
        return self.env["ir.attachment"].search([("res_model", "=", self._name), ("res_field", "=", "archive"), ("res_id", "=", self.id)]).raw

    def _content(self):
        """(what evidence.json holds, [(name, bytes)]); told how far it is as parts are gathered."""
        parts = self.env["wcm.part"].search([("build_id", "=", self.build_id.id), ("state", "!=", "scrapped")], order="name, id")
        files = self._files(parts)
        rows = []
        for chunk in (parts[first : first + PARTS] for first in range(0, len(parts), PARTS)):
            rows += chunk._evidence_rows(files)
            self.write({"progress_total": len(parts), "progress_done": len(rows)})
            self.env["ir.cron"]._commit_progress()
        return {**self._head(rows), "parts": rows, **self._evidence_about(parts), "files": sorted(files.names())}, files.contents()

    def _head(self, rows):
        build = self.build_id
        not_inspected = [{"serial": row["serial"], "reason": row["not_inspected"]} for row in rows if row["not_inspected"]]
        return {
            "format": FORMAT, "home": build.name, "site": build.site_id.name, "network": self.env.company.name,
            "written_on": fields.Datetime.to_string(fields.Datetime.now()) + " UTC",
            "signed": {"name": self.user_id.name, "role": self.role, "on": fields.Date.to_string(fields.Date.today())},
            "figures": {
                self.env._("Parts"): len(rows), self.env._("Parts not inspected"): len(not_inspected),
                self.env._("Checks"): sum(len(row["checks"]) for row in rows),
                self.env._("Readings and answers"): sum(len(check["lines"]) for row in rows for check in row["checks"]),
            },
            "not_inspected": not_inspected,
        }
