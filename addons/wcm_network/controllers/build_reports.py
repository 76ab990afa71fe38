from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from odoo.addons.wcm_mapping.controllers.public_page import PublicPage

from .lessons import PUBLIC

OWN = {"type": "http", "auth": "user", "methods": ["GET"], "readonly": True}
KINDS = {"pdf": "application/pdf", "md": "text/markdown; charset=utf-8"}


class BuildReports(PublicPage, http.Controller):
    """Reports of homes: what is published for anybody, and the files of the others for who may read them."""

    @http.route("/lessons/reports", **PUBLIC)
    def reports(self):
        return self._respond("wcm_network.public_build_reports", {**self._common(), "reports": self._reports()._published()})

    @http.route(["/lessons/reports/<int:build_report_id>", "/lessons/reports/<int:build_report_id>-<string:slug>"], **PUBLIC)
    def report(self, build_report_id, slug=""):
        report = self._reports().browse(build_report_id).exists()
        if report.state != "published":
            return self._respond_gone(report)
        if request.httprequest.path != report._public_path():
            return request.redirect(report._public_path(), code=301)
        return self._respond("wcm_network.public_build_report", {**self._common(), "report": report, "newer": report._newer()})

    @http.route("/lessons/reports/<int:build_report_id>/report.pdf", sitemap=False, **PUBLIC)
    def pdf(self, build_report_id):
        return self._published_file(build_report_id, "pdf")

    @http.route("/lessons/reports/<int:build_report_id>/report.md", sitemap=False, **PUBLIC)
    def markdown(self, build_report_id):
        return self._published_file(build_report_id, "md")

    @http.route("/network/build-report/<int:build_report_id>/report.pdf", **OWN)
    def own_pdf(self, build_report_id):
        return self._own_file(build_report_id, "pdf")

    @http.route("/network/build-report/<int:build_report_id>/report.md", **OWN)
    def own_markdown(self, build_report_id):
        return self._own_file(build_report_id, "md")

    def _published_file(self, report_id, ending):
        report = self._reports().browse(report_id).exists()
        return self._file(report, ending) if report.state == "published" else self._respond_gone(report)

    def _own_file(self, report_id, ending):
        """Of those that are not published too, for who may read them; to others they do not exist."""
        report = request.env["wcm.build.report"].browse(report_id).exists()
        try:
            report.check_access("read")
        except AccessError:
            report = report.browse()
        if not report:
            raise request.not_found()
        return self._file(report.sudo(), ending)

    def _reports(self):
        return request.env["wcm.build.report"].sudo()

    def _respond_gone(self, report):
        gone = bool(report.published_on)
        return self._respond("wcm_network.public_build_report_gone", {**self._common(), "gone": gone}, status=410 if gone else 404)

    def _file(self, report, ending):
        content = report._pdf_bytes() if ending == "pdf" else report.markdown.encode()
        headers = [("Content-Type", KINDS[ending]), ("Content-Disposition", content_disposition(report._file_name(ending))), ("X-Content-Type-Options", "nosniff")]
        return request.make_response(content, [*headers, ("Cache-Control", "no-cache")])
