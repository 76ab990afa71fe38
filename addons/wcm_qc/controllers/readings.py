from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.wcm_network.controllers.grant import XLSX


class Readings(http.Controller):
    @http.route("/quality/readings.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def workbook(self, **question):
        """The readings of a chart that the caller may see; to others there are none."""
        try:
            content = request.env["wcm.quality.chart"]._workbook(question)
        except (AccessError, UserError):
            content = False
        if not content:
            raise request.not_found()
        return request.make_response(content, [
            ("Content-Type", XLSX), ("Content-Disposition", content_disposition("readings.xlsx")), ("X-Content-Type-Options", "nosniff"),
        ])
