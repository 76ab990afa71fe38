from odoo import api, fields, models


class WcmBuildReportMake(models.TransientModel):
    """Before a report is made: what it will say, what is missing, and words of one's own."""

    _name = "wcm.build.report.make"
    _description = "Make a report of a home"
    _rec_name = "build_id"

    build_id = fields.Many2one("wcm.build", "Home", required=True, readonly=True, ondelete="cascade")
    words = fields.Text("In your own words", help="What you set out to do and what came of it. It is published with the figures, so it names nobody.")
    missing = fields.Text("What is missing", compute="_compute_draft")
    nothing_yet = fields.Text(compute="_compute_draft")
    version = fields.Integer(compute="_compute_draft")
    content_html = fields.Html("As readers will find it", compute="_compute_draft", sanitize=False)

    @api.model
    def _open(self, build):
        return {
            "type": "ir.actions.act_window", "name": self.env._("Report of %s", build.name), "res_model": self._name,
            "res_id": self.create({"build_id": build.id}).id, "views": [(False, "form")], "target": "current",
        }

    @api.depends("build_id", "words")
    def _compute_draft(self):
        reports = self.env["wcm.build.report"]
        for page in self:
            reports._check_reader(page.build_id)
            before = reports.sudo().search([("build_id", "=", page.build_id.id)], order="version desc")
            page.version = (before[:1].version or 0) + 1
            draft = reports.sudo()._drafted(page.build_id.sudo(), page.words, page.version, before)
            page.missing, page.nothing_yet = "\n".join(draft.missing), draft.nothing_yet
            page.content_html = False if draft.nothing_yet else reports._as_html(draft.content)

    def action_make(self):
        self.ensure_one()
        report = self.env["wcm.build.report"]._make(self.build_id, self.words)
        return {"type": "ir.actions.act_window", "res_model": report._name, "res_id": report.id, "views": [(False, "form")], "target": "current"}
