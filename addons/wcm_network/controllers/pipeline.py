from odoo import http
from odoo.http import content_disposition, request

from .grant import XLSX


class Pipeline(http.Controller):
    @http.route("/network/pipeline/template.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def template(self):
        """The empty table of homes, for those who may import one."""
        Import = request.env["wcm.pipeline.import"]
        if not Import.has_access("create"):
            raise request.not_found()
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition("Pipeline of homes.xlsx"))]
        return request.make_response(Import._template(), headers)
