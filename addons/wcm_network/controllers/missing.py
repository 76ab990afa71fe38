from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from .grant import XLSX


class Missing(http.Controller):
    @http.route("/network/missing.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def workbook(self, builds="", day="", stage=""):
        """What is missing for a lift of the caller's homes."""
        return self._file(self._readable(builds)._missing_workbook(day, stage), XLSX, "xlsx", day)

    @http.route("/network/missing.pdf", type="http", auth="user", methods=["GET"])
    def paper(self, builds="", day="", stage=""):
        return self._file(self._readable(builds)._missing_pdf(day, stage), "application/pdf", "pdf", day)

    def _readable(self, builds):
        """Homes by their numbers, with commas; to others they do not exist."""
        found = request.env["wcm.build"].browse(int(number) for number in builds.split(",") if number.isdecimal() and len(number) < 10).exists()
        try:
            found.check_access("read")
        except AccessError:
            found = found.browse()
        if not found:
            raise request.not_found()
        return found

    def _file(self, content, mimetype, ending, day):
        return request.make_response(content, [
            ("Content-Type", mimetype), ("Content-Disposition", content_disposition(f"missing {day}.{ending}")), ("X-Content-Type-Options", "nosniff"),
        ])
