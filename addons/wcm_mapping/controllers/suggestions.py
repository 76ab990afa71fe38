from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..suggestion_form import CHOICES, HONEYPOT, LIMITS, LISTS, blank, is_machine, read_form
from .public_page import PublicPage, network_of

# A full form is about 20 KB; nobody types more.
MAX_BYTES = 200_000


class Suggestions(PublicPage, http.Controller):
    """What anybody may tell us: a space that is missing, or what is wrong with one. A person decides about it later."""

    @http.route("/spaces/suggest", type="http", auth="public", methods=["GET"], readonly=True)
    def new(self, **_asked):
        return self._show_form(blank())

    @http.route("/spaces/suggest", type="http", auth="public", methods=["POST"], max_content_length=MAX_BYTES)
    def send_new(self, **_asked):
        return self._take_form(self._facilities(), None)

    @http.route("/spaces/<int:facility_id>/suggest", type="http", auth="public", methods=["GET"], readonly=True, sitemap=False)
    def correction(self, facility_id, **_asked):
        _facility, space = self._published(facility_id)
        return self._show_form(blank(self._suggestions()._present(space)), space)

    @http.route("/spaces/<int:facility_id>/suggest", type="http", auth="public", methods=["POST"], max_content_length=MAX_BYTES)
    def send_correction(self, facility_id, **_asked):
        return self._take_form(*self._published(facility_id))

    @http.route("/spaces/suggest/thanks", type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False)
    def thanks(self, **_asked):
        return self._page("wcm_mapping.public_suggestion_sent", {"days": self._suggestions()._confirm_days()})

    @http.route("/spaces/suggest/confirm/<string:token>", type="http", auth="public", methods=["GET"], readonly=True, sitemap=False)
    def link(self, token, **_asked):
        """Programs that look into mails open every link: opening it confirms nothing, the button does."""
        return self._show_link(self._suggestions()._of_link(token))

    @http.route("/spaces/suggest/confirm/<string:token>", type="http", auth="public", methods=["POST"], max_content_length=MAX_BYTES)
    def confirm(self, token, **_asked):
        suggestion = self._suggestions()._of_link(token)
        suggestion._confirm()
        return self._show_link(suggestion)

    def _published(self, facility_id):
        """A space and its public values; one that is not listed looks like one that does not exist."""
        facility = self._facilities().browse(facility_id).exists()
        spaces = facility._public_values()
        if not spaces:
            raise NotFound("This space is not on the public map.")
        return facility, spaces[0]

    def _take_form(self, facility, space):
        sent = request.httprequest.form
        posted = {name: sent.getlist(name) for name in (*LIMITS, *CHOICES, *LISTS, "consent", HONEYPOT)}
        present = self._suggestions()._present(space) if space else None
        form = read_form(posted, self._suggestions()._vocabulary(), present)
        if form.errors:
            return self._show_form(form, space, status=422)
        known = self._suggestions()._waiting_for(form, facility)
        if not is_machine(posted) and not known._is_just_sent():
            if not self._may_send(form.values["suggester_email"]):
                form.errors["limit"] = "Many suggestions came from you in a short time. Please wait some hours and send it again."
                return self._show_form(form, space, status=429)
            self._suggestions()._submit(form, facility)
        return request.redirect("/spaces/suggest/thanks", code=303)

    def _may_send(self, email):
        counts = request.env["wcm.suggestion.count"].sudo()
        by_address = counts._allows("address", network_of(request.httprequest.remote_addr), counts._most("address"), hours=1)
        return by_address and counts._allows("email", email.lower(), counts._most("email"), hours=24)

    def _show_form(self, form, space=None, status=200):
        values = {
            "form": form.values,
            "errors": form.errors,
            "vocabulary": self._suggestions()._vocabulary(),
            "honeypot": HONEYPOT,
            "space": space,
            "path": request.httprequest.path,
            "confirm_days": self._suggestions()._confirm_days(),
            "keep_days": self._suggestions()._keep_days(),
        }
        return self._page("wcm_mapping.public_suggestion", values, status)

    def _show_link(self, suggestion):
        """The button; or that it is done; or that the link is no good."""
        values = {"suggestion": suggestion, "days": self._suggestions()._confirm_days()}
        return self._page("wcm_mapping.public_suggestion_confirm", values, 200 if suggestion else 404)

    def _page(self, template, values, status=200):
        """Nothing of these pages stays in a cache or is found by a search engine's robot."""
        response = self._respond(template, {**self._common(), **values}, status=status)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def _suggestions(self):
        return request.env["wcm.facility.suggestion"].sudo()
