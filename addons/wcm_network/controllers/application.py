import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.wcm_mapping.controllers.confirmation import FORM, PAGE, private
from odoo.addons.wcm_mapping.controllers.public_page import PublicPage, network_of
from odoo.addons.wcm_mapping.suggestion_form import HONEYPOT, is_machine

from ..application_form import SENT, blank_application, read_application

NEW = ["/spaces/join", "/spaces/<int:facility_id>/join"]
OWN = "/spaces/join/<string:token>"
PAPER = {**FORM, "max_content_length": 13 * 1024 * 1024}
# In the words of who applies.
STATES = {
    "unconfirmed": "waits for you", "waiting": "sent", "review": "under review", "admitted": "admitted", "declined": "declined", "withdrawn": "withdrawn",
}
PAPER_STATES = {"waiting": "not looked at yet", "accepted": "accepted", "refused": "refused"}
# Applications in 24 hours, from everybody together.
MOST_A_DAY = 200


class JoinNetwork(PublicPage, http.Controller):
    """From “Join the network” to an application, and what its applicant does with it by a signed link."""

    @http.route(NEW, type="http", auth="public", methods=["GET"], readonly=True, sitemap=False)
    def join(self, facility_id=None, known=""):
        """:param known: link of an application of the same organisation, to apply with one more space"""
        _facility, space = self._published(facility_id)
        before = self._applications()._of_link(known).filtered(lambda one: one.state != "unconfirmed")
        return self._form_page(blank_application(space, self._told_before(before)), space)

    @http.route(NEW, type="http", auth="public", methods=["POST"], max_content_length=200_000)
    def join_sent(self, facility_id=None, **_sent):
        facility, space = self._published(facility_id)
        posted = {name: request.httprequest.form.getlist(name) for name in SENT}
        form = read_application(posted, self._vocabulary(), space)
        if form.errors:
            return self._form_page(form, space, status=422)
        known = self._applications()._waiting_for(form, facility)
        if not is_machine(posted) and not known._is_just_sent():
            if not self._may_send(form.values["suggester_email"]):
                form.errors["limit"] = "Many forms came from you in a short time. Wait some hours and send it again."
                return self._form_page(form, space, status=429)
            self._applications()._submit(form, facility)
        return request.redirect("/spaces/join/thanks", code=303)

    @http.route("/spaces/join/thanks", **PAGE)
    def join_thanks(self):
        return self._own_page("wcm_network.application_sent", days=self._applications()._confirm_days())

    @http.route(OWN, **PAGE)
    def own_application(self, token, done=""):
        """Opening it changes nothing: programs that look into mails open every link."""
        return self._show(self._own(token), token, done=done)

    @http.route(f"{OWN}/confirm", **FORM)
    def application_confirmed(self, token, **_sent):
        self._own(token)._confirm()
        return self._back(token, "confirmed")

    @http.route(f"{OWN}/document", **PAPER)
    def document_sent(self, token, **_sent):
        application, sent = self._own(token), request.httprequest.form
        if application.state == "unconfirmed":
            raise NotFound("Confirm your application first.")
        kind = sent.get("kind_id", "")[:20]
        try:
            with request.env.cr.savepoint():
                application._own_add(kind, sent, request.httprequest.files.get("document"))
        except UserError as error:
            return self._show(application, token, errors={kind: str(error)}, sent=sent, status=422)
        return self._back(token, "document")

    @http.route(f"{OWN}/document/<int:document_id>", **PAGE)
    def own_document(self, token, document_id):
        """The applicant's own paper, always to be saved: nothing that somebody sent in runs in a browser here."""
        paper = self._own_paper(self._own(token), document_id)
        return private(request.make_response(base64.b64decode(paper.document), [
            ("Content-Type", "application/octet-stream"), ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", content_disposition(paper.document_name or "document")),
        ]))

    @http.route(f"{OWN}/document/<int:document_id>/remove", **FORM)
    def document_removed(self, token, document_id, **_sent):
        application = self._own(token)
        try:
            application._own_remove(self._own_paper(application, document_id))
        except UserError as error:
            return self._show(application, token, errors={"page": str(error)}, status=422)
        return self._back(token, "removed")

    @http.route(f"{OWN}/withdraw", **FORM)
    def application_withdrawn(self, token, **_sent):
        self._own(token)._own_withdraw()
        return self._back(token, "withdrawn")

    def _published(self, facility_id):
        """(a space, its public values); (none, nothing) where none is named. One that is not listed does not exist."""
        facilities = self._facilities()
        if facility_id is None:
            return facilities, None
        facility = facilities.search(facilities._published_domain() & Domain("id", "=", facility_id))
        if not facility:
            raise NotFound("This space is not on the public map.")
        return facility, facility._public_values()[0]

    def _own(self, token):
        application = self._applications()._of_link(token)
        if not application:
            raise NotFound("This link has ended or is not complete. Open the newest mail, or send the form again.")
        return application

    def _own_paper(self, application, document_id):
        paper = application.document_ids.filtered(lambda one: one.id == document_id)
        if not paper:
            raise NotFound("There is no such document.")
        return paper

    def _told_before(self, application):
        said = {name: application[name] for name in ("contact_role", "contact_phone", "owner_name", "owner_email", "organisation_type")}
        named = {"organisation": application.name, "suggester_name": application.contact_name, "suggester_email": application.contact_email}
        return {**said, **named} if application else None

    def _may_send(self, email):
        counts = request.env["wcm.suggestion.count"].sudo()
        by_address = counts._allows("address", network_of(request.httprequest.remote_addr), counts._most("address"), hours=1)
        by_email = by_address and counts._allows("email", email.lower(), counts._most("email"), hours=24)
        return by_email and counts._allows("application", "all", MOST_A_DAY, hours=24)

    def _form_page(self, form, space, status=200):
        return self._own_page(
            "wcm_network.application_form", status, form=form.values, errors=form.errors, vocabulary=self._vocabulary(), honeypot=HONEYPOT,
            space=space, path=request.httprequest.path, keep_days=self._applications()._keep_days(), confirm_days=self._applications()._confirm_days(),
        )

    def _show(self, application, token, status=200, **shown):
        values = {"errors": {}, "sent": {}, "done": "", **shown}
        return self._own_page(
            "wcm_network.application_own", status, application=application, address=f"/spaces/join/{token}", token=token,
            states=STATES, paper_states=PAPER_STATES, **values,
        )

    def _own_page(self, template, status=200, **values):
        return private(self._respond(template, {**self._common(), **values}, "frame-ancestors 'none'", status))

    def _back(self, token, done):
        return request.redirect(f"/spaces/join/{token}?done={done}", code=303)

    def _vocabulary(self):
        return request.env["wcm.facility.suggestion"].sudo()._vocabulary()

    def _applications(self):
        return request.env["wcm.membership.application"].sudo()
