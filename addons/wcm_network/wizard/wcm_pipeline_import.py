from odoo import Command, api, fields, models

from ..readers import read_pipeline

MOST_BYTES = 10_000_000


class WcmPipelineImport(models.TransientModel):
    """The homes of a programme from a table: looked at first, then taken with one click.

    wcm_pipeline_import_read.py finds what each row means here, wcm_pipeline_import_apply.py writes it.
    A home is known by its site and name, so that the same file twice changes nothing.
    """

    _name = "wcm.pipeline.import"
    _description = "Import of a pipeline of homes"
    _inherit = "wcm.file.import"

    file = fields.Binary(attachment=False, help="xlsx or CSV, at most 10 MB.")
    filename = fields.Char()
    state = fields.Selection([("new", "New"), ("preview", "Preview"), ("done", "Done")], default="new", readonly=True)
    unread = fields.Char("Columns that are not read", readonly=True)
    line_ids = fields.One2many("wcm.pipeline.import.line", "import_id", readonly=True)
    create_count = fields.Integer("New", compute="_compute_counts")
    update_count = fields.Integer("To change", compute="_compute_counts")
    same_count = fields.Integer("Unchanged", compute="_compute_counts")
    error_count = fields.Integer("Not usable", compute="_compute_counts")

    @api.depends("line_ids.outcome")
    def _compute_counts(self):
        for wizard in self:
            outcomes = wizard.line_ids.mapped("outcome")
            for outcome in ("create", "update", "same", "error"):
                wizard[f"{outcome}_count"] = outcomes.count(outcome)

    @api.depends("state")
    def _compute_display_name(self):
        self.display_name = self.env._("Import a pipeline")

    @api.onchange("file")
    def _onchange_file(self):
        """A preview belongs to its file."""
        self.update({"state": "new", "line_ids": [Command.clear()], "unread": False})

    def action_preview(self):
        """Say what would become of each home; writes no home."""
        self.ensure_one()
        self.check_access("write")
        self._show(self._homes(), "preview")
        return self._reopen()

    def action_apply(self):
        """Take what can be used; a home that cannot says why and costs no other."""
        self.ensure_one()
        self.check_access("write")
        self.env["wcm.build"].check_access("create")
        homes = self._homes()
        self._apply(homes)
        self._show(homes, "done")
        return self._reopen()

    def action_open_builds(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_build")
        return {**action, "domain": [("id", "in", self.line_ids.build_id.ids)], "target": "main"}

    def action_template(self):
        return {"type": "ir.actions.act_url", "url": "/network/pipeline/template.xlsx", "target": "download"}

    def _read(self):
        """Rows of the file, and headers that are not read."""
        ask = self.env._("Choose the file first: a table with a row per home, as the template shows.")
        return self._read_file(read_pipeline, MOST_BYTES, ask)

    def _homes(self):
        rows, unread = self._read()
        self.unread = ", ".join(unread)[:300]
        return self._understood(rows)

    def _show(self, homes, state):
        self.write({"state": state, "line_ids": [Command.clear(), *(Command.create(home.line_values()) for home in homes)]})

    def _reopen(self):
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "new",
            "name": self.env._("Import a pipeline"), "context": {"dialog_size": "extra-large"},
        }
