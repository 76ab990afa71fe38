import base64
import contextlib

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

KINDS = [("okw", "Open Know-Where"), ("gogocarto", "GoGoCarto"), ("csv", "CSV or Excel")]
OUTCOMES = ("create", "update", "conflict", "same", "duplicate", "skip", "gone", "error")


class WcmFacilityImport(models.Model):
    """One file of production spaces: looked at row by row first, then written."""

    _name = "wcm.facility.import"
    _description = "Import of Production Spaces"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    kind = fields.Selection(KINDS, required=True, default="okw")
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    profile_id = fields.Many2one(
        "wcm.import.profile",
        string="Columns",
        ondelete="restrict",
        help="Which column of the table means what. Without one, columns are found by their names.",
    )
    source_host = fields.Char(
        "Source",
        required=True,
        help="Who publishes the file, for example internetofproduction.org. With the "
        "record's id it tells a record that is already here.",
    )
    licence = fields.Char(help="Licence of the data, for example CC BY 4.0. A file that names its own needs none here.")
    attribution = fields.Char(help="How the licence asks the source to be named.")
    source_id = fields.Many2one(
        "wcm.facility.source", string="Saved Source", readonly=True, index="btree_not_null", ondelete="set null"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("previewed", "Previewed"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("wcm.facility.import.line", "import_id", string="Rows")
    create_count = fields.Integer("New", compute="_compute_counts")
    update_count = fields.Integer("Changed", compute="_compute_counts")
    conflict_ids = fields.One2many("wcm.facility.import.conflict", "import_id", string="Changed on Both Sides")
    conflict_count = fields.Integer("Spaces Changed on Both Sides", compute="_compute_counts")
    same_count = fields.Integer("Same", compute="_compute_counts")
    duplicate_count = fields.Integer("Duplicates", compute="_compute_counts")
    gone_count = fields.Integer("Gone", compute="_compute_counts")
    skip_count = fields.Integer("Left Out", compute="_compute_counts")
    error_count = fields.Integer("Errors", compute="_compute_counts")
    to_fix_count = fields.Integer("To Fix", compute="_compute_counts")

    @api.depends("filename", "kind", "source_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            run.name = run.source_id.name or run.filename or kinds.get(run.kind)

    @api.depends("line_ids.outcome", "line_ids.warning")
    def _compute_counts(self):
        lines = self.env["wcm.facility.import.line"]
        domain = [("import_id", "in", self.ids)]
        counts = dict.fromkeys(((run.id, outcome) for run in self for outcome in OUTCOMES), 0)
        for run, outcome, count in lines._read_group(domain, ["import_id", "outcome"], ["__count"]):
            counts[run.id, outcome] = count
        to_fix = dict(lines._read_group([*domain, ("warning", "!=", False)], ["import_id"], ["__count"]))
        for run in self:
            for outcome in OUTCOMES:
                run[f"{outcome}_count"] = counts[run.id, outcome]
            run.to_fix_count = to_fix.get(run, 0)

    @api.onchange("file", "kind")
    def _onchange_file(self):
        """The columns as they were matched the last time that a table had the same headers."""
        self.profile_id = False
        if self.kind == "csv" and self.file:
            with contextlib.suppress(UserError):
                self.profile_id = self.profile_id._find_for(self._read_headers())

    def write(self, vals):
        """Another file or source makes the preview untrue."""
        if vals.keys() & {"kind", "file", "profile_id", "source_host", "licence", "attribution"}:
            if self.filtered(lambda run: run.state == "done"):
                raise UserError(self.env._("This import is done. Start a new one for another file."))
            self.line_ids.unlink()
            vals = {"state": "draft", **vals}
        return super().write(vals)

    def action_preview(self):
        """Read the file and say what would become of each row; writes no production space."""
        self.ensure_one()
        self._check_not_done()
        rows = self._read_rows()
        known = self._read_known(rows)
        self.line_ids.unlink()
        lines = [*(self._plan_row(row, known) for row in rows), *self._plan_gone(rows)]
        self.env["wcm.facility.import.line"].create([{"import_id": self.id, **line} for line in lines])
        self.state = "previewed"

    def action_match_columns(self):
        """Say which column means what; what is said is kept for the next table with these headers."""
        self.ensure_one()
        self._check_not_done()
        profiles = self.env["wcm.import.profile"]
        headers = self._read_headers()
        profile = self.profile_id or profiles._find_for(headers) or profiles._create_for(headers, self.filename)
        self.profile_id = profile if profile.has_access("write") else profile.copy()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Match Columns"),
            "res_model": profiles._name,
            "res_id": self.profile_id.id,
            "views": [(self.env.ref("wcm_mapping.wcm_import_profile_view_form").id, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Write what the preview said; a row that fails keeps its reason and costs no other."""
        self.ensure_one()
        self._lock()
        if self.state != "previewed":
            raise UserError(self.env._("Preview the file before you apply it."))
        lines = self.line_ids
        lines.filtered(lambda line: line._action() == "create")._create_facilities()
        lines.filtered(lambda line: line._action() == "update")._update_facilities()
        lines.filtered(lambda line: line._action() == "gone")._flag_gone()
        self.state = "done"

    def action_open_lines(self):
        """The rows of one outcome, which the button names in its context."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility_import_line")
        action["domain"] = [("import_id", "=", self.id)]
        action["context"] = {f"search_default_{self.env.context.get('rows')}": 1}
        return action

    @api.model
    def _import_bytes(self, content, kind, source_host, licence, attribution, apply=True):
        """Preview, and with `apply` write, a file's bytes.

        The same way as the screen's, for a shell and for loaders.

        :return: the import, with a line per row
        :raise UserError: the file as a whole cannot be read
        """
        run = self.create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "source_host": source_host,
                "licence": licence,
                "attribution": attribution,
            }
        )
        run.action_preview()
        if apply:
            run.action_apply()
        return run

    def _lock(self):
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(self.env._("Somebody is applying this import just now. Open it again shortly.")) from None

    def _check_not_done(self):
        if self.state == "done":
            raise UserError(self.env._("This import is done. Start a new one to import again."))

    def _has_news(self):
        """Whether a person has anything to decide here."""
        return any(self[f"{outcome}_count"] for outcome in OUTCOMES if outcome not in ("same", "skip"))
