import json
from urllib.parse import urlencode

from markupsafe import Markup

from odoo import http
from odoo.http import request

from odoo.addons.wcm_mapping.controllers.open_data import clean, fingerprint, unless_known
from odoo.addons.wcm_mapping.controllers.public_page import ANY_FRAME, OWN_FRAMES, PublicPage

PUBLIC = {"type": "http", "auth": "public", "methods": ["GET"], "readonly": True, "save_session": False}
NEWEST_LESSONS = 3


class Outcomes(PublicPage, http.Controller):
    """What came of the work, for everybody: figures that a manager chose, each with what it means and up to when it counts."""

    @http.route("/outcomes", **PUBLIC)
    def outcomes(self, **asked):
        return self._outcomes_page(asked, "/outcomes", OWN_FRAMES)

    @http.route("/outcomes/embed", sitemap=False, **PUBLIC)
    def embed(self, **asked):
        """The figures alone, for a frame in somebody's own page; others may frame nothing else of it."""
        return self._outcomes_page(asked, "/outcomes/embed", ANY_FRAME)

    @http.route("/open-data/outcomes.json", cors="*", sitemap=False, **PUBLIC)
    def outcomes_json(self, **asked):
        """The same figures for programs."""
        region = self._asked_region(clean(asked))
        page = request.env["wcm.indicator"].sudo()._public_page(region)
        document = {
            "network": request.env.company.name, "region": region.code or None, "regions": [one.code for one in self._regions()],
            "counted_on": str(page["counted_on"]), "currency": request.env.company.currency_id.name, "licence": self._common()["licence"],
            "lessons": len(self._published(region)), "figures": [{**figure, "until": figure["until"] and str(figure["until"])} for figure in page["figures"]],
        }
        content = json.dumps(document, ensure_ascii=False, indent=1).encode()
        return unless_known(fingerprint(document), [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")], lambda: content)

    def _outcomes_page(self, asked, path, frames):
        region = self._asked_region(clean(asked))
        page = request.env["wcm.indicator"].sudo()._public_page(region)
        lessons = self._published(region)
        return self._respond("wcm_network.public_outcomes", {
            **self._common(), "path": path, "embedded": path != "/outcomes", "region": region, "regions": self._regions(), "linked_data": "{}",
            "counted_on": page["counted_on"], "figures": [{**figure, "shown": self._shown(figure)} for figure in page["figures"]],
            "lesson_count": len(lessons), "lessons": [(lesson.title, lesson._public_path()) for lesson in lessons[:NEWEST_LESSONS]],
            "illustrative": self._is_illustrative(), "frame": self._frame(region), "style": self._style() if path != "/outcomes" else "",
        }, frames)

    def _frame(self, region):
        """What somebody copies into a page of their own."""
        address = f"{request.env['wcm.indicator'].get_base_url()}/outcomes/embed{'?' + urlencode({'region': region.code}) if region else ''}"
        return f'<iframe src="{address}" title="What came of it" width="100%" height="900" loading="lazy"></iframe>'

    def _style(self):
        """In the page: a file of styles would come with a cookie. Made for this page where no other has been asked for: looking writes nothing."""
        bundle = request.env["ir.qweb"].sudo()._get_asset_bundle("wcm_mapping.assets_public", css=True, js=False)
        kept = bundle.get_attachments("min.css")
        return Markup((kept.raw.decode() if kept else bundle.preprocess_css()).replace("</", "<\\/"))

    def _asked_region(self, asked):
        """:raise NotFound: no such region; all regions would look like an answer"""
        code = asked.get("region")
        region = self._regions().filtered(lambda one: one.code == code)
        if code and not region:
            raise request.not_found()
        return region

    def _regions(self):
        return request.env["wcm.region"].sudo().search([], order="name")

    def _published(self, region):
        lessons = request.env["wcm.lesson"].sudo()
        return lessons.search([*lessons._published_domain(), *([("region_id", "=", region.id)] if region else [])], order="published_on desc, id desc")

    def _is_illustrative(self):
        return bool(request.env["wcm.membership"].sudo().search_count([("facility_id.is_illustrative", "=", True)], limit=1))

    def _shown(self, figure):
        """The number as people write it, with its unit or currency."""
        if figure["value"] is None:
            return ""
        if figure["kind"] == "money":
            currency = request.env.company.currency_id
            return f"{currency.symbol}{figure['value']:,.0f}" if currency.position == "before" else f"{figure['value']:,.0f} {currency.symbol}"
        return f"{figure['value']:.0%}" if figure["kind"] == "percent" else f"{figure['value']:,.0f} {figure['unit']}"
