from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class Workshop(CustomerPortal):
    """The member factories' own web client. It decides nothing: rules and field lists do."""

    @route(["/workshop", "/workshop/<path:subpath>"], type="http", auth="user", methods=["GET"], sitemap=False)
    def workshop(self, subpath=None):
        if not self._is_member():
            return self._refuse_workshop()
        response = request.render(
            "wcm_network.workshop_client", {"session_info": self._prepare_workshop_session_info()}
        )
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _is_member(self):
        user = request.env.user
        return user.has_group("wcm_network.group_member_factory") and not user.is_shut_out

    def _refuse_workshop(self):
        """Say whose page it is and where the reader's own pages are."""
        internal = request.env.user._is_internal()
        shut = request.env["wcm.membership"]._own_memberships()._shut_words()
        values = {"home": "/odoo" if internal else "/my", "is_internal": internal, "shut": shut}
        return request.render("wcm_network.workshop_refused", values, status=403)

    def _prepare_workshop_session_info(self):
        """What the web client must know; the company only by name, no debug mode."""
        session_info = request.env["ir.http"].session_info()
        company = request.env.user.company_id.sudo()
        session_info["user_companies"] = {
            "current_company": company.id,
            "allowed_companies": {
                company.id: {"id": company.id, "name": company.name, "currency_id": company.currency_id.id}
            },
        }
        session_info["bundle_params"].pop("debug", None)
        groups = ("office", "owner")
        session_info["workshop_rights"] = [name for name in groups if request.env.user.has_group(f"wcm_network.group_member_{name}")]
        session_info["workshop_memberships"] = request.env["wcm.membership"]._workshop_memberships().read(["name"])
        return session_info

    def _prepare_portal_layout_values(self):
        return {**super()._prepare_portal_layout_values(), "is_member_factory": self._is_member()}
