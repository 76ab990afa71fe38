from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .confirmation import FORM, PAGE, private
from .public_page import PublicPage, network_of

# Most characters of each; the page's own fields take no more.
LENGTHS = {"name": 100, "email": 200, "reason": 2000}


class ClaimListing(PublicPage, http.Controller):
    """From "this is our space" on the public page to a claim that a coordinator decides."""

    @http.route("/spaces/<int:facility_id>/claim", **PAGE)
    def claim(self, facility_id):
        return self._claim_page(self._claimable(facility_id))

    @http.route("/spaces/<int:facility_id>/claim", **FORM)
    def claim_sent(self, facility_id, **sent):
        """Whoever fills in the field that nobody sees is thanked and forgotten."""
        facility = self._claimable(facility_id)
        values = {name: str(sent.get(name) or "").strip()[:most] for name, most in LENGTHS.items()}
        if sent.get("fax"):
            return self._claim_page(facility, step="sent", email=values["email"])
        network = network_of(request.httprequest.remote_addr)
        try:
            claim = facility.env["wcm.facility.claim"]._start(facility, values, network)
        except UserError as error:
            return self._claim_page(facility, sent=values, error=str(error))
        return self._claim_page(facility, step="sent", email=claim.email)

    @http.route("/spaces/claims/<string:token>", **PAGE)
    def confirm_claim(self, token):
        claim = self._claim_of(token)
        return self._claim_page(claim.facility_id, claim=claim, step="confirm" if claim.state == "unconfirmed" else "waiting")

    @http.route("/spaces/claims/<string:token>", **FORM)
    def claim_confirmed(self, token, **_sent):
        claim = self._claim_of(token)
        claim._confirm()
        return self._claim_page(claim.facility_id, claim=claim, step="waiting")

    def _claimable(self, facility_id):
        """What is not on the public map answers like what does not exist."""
        facilities = self._facilities()
        facility = facilities.search(facilities._published_domain() & Domain("id", "=", facility_id))
        if not facility:
            raise NotFound("This space is not on the public map.")
        return facility

    def _claim_of(self, token):
        claim = request.env["wcm.facility.claim"]._of_token("confirm", token)
        if not claim:
            raise NotFound("This link has ended or is not complete. Claim the listing again from its public page.")
        self._claimable(claim.facility_id.id)
        return claim

    def _claim_page(self, facility, step="form", **shown):
        values = {**self._common(), "facility": facility, "step": step, "sent": {}, "error": "", "claim": None, **shown}
        return private(self._respond("wcm_mapping.claim_listing", values, "frame-ancestors 'none'"))
