import re

from lxml import html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext, html_sanitize

from ..writers import markdown

ADDRESSES = {
    "cc_by_4": "https://creativecommons.org/licenses/by/4.0/",
    "cc_by_sa_4": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
MAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
IN_A_LINE = {"a", "b", "code", "em", "i", "s", "small", "span", "strong", "sub", "sup", "u"}
NOT_PUBLIC = ("img", "video", "audio", "iframe", "picture", "svg", "form", "input", "button")


class WcmLesson(models.Model):
    """What of a lesson anybody may read: no pictures, and no name of who did not agree."""

    _inherit = "wcm.lesson"

    public_text = fields.Html("Published text", readonly=True, copy=False, sanitize=False, help="Made from the text when it is published, and again when somebody's consent changes.")
    public_words = fields.Text("Published words", readonly=True, copy=False, index="trigram", help="What is searched.")
    slug = fields.Char("Address", readonly=True, copy=False, help="The end of its address; it stays when the title changes.")
    byline = fields.Char("By", compute="_compute_byline")
    public_preview = fields.Html("As it will be published", compute="_compute_public_preview", sanitize=False)

    @api.depends("author_id", "author_agreed_on")
    def _compute_byline(self):
        for lesson in self.sudo():
            named = lesson.author_agreed_on and lesson.author_id.active
            lesson.byline = lesson.author_id.name if named else self.env._("a member of the network")

    @api.depends("text", "person_ids.name", "person_ids.also_called", "person_ids.role", "person_ids.consent")
    def _compute_public_preview(self):
        for lesson in self:
            lesson.public_preview = lesson._public_html()

    def _public_values(self):
        content = self._public_html()
        return {"title": self._without_names(self.title), "public_text": content, "public_words": self._words(content)}

    def _refresh_public(self):
        """After somebody's consent changed: at once, also of what is published already."""
        for lesson in self.sudo().filtered(lambda one: one.state == "published"):
            lesson.write(lesson._public_values())

    def _public_html(self):
        """Each text within it by itself, so that no mark-up is broken; attributes other than links go."""
        clean = html_sanitize(self.text or "", sanitize_attributes=True, sanitize_style=True, strip_style=True, strip_classes=True)
        if not clean:
            return Markup()
        root = html.fragment_fromstring(str(clean), create_parent="div")
        for element in list(root.iter()):
            self._make_public(element)
        inner = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
        return Markup(inner)

    def _make_public(self, element):
        if element.tag in NOT_PUBLIC or not isinstance(element.tag, str):
            element.drop_tree()
            return
        link = element.get("href") or ""
        element.attrib.clear()
        if element.tag == "a" and link.startswith(("http://", "https://")):
            element.set("href", self._without_names(link))
            element.set("rel", "noopener nofollow")
        element.text = self._without_names(element.text, _before(element))
        for child in element:
            child.tail = self._without_names(child.tail, child.text_content())

    def _without_names(self, text, before=""):
        """Their role instead of the name of each who did not agree.

        :param before: what stands before the text, which may begin in the middle of a sentence
        """
        for person in self.person_ids.filtered(lambda one: one.consent != "agreed") if text else ():
            text = person._in_role(text, before)
        return text

    def _title_without_anybody(self):
        """For what is kept as it is: who agreed today may take it back tomorrow."""
        title = self.title
        for person in self.person_ids:
            title = person._in_role(title)
        return title

    def _names_left(self):
        """What of a name would still stand there, one sentence each.

        Names that are marked up in pieces, first or last names by themselves, people of the network who are not in the
        list, and e-mail addresses.
        """
        said = f"{self._without_names(self.title or '')}\n{self._words(self._public_html())}\n{' '.join(self._links())}"
        sentences = []
        for person in self.person_ids.filtered(lambda one: one.consent != "agreed"):
            sentences += [self.env._("“%(word)s” of %(name)s, who did not agree.", word=word, name=person.name) for word in person._parts_in(said)]
        listed = {name.lower() for name in self.person_ids.mapped("name") if name}
        sentences += [self.env._("“%s”, who is not in the list of who is named.", name) for name in self._known_people(said) if name.lower() not in listed]
        return [*sentences, *(self.env._("The e-mail address “%s”.", address) for address in sorted(set(MAIL.findall(said))))]

    def _links(self):
        """Addresses behind links are published with the text."""
        content = self._public_html()
        return re.findall(r'href="([^"]*)"', content) if content else []

    def _known_people(self, said):
        """Whole names of people whom the network knows, that stand in the text."""
        return [name for [name] in self.env.execute_query(SQL(
            """
            SELECT DISTINCT name FROM (
                SELECT name FROM res_partner WHERE NOT is_company AND type = 'contact'
                UNION SELECT name FROM wcm_member_person
            ) AS people
             WHERE name LIKE %s AND strpos(lower(%s), lower(name)) > 0 ORDER BY name
            """,
            "_% _%", said,
        )) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE)]

    def _words(self, content):
        return html2plaintext(content or "").strip() if content else ""

    def _make_slug(self):
        return markdown.slug(self._without_names(self.title))

    def _public_path(self):
        return f"/lessons/{self.id}-{self.slug}"

    @api.model
    def _published_domain(self, q="", kind="", stage="", process="", component=""):
        """What anybody sees; each argument narrows it, nonsense to nothing."""
        domain = Domain("state", "=", "published")
        for word in (q or "")[:80].split():
            domain &= Domain("title", "ilike", word) | Domain("public_words", "ilike", word)
        named = {"kind": kind, "stage": stage, "process_ids.code": process, "component_ids.default_code": component}
        return domain & Domain.AND(Domain(name, "=", value) for name, value in named.items() if value)

    def _feed_day(self):
        """The day that it was last changed, for a feed."""
        return max(filter(None, (self.published_on, self.write_date)))

    def _tags(self):
        """[(kind of tag, its code, its words)], as the public pages filter by them."""
        kind, stage = (dict(self._fields[name]._description_selection(self.env)) for name in ("kind", "stage"))
        return [
            ("kind", self.kind, kind[self.kind]),
            *([("stage", self.stage, stage[self.stage])] if self.stage else ()),
            *(("process", process.code, process.name) for process in self.process_ids),
            *(("component", product.default_code or "", product.name) for product in self.component_ids),
        ]

    def _licence(self):
        """(name, address) of its licence."""
        return dict(self._fields["licence"]._description_selection(self.env))[self.licence], ADDRESSES[self.licence]


def _before(element):
    """What stands in the same paragraph before an element within a line; nothing before a paragraph."""
    if element.tag not in IN_A_LINE or element.getparent() is None:
        return ""
    previous = element.getprevious()
    if previous is None:
        return element.getparent().text or ""
    return previous.tail or previous.text_content()
