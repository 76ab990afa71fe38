from odoo import http
from odoo.http import content_disposition, request

from .grant import XLSX


class Recall(http.Controller):
    @http.route("/network/recall/<int:recall_id>/parts.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def parts(self, recall_id):
        """The record rules choose the recall and its parts; to others it does not exist."""
        Recall = request.env["wcm.recall"]
        recall = Recall.search([("id", "=", recall_id)]) if Recall.has_access("read") else Recall
        if not recall:
            raise request.not_found()
        name = f"{recall.name.replace('/', '-')}.xlsx"
        return request.make_response(recall._workbook(), [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))])
