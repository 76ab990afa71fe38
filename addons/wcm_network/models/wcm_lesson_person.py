import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SHORTEST_PART = 3
# Nothing, the end of a sentence, or a mark-up that begins a paragraph, stands before it; opening quotation marks and brackets may stand between.
BEGINNING = re.compile(r"""(?:^|[.!?…]["'”’)\]]*\s|<(?:p|li|h\d|div|td|th|blockquote|br)\b[^>]*>)\s*(?:<(?:b|strong|i|em|u|span)\b[^>]*>\s*)*["'“‘(\[]*$""")


class WcmLessonPerson(models.Model):
    """Somebody whom a lesson names, and whether this person agreed to be named: who, when and how."""

    _name = "wcm.lesson.person"
    _description = "Person named in a lesson"
    _inherit = ["wcm.guarded"]
    _order = "id"

    _guarded = frozenset({"recorded_by_id", "withdrawn_on"})

    lesson_id = fields.Many2one("wcm.lesson", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Contact", index=True, domain=[("is_company", "=", False)])
    name = fields.Char(required=True, help="As it stands in the text.")
    also_called = fields.Char(help="Other names that stand in the text, with commas: Annie, Mrs Erskine.")
    role = fields.Char("Role instead of the name", required=True, help="What readers find where this person did not agree, e.g. “a maker in Bristol”.")
    consent = fields.Selection(
        [("not_asked", "Not asked"), ("agreed", "Agreed to be named"), ("refused", "Does not want to be named"), ("withdrawn", "Took it back")],
        default="not_asked", required=True,
    )
    consent_on = fields.Date("Said on")
    consent_how = fields.Char("Said how", help="By e-mail, on a signed form, at the beginning of the recording …")
    recorded_by_id = fields.Many2one("res.users", "Recorded by", readonly=True)
    withdrawn_on = fields.Date("Taken back on", readonly=True)

    _once = models.UniqueIndex("(lesson_id, lower(name))", "This person is in the list already.")

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._record()
        return people

    def write(self, vals):
        result = super().write(vals)
        if "consent" in vals:
            self._record()
        if vals.keys() & {"consent", "name", "also_called", "role"}:
            self.lesson_id._refresh_public()
        return result

    def _record(self):
        """Who wrote down what the person said, and when it was taken back."""
        for person in self.sudo():
            back = (person.withdrawn_on or fields.Date.context_today(person)) if person.consent == "withdrawn" else False
            super(WcmLessonPerson, person).write({"recorded_by_id": self.env.uid if person.consent != "not_asked" else False, "withdrawn_on": back})

    def unlink(self):
        """Who is erased leaves no other name behind, nor in a text that is published: the role stands there from then on."""
        lessons = self.lesson_id
        if self.env.su:
            self._blot_out()
        result = super().unlink()
        lessons.exists()._refresh_public()
        return result

    def _blot_out(self):
        for person in self:
            lesson = person.lesson_id
            lesson.write({"title": person._in_role(lesson.title), "text": person._in_role(lesson.text or "")})

    @api.constrains("consent", "consent_on", "consent_how")
    def _check_consent(self):
        for person in self:
            if person.consent == "agreed" and not (person.consent_on and (person.consent_how or "").strip()):
                raise ValidationError(self.env._("Say when and how %s agreed to be named.", person.name))
            if person.consent_on and person.consent_on > fields.Date.context_today(person):
                raise ValidationError(self.env._("%s cannot have said so in the future.", person.name))

    @api.constrains("name", "also_called", "role")
    def _check_role_names_nobody(self):
        for person in self:
            if person._parts_in(person.role):
                raise ValidationError(self.env._("The role of %s holds the name itself.", person.name))

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        self.name = self.partner_id.name or self.name

    def _names(self):
        """Longest first: “Ann Erskine” before “Ann”."""
        names = [self.name or "", *(self.also_called or "").split(",")]
        return sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))

    def _in_role(self, text, before=""):
        """The role instead of each name; with a capital where a sentence begins with it.

        :param before: what stands before the text
        """
        if not self._names():
            return text
        return self._pattern().sub(lambda found: _as_beginning(self.role) if BEGINNING.search(before + found.string[:found.start()]) else self.role, text)

    def _pattern(self):
        return re.compile(rf"(?<!\w)(?:{'|'.join(_any_space(name) for name in self._names())})(?!\w)", re.IGNORECASE)

    def _parts_in(self, text):
        """Names, and parts of them, that stand in a text as a word: “Erskine” of “Ann Erskine”."""
        parts = {part for name in self._names() for part in (name, *re.split(r"[\s.-]+", name)) if len(part) >= SHORTEST_PART}
        return sorted(part for part in parts if re.search(rf"(?<!\w){_any_space(part)}(?!\w)", text or "", re.IGNORECASE))


def _as_beginning(role):
    return role[:1].upper() + role[1:]


def _any_space(name):
    return r"\s+".join(map(re.escape, name.split()))
