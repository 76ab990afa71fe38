import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from odoo.addons.wcm_mapping.controllers.confirmation import PAGE, private
from odoo.addons.wcm_mapping.controllers.public_page import PublicPage

LEFT = "/network/left/<string:token>"
COUNTED = {**PAGE, "readonly": False}


class Leaving(PublicPage, http.Controller):
    """A member's own data: while it is one by its owners' login, afterwards by a signed link."""

    @http.route(LEFT, **PAGE)
    def left(self, token):
        """Opening it changes nothing: programs that look into mails open every link."""
        archive = self._archive(token)
        return private(self._respond("wcm_network.left_page", {**self._common(), "archive": archive, "address": f"/network/left/{token}"}, "frame-ancestors 'none'"))

    @http.route(f"{LEFT}/data.zip", **COUNTED)
    def left_data(self, token):
        archive = self._archive(token)
        archive.downloads += 1
        return self._zip(base64.b64decode(archive.file), archive.file_name)

    @http.route("/network/member/<int:membership_id>/data.zip", type="http", auth="user", methods=["GET"])
    def data(self, membership_id):
        """For the owners of the member alone; to others it does not exist."""
        member = request.env["wcm.membership"].browse(membership_id).exists()
        try:
            is_owner = bool(member) and member.has_access("read") and member.sudo()._lets_in(request.env.user) and member._role_of(request.env.user) == "owner"
        except AccessError:
            is_owner = False
        if not is_owner:
            raise request.not_found()
        return self._zip(member.sudo()._data_zip(), f"{member.sudo().code or member.id}.zip")

    def _archive(self, token):
        archive = request.env["wcm.membership.archive"].sudo()._of_link(token)
        if not archive:
            raise NotFound("This link has ended or is not complete. Ask your coordinator.")
        return archive

    def _zip(self, content, name):
        return private(request.make_response(content, [
            ("Content-Type", "application/zip"), ("Content-Length", len(content)), ("Content-Disposition", content_disposition(name)), ("X-Content-Type-Options", "nosniff"),
        ]))
