import base64
import contextlib

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

KINDS = [("okw", "Open Know-Where"), ("gogocarto", "GoGoCarto"), ("csv", "CSV or Excel")]
STATES = [
    ("draft", "Draft"),
    ("reading", "Reading"),
    ("previewed", "Previewed"),
    ("applying", "Importing"),
    ("done", "Done"),
]
UNDER_WAY = ("reading", "applying")
# Written by what an import does, never by what somebody sends.
EARNED = {"state", "source_id", "worker_id", "row_count", "problem"}
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
    region_id = fields.Many2one(
        "wcm.region",
        index="btree_not_null",
        default=lambda self: self.env["wcm.facility"]._default_region_id(),
        ondelete="set null",
        help="Whose coordinators see this import and may finish it. Empty: only you and the managers.",
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
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
            for run in self:
                run._check_idle()
            self.sudo().line_ids.unlink()
            super(WcmFacilityImport, self.sudo()).write({"state": "draft", "problem": False})
        return super().write(vals)

    def _has_field_access(self, field, operation):
        earned = operation == "write" and field.name in EARNED and not self.env.su
        return not earned and super()._has_field_access(field, operation)

    def action_preview(self):
        """Read the file and say what would become of each row; writes no production space."""
        self.ensure_one()
        self._lock()
        self._check_idle()
        self.sudo().line_ids.unlink()
        self._start_reading()

    def action_match_columns(self):
        """Say which column means what; what is said is kept for the next table with these headers."""
        self.ensure_one()
        self._check_idle()
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
        """Write what the preview said; a row that fails keeps its reason and costs no other.

        Whoever presses second, a moment later, changes nothing.
        """
        self.ensure_one()
        self._lock()
        if self.state in ("applying", "done"):
            return
        if self.state != "previewed":
            raise UserError(self.env._("Preview the file before you apply it."))
        self._start_applying()

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
        run._start_reading(background=False)
        if apply:
            run._start_applying(background=False)
        return run

    def _lock(self):
        self.check_access("write")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(self.env._("Somebody is working on this import just now. Open it again shortly.")) from None

    def _check_not_done(self):
        if self.state == "done":
            raise UserError(self.env._("This import is done. Start a new one to import again."))

    def _check_idle(self):
        self._check_not_done()
        if self.state in UNDER_WAY:
            raise UserError(self.env._("This import is under way. Stop it first, or wait for its end."))

    def _has_news(self):
        """Whether a person has anything to decide here."""
        return any(self[f"{outcome}_count"] for outcome in OUTCOMES if outcome not in ("same", "skip"))
