from odoo import fields, models


class WcmLessonAbout(models.AbstractModel):
    """A record that lessons are attached to: a button counts them, another writes one about it."""

    _name = "wcm.lesson.about"
    _description = "Record that lessons are about"

    lesson_count = fields.Integer("Number of lessons", compute="_compute_lesson_count")

    def _compute_lesson_count(self):
        """Of those that the reader may see; none for who sees no lessons."""
        lessons = self.env["wcm.lesson"]
        seen = lessons.has_access("read") and self.env.user._is_internal()
        counts = dict(lessons._read_group([("about", "in", self._lesson_keys())], ["about"], ["__count"])) if seen and self.ids else {}
        for record in self:
            record.lesson_count = counts.get(f"{record._name},{record._origin.id}", 0)

    def _lesson_keys(self):
        return [f"{self._name},{id_}" for id_ in self.ids]

    def _lesson_domain(self):
        """Hook: the lessons behind the button."""
        return [("about", "in", self._lesson_keys())]

    def action_open_lessons(self):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "name": self.env._("Lessons"), "res_model": "wcm.lesson", "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban", "domain": self._lesson_domain(), "context": {"default_about": f"{self._name},{self.id}"} if len(self) == 1 else {},
        }

    def action_write_lesson(self, title=None, kind=None, text=None):
        """A member writes what it learnt from this; it opens as a draft of its own."""
        self.ensure_one()
        self.check_access("read")
        return self.env["wcm.lesson"]._written(title, kind, text, about=self)
