import re
from urllib.parse import urlencode

from lxml import etree

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request
from odoo.tools.json import scriptsafe

from odoo.addons.wcm_mapping.controllers.open_data import clean, fingerprint, unless_known
from odoo.addons.wcm_mapping.controllers.public_page import PublicPage

from ..models.wcm_lesson import KINDS, STAGES

PAGE = 20
IN_FEED = 50
QUESTION = ("q", "kind", "stage", "process", "component")
ATOM = "http://www.w3.org/2005/Atom"
# XML has no place for these, whoever typed them.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PUBLIC = {"type": "http", "auth": "public", "methods": ["GET"], "readonly": True, "save_session": False}


class Lessons(PublicPage, http.Controller):
    """What the network learnt and published: a list, a page each, a feed and files. Nothing that is not published exists here."""

    @http.route("/lessons", **PUBLIC)
    def lessons(self, **asked):
        asked = clean(asked)
        question = {name: asked[name] for name in QUESTION if asked.get(name)}
        found = self._lessons()._published_domain(**question)
        total = self._lessons().search_count(found)
        page = self._page(asked, total)
        lessons = self._lessons().search(found, limit=PAGE, offset=(page - 1) * PAGE, order="published_on desc, id desc")
        return self._respond("wcm_network.public_lessons", {
            **self._common(), **self._choices(), "asked": question, "total": total, "lessons": [self._look(lesson) for lesson in lessons],
            "previous": page > 1 and f"/lessons?{urlencode({**question, 'page': page - 1})}",
            "following": page * PAGE < total and f"/lessons?{urlencode({**question, 'page': page + 1})}",
        })

    @http.route(["/lessons/<int:lesson_id>", "/lessons/<int:lesson_id>-<string:slug>"], **PUBLIC)
    def lesson(self, lesson_id, slug=""):
        lesson = self._lessons().browse(lesson_id).exists()
        if lesson.state != "published":
            return self._respond_gone(lesson)
        if request.httprequest.path != lesson._public_path():
            return request.redirect(lesson._public_path(), code=301)
        values = {**self._common(), "lesson": self._look(lesson), "content": lesson.public_text}
        return self._respond("wcm_network.public_lesson", {**values, "linked_data": scriptsafe.dumps(self._linked_data(lesson))})

    @http.route("/lessons/<int:lesson_id>/lesson.md", sitemap=False, **PUBLIC)
    def markdown(self, lesson_id):
        lesson = self._lessons().browse(lesson_id).exists()
        if lesson.state != "published":
            return self._respond_gone(lesson)
        return self._file(lesson._markdown().encode(), "text/markdown; charset=utf-8", lesson._file_name())

    @http.route("/lessons/lessons.zip", sitemap=False, **PUBLIC)
    def everything(self):
        return self._file(self._lessons()._published_zip(), "application/zip", "lessons.zip")

    @http.route("/lessons/feed.atom", sitemap=False, **PUBLIC)
    def feed(self):
        lessons = self._lessons().search(self._lessons()._published_domain(), limit=IN_FEED, order="published_on desc, id desc")
        content = self._atom(lessons)
        return unless_known(fingerprint(content.decode()), [("Content-Type", "application/atom+xml; charset=utf-8")], lambda: content)

    @http.route("/network/lesson/<int:lesson_id>/lesson.md", type="http", auth="user", methods=["GET"], readonly=True)
    def own_markdown(self, lesson_id):
        """Of a draft too, for who may read it; to others it does not exist."""
        lesson = request.env["wcm.lesson"].browse(lesson_id).exists()
        try:
            lesson.check_access("read")
        except AccessError:
            lesson = lesson.browse()
        if not lesson:
            raise request.not_found()
        return self._file(lesson.sudo()._markdown().encode(), "text/markdown; charset=utf-8", lesson.sudo()._file_name())

    def _lessons(self):
        return request.env["wcm.lesson"].sudo()

    def _page(self, asked, total):
        text = asked.get("page") or ""
        page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
        return min(max(1, page), max(1, -(-total // PAGE)))

    def _choices(self):
        """What the list can be narrowed to: only tags that something published has."""
        lessons = self._lessons()
        domain = lessons._published_domain()
        processes = [process for [process] in lessons._read_group(domain, ["process_ids"]) if process]
        components = [product for [product] in lessons._read_group(domain, ["component_ids"]) if product.default_code]
        return {"kinds": KINDS, "stages": STAGES, "processes": [(one.code, one.name) for one in processes], "components": [(one.default_code, one.name) for one in components]}

    def _look(self, lesson):
        licence, address = lesson._licence()
        return {
            "title": lesson.title, "path": lesson._public_path(), "happened_on": lesson.happened_on, "published_on": lesson.published_on.date(), "byline": lesson.byline,
            "tags": [{"words": words, "link": code and f"/lessons?{urlencode({kind: code})}"} for kind, code, words in lesson._tags()],
            "region": lesson.region_id.name, "brief": self._brief(lesson), "licence": licence, "licence_address": address, "markdown": f"/lessons/{lesson.id}/lesson.md",
        }

    def _brief(self, lesson):
        words = " ".join((lesson.public_words or "").split())
        return words if len(words) <= 200 else f"{words[:200].rsplit(' ', 1)[0]} …"

    def _linked_data(self, lesson):
        return {
            "@context": "https://schema.org", "@type": "Article", "headline": lesson.title, "datePublished": str(lesson.published_on.date()),
            "license": lesson._licence()[1], "publisher": {"@type": "Organization", "name": request.env.company.name},
        }

    def _common(self):
        return {**super()._common(), "linked_data": "{}", "network_email": request.env.company.email}

    def _respond_gone(self, lesson):
        """Gone, when anybody could once read it; else not found. Neither tells what it said."""
        gone = bool(lesson.published_on)
        return self._respond("wcm_network.public_lesson_gone", {**self._common(), "gone": gone}, status=410 if gone else 404)

    def _file(self, content, kind, name):
        headers = [("Content-Type", kind), ("Content-Disposition", content_disposition(name)), ("X-Content-Type-Options", "nosniff")]
        return request.make_response(content, [*headers, ("Cache-Control", "no-cache")])

    def _atom(self, lessons):
        base = self._lessons().get_base_url()
        feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
        updated = max((lesson._feed_day() for lesson in lessons), default=None)
        self._say(feed, id=f"{base}/lessons", title=f"Lessons of {request.env.company.name}", updated=_moment(updated))
        etree.SubElement(feed, f"{{{ATOM}}}link", href=f"{base}/lessons/feed.atom", rel="self")
        for lesson in lessons:
            entry, address = etree.SubElement(feed, f"{{{ATOM}}}entry"), f"{base}{lesson._public_path()}"
            # The number alone: its identity stays whatever the title was.
            self._say(entry, id=f"{base}/lessons/{lesson.id}", title=lesson.title, updated=_moment(lesson._feed_day()), published=_moment(lesson.published_on), summary=self._brief(lesson), rights=lesson._licence()[0])
            etree.SubElement(entry, f"{{{ATOM}}}link", href=address, rel="alternate")
            self._say(etree.SubElement(entry, f"{{{ATOM}}}author"), name=lesson.byline)
        return etree.tostring(feed, encoding="utf-8", xml_declaration=True)

    def _say(self, element, **words):
        for name, text in words.items():
            etree.SubElement(element, f"{{{ATOM}}}{name}").text = NOT_XML.sub("", text)


def _moment(when):
    return f"{when or '1970-01-01 00:00:00'!s:.19}Z".replace(" ", "T")
