from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .public_page import PublicPage

REMARK_LENGTH = 2000
# The signed link in the address is what gives the right to answer, so no session has to vouch for the form.
PAGE = {"type": "http", "auth": "public", "methods": ["GET"], "readonly": True, "save_session": False, "sitemap": False}
FORM = {
    "type": "http", "auth": "public", "methods": ["POST"], "csrf": False, "save_session": False, "sitemap": False,
    "max_content_length": 64 * 1024,
}  # fmt: skip


class StillRight(PublicPage, http.Controller):
    """Where the links of "is this still right?" lead. Opening a page changes nothing: mail scanners open them all."""

    @http.route("/spaces/still-right/<string:token>", **PAGE)
    def ask(self, token):
        return self._page(self._question(token), token)

    @http.route("/spaces/still-right/<string:token>/changed", **PAGE)
    def ask_what(self, token):
        return self._page(self._question(token), token, changed=True)

    @http.route("/spaces/still-right/<string:token>/stop", **PAGE)
    def ask_to_stop(self, token):
        return self._page(self._question(token), token, stop=True)

    @http.route("/spaces/still-right/<string:token>", **FORM)
    def answer_correct(self, token, **_sent):
        question = self._question(token)
        question._answer_correct()
        return self._page(question, token)

    @http.route("/spaces/still-right/<string:token>/changed", **FORM)
    def answer_changed(self, token, remark="", **_sent):
        question, remark = self._question(token), remark.strip()[:REMARK_LENGTH]
        if remark:
            question._answer_changed(remark)
        return self._page(question, token, changed=not remark, missing=not remark)

    @http.route("/spaces/still-right/<string:token>/stop", **FORM)
    def stop(self, token, **_sent):
        """Also what mail programs send by themselves (List-Unsubscribe-Post)."""
        question = self._question(token)
        question.facility_id._stop_questions(question.email)
        return self._page(question, token, stop=True)

    def _question(self, token):
        question = request.env["wcm.facility.confirmation"]._of_token("answer", token)
        if not question:
            raise NotFound("This link has ended or is not complete. Open the newest mail, or ask your coordinator.")
        return question

    def _page(self, question, token, **shown):
        facility = question.facility_id
        values = {
            **self._common(),
            "facility": facility,
            "question": question,
            "facts": [fact for fact in facility._listed_facts() if fact[1]],
            "address": f"/spaces/still-right/{token}",
            **shown,
        }
        response = self._respond("wcm_mapping.still_right", values, "frame-ancestors 'none'")
        return private(response)


def private(response):
    """A page behind a signed link: neither kept nor passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
