import base64
import hashlib

from odoo import fields, models

from ..writers import report


class WcmBuildReport(models.Model):
    """The same figures as Markdown and PDF, kept as they were made."""

    _inherit = "wcm.build.report"

    markdown = fields.Text(readonly=True)
    sha256 = fields.Char("SHA-256 of the Markdown", readonly=True, help="Stands on the PDF as well: who has one can tell whether the other belongs to it.")
    pdf = fields.Binary("PDF", attachment=True, readonly=True)
    pdf_sha256 = fields.Char("SHA-256 of the PDF", readonly=True)

    def _keep_files(self):
        """The Markdown first: its fingerprint stands on the PDF."""
        self.ensure_one()
        text = report.to_markdown(self.content)
        self.write({"markdown": text, "sha256": hashlib.sha256(text.encode()).hexdigest()})
        pdf = self._make_pdf()
        self.write({"pdf": base64.b64encode(pdf), "pdf_sha256": hashlib.sha256(pdf).hexdigest()})

    def _make_pdf(self):
        printer = self.env["ir.actions.report"].with_context(force_report_rendering=True)  # Odoo answers with HTML while tests run
        return printer._render_qweb_pdf("wcm_network.report_build_report", self.ids)[0]

    def _pdf_bytes(self):
        return base64.b64decode(self.with_context(bin_size=False).pdf)

    def _file_name(self, ending):
        return f"report-{self.build_id.id:05}-version-{self.version}.{ending}"

    def action_download_pdf(self):
        return self._download("pdf")

    def action_download_markdown(self):
        return self._download("md")

    def _download(self, ending):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/build-report/{self.id}/report.{ending}", "target": "download"}
