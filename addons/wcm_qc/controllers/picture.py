from odoo import http
from odoo.http import request


class CheckPicture(http.Controller):
    @http.route("/quality/picture/<string:sha256>", type="http", auth="user", methods=["GET"], readonly=True)
    def picture(self, sha256):
        """The picture of a checkpoint, for whoever was told its hash with a check; to others there is none."""
        may_check = request.env["wcm.inspection"].has_access("read")
        checkpoint = request.env["wcm.checkpoint"].sudo()._find_picture(sha256) if may_check else None  # members see no control plans
        if not checkpoint:
            raise request.not_found()
        stream = request.env["ir.binary"].sudo()._get_stream_from(checkpoint, "picture")
        return stream.get_response(as_attachment=False, immutable=True, content_security_policy="default-src 'none'")
