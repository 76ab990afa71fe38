from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext, plaintext2html

from .wcm_lesson import KINDS

LONGEST = 50_000


class WcmLesson(models.Model):
    """Lessons on the member pages: everybody's that are published, and the drafts of whoever looks."""

    _inherit = "wcm.lesson"

    is_mine = fields.Boolean("Mine", compute="_compute_mine", search="_search_is_mine")
    own_text = fields.Text("What was learnt", compute="_compute_mine", inverse="_inverse_own_text", help="Of one's own only; to others the published text.")
    own_review_note = fields.Text("What the reviewer asks for", compute="_compute_mine")
    own_people = fields.Text("Who is named", compute="_compute_mine")
    own_agreed = fields.Boolean("My name may stand there", compute="_compute_mine")
    component_names = fields.Char("Components", compute="_compute_shown")
    about_name = fields.Char("About", compute="_compute_mine")
    region_name = fields.Char("Region", compute="_compute_shown")

    @api.depends_context("uid")
    @api.depends("text", "review_note", "person_ids.consent", "author_agreed_on", "author_id", "about")
    def _compute_mine(self):
        """What only the author is told."""
        consents = dict(self.env["wcm.lesson.person"]._fields["consent"]._description_selection(self.env))
        for lesson, own in zip(self, self.sudo(), strict=True):
            mine = lesson.is_mine = own.author_id == self.env.user
            lesson.own_text = html2plaintext(own.text or "") if mine else False
            lesson.own_review_note = own.review_note if mine else False
            lesson.own_people = "\n".join(f"{one.name}: {consents[one.consent]} ({one.role})" for one in own.person_ids) if mine else False
            lesson.own_agreed = mine and bool(own.author_agreed_on)
            lesson.about_name = own.about.display_name if mine and own.about and own.about.with_user(self.env.user).has_access("read") else False

    def _search_is_mine(self, operator, value):
        if operator not in ("=", "in"):
            return NotImplemented
        wanted = value if isinstance(value, bool) else True in value
        return [("author_id", "=" if wanted else "!=", self.env.uid)]

    def _inverse_own_text(self):
        """A member writes plain words; who wrote formatted text in the office changes it there."""
        for lesson in self:
            if lesson.sudo().author_id != self.env.user:
                raise AccessError(self.env._("Only who wrote it changes it here."))
            lesson._check_length(lesson.own_text)
            lesson.check_access("write")
            lesson._check_may_change({"text": True})
            lesson.sudo().text = plaintext2html(lesson.own_text or "")

    @api.depends("component_ids", "region_id")
    def _compute_shown(self):
        for lesson, shown in zip(self, self.sudo(), strict=True):
            lesson.component_names = ", ".join(shown.component_ids.mapped("name"))
            lesson.region_name = shown.region_id.name

    @api.model
    def _written(self, title, kind, text, about=None):
        """A draft of whoever calls, opened to go on with it."""
        if not self._may_write_one():
            raise AccessError(self.env._("Lessons are written by members and by the network."))
        title, text = (value.strip() if isinstance(value, str) else "" for value in (title, text))
        if not title or not text:
            raise UserError(self.env._("Give it a title and say what was learnt."))
        self._check_length(text)
        lesson = self.sudo().create({
            "title": title[:200], "kind": kind if kind in dict(KINDS) else "lesson", "text": plaintext2html(text), "author_id": self.env.uid,
            "region_id": self._guess_region(about and f"{about._name},{about.id}").id, "about": about and f"{about._name},{about.id}",
        })
        return lesson._open_on_own_pages(self.env.user)

    @api.model
    def _may_write_one(self):
        """Nobody of a member that is suspended or gone."""
        user = self.env.user
        of_member = user.has_group("wcm_network.group_member_factory") and self.env["wcm.membership"]._workshop_memberships()
        return bool(of_member) or user.has_group("wcm_network.group_coordinator")

    def _open_on_own_pages(self, user):
        if user._is_internal():
            return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "views": [[False, "form"]]}
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "views": [[self._workshop_view("form").id, "form"]], "name": self.env._("Lesson")}

    @api.model
    def _check_length(self, text):
        if len(text or "") > LONGEST:
            raise UserError(self.env._("A lesson has up to %s letters. Write the rest as another one.", f"{LONGEST:,}"))

    @api.model
    def workshop_write(self, title=None, kind=None, text=None):
        """A lesson about nothing in particular."""
        return self._written(title, kind, text)

    def action_add_person(self, name=None, role=None, agreed=None, how=None):
        """The author says whom the text names; whoever said yes, did so today."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_author() and not self._is_reviewer():
            raise AccessError(self.env._("Only who wrote it says who is named."))
        self._check_state("draft")
        name, role, how = (value.strip()[:120] if isinstance(value, str) else "" for value in (name, role, how))
        if not name or not role:
            raise UserError(self.env._("Say the name as it stands in the text, and the role that stands there instead."))
        consent = agreed if agreed in ("agreed", "refused") else "not_asked"
        day = fields.Date.context_today(self) if consent != "not_asked" else False
        self.env["wcm.lesson.person"].sudo().create({"lesson_id": self.id, "name": name, "role": role, "consent": consent, "consent_on": day, "consent_how": how})
        return True
