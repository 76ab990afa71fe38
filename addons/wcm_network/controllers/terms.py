from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request


class Terms(http.Controller):
    @http.route("/network/terms/<int:acceptance_id>/copy.pdf", type="http", auth="user", methods=["GET"])
    def own_copy(self, acceptance_id):
        """The caller's own copy of what was accepted; to others it does not exist."""
        acceptance = request.env["wcm.terms.acceptance"].browse(acceptance_id).exists()
        try:
            acceptance._check_member_or_coordinator()
        except AccessError:
            acceptance = acceptance.browse()
        if not acceptance:
            raise request.not_found()
        acceptance = acceptance.sudo()
        content, name = acceptance._pdf(acceptance._page()), f"terms {acceptance.terms_id.version}.pdf".replace("/", "-")
        return request.make_response(content, [
            ("Content-Type", "application/pdf"), ("Content-Length", len(content)), ("Content-Disposition", content_disposition(name, "inline")), ("X-Content-Type-Options", "nosniff"),
        ])
