from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class WcmFeedback(models.Model):
    """The coordinator's side: who has it, what is answered, what was done; the member is told of it."""

    _inherit = "wcm.feedback"

    def action_take(self):
        """The caller looks after it; so the others know that somebody does."""
        self._check_coordinator()
        if any(feedback.state == "answered" for feedback in self):
            raise UserError(self.env._("This is answered already."))
        self.sudo().write({"handler_id": self.env.uid, "state": "in_hand"})
        return True

    def action_ask_answer(self):
        """The dialog for the answer."""
        self.ensure_one()
        self._check_coordinator()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Answer"), "res_model": "wcm.feedback.reply", "view_mode": "form", "target": "new",
            "context": {"default_feedback_id": self.id, "default_answer": self.answer, "default_done": self.done},
        }

    def action_answer(self, answer=None, done=None):
        """Told back on the member's page and by mail; an answer that is given again is told again."""
        self.ensure_one()
        self._check_coordinator()
        answer, done = (value.strip() if isinstance(value, str) else "" for value in (answer, done))
        if not answer:
            raise UserError(self.env._("Write the answer first."))
        feedback = self.sudo()
        feedback.write({
            "answer": answer, "done": done or False, "state": "answered", "is_read": False, "answered_on": fields.Datetime.now(),
            "answered_by_id": self.env.uid, "handler_id": feedback.handler_id.id or self.env.uid,
        })
        words = answer if not done else f"{answer}\n\n{self.env._('What was done about it:')} {done}"
        if feedback.user_id.active:
            feedback._mail(feedback.user_id.partner_id, self.env._("Answer to what you told us"), words, f"{feedback.get_base_url()}/workshop/my-feedback/{feedback.id}")
        return True

    def action_open_about(self):
        """The record that was open, in the office's own form."""
        self.ensure_one()
        self._check_coordinator()
        about = self.about and self.about.exists()
        if not about:
            raise UserError(self.env._("The record is gone."))
        return {"type": "ir.actions.act_window", "res_model": about._name, "res_id": about.id, "view_mode": "form"}

    def action_make_lesson(self):
        """A draft with what was told and answered, for everybody to learn from; the member is not named in it."""
        self.ensure_one()
        self._check_coordinator()
        if not self.lesson_id:
            self.sudo().lesson_id = self.env["wcm.lesson"].create(self._lesson_values())
        return {"type": "ir.actions.act_window", "res_model": "wcm.lesson", "res_id": self.lesson_id.id, "view_mode": "form"}

    def _lesson_values(self):
        about = self.about and self.about.exists()
        fits = about and about._name in self.env["wcm.lesson"]._about_models() and about.has_access("read")
        parts = (self.text, self.answer, self.done)
        return {
            "title": self.brief, "text": "".join(f"<p>{escape(part)}</p>" for part in parts if part), "region_id": self.region_id.id,
            "about": f"{about._name},{about.id}" if fits else False,
        }

    def action_mark_read(self):
        """The person has read the answer: it is off *Today*."""
        self.check_access("read")
        if any(feedback.sudo().user_id != self.env.user for feedback in self):
            raise AccessError(self.env._("Only who told it reads the answer away."))
        self.sudo().is_read = True
        return True

    def _member(self):
        return self.membership_id

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_erasure(self):
        """Nobody tidies away what a member told."""
        if not self.env.su:
            raise UserError(self.env._("What a member told is answered, not deleted."))
