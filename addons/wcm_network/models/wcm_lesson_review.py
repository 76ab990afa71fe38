from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class WcmLesson(models.Model):
    """From a draft to something that anybody may read: another person looks at it in between."""

    _inherit = "wcm.lesson"

    def action_ask_review(self):
        """The author, or a coordinator, has it read by another person."""
        self.ensure_one()
        self._check_writer()
        self._check_state("draft")
        self._check_is_whole()
        lesson = self.sudo()
        lesson.write({"state": "in_review", "review_note": False})
        lesson._tell(lesson._reviewers().partner_id, self.env._("To review: %s", lesson.title), self.env._("Somebody wrote a lesson. Read it, then publish it or send it back."))
        return True

    def action_publish(self):
        """Four eyes: who wrote a part of it does not publish it."""
        self.ensure_one()
        self._check_reviewer()
        self._check_state("in_review")
        if not self.env.su and self.env.user in self.sudo().editor_ids:
            raise UserError(self.env._("You wrote a part of this, so another person reviews it."))
        self._check_is_whole()
        self._check_no_name_is_left()
        lesson = self.sudo()
        lesson.write({
            "state": "published", "reviewed_by_id": self.env.uid, "published_on": lesson.published_on or fields.Datetime.now(),
            "withdrawn_on": False, "slug": lesson.slug or lesson._make_slug(), **lesson._public_values(),
        })
        lesson._tell(lesson.author_id.partner_id, self.env._("Published: %s", lesson.title), self.env._("What you wrote is published for everybody to read."))
        return True

    def action_send_back(self, reason=None):
        """The reviewer says what is to be changed."""
        self.ensure_one()
        self._check_reviewer()
        self._check_state("in_review")
        reason = (reason or self.review_note or "").strip() if isinstance(reason or "", str) else ""
        if not reason:
            raise UserError(self.env._("Say what is to be changed."))
        lesson = self.sudo()
        lesson.write({"state": "draft", "review_note": reason})
        lesson._tell(lesson.author_id.partner_id, self.env._("To change: %s", lesson.title), reason)
        return True

    def action_ask_change(self):
        """The dialog that asks what is to be changed."""
        self.ensure_one()
        self._check_reviewer()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Send back"), "res_model": "wcm.lesson.send.back",
            "view_mode": "form", "target": "new", "context": {"default_lesson_id": self.id},
        }

    def action_withdraw(self):
        """Its page says that it is no longer published; who published it can be asked for it."""
        self.ensure_one()
        if not self._is_author():
            self._check_reviewer()
        self._check_state("published")
        self.sudo().write({"state": "withdrawn", "withdrawn_on": fields.Datetime.now()})
        return True

    def action_draft(self):
        """To be written further; it is reviewed again."""
        self.ensure_one()
        self._check_writer()
        if self.state not in ("in_review", "withdrawn"):
            raise UserError(self.env._("Withdraw it first: what is published does not change under its readers."))
        self.sudo().state = "draft"
        return True

    def action_name_me(self):
        """The author, and nobody else, says that its name may stand there."""
        return self._agree(fields.Datetime.now())

    def action_name_me_not(self):
        return self._agree(False)

    def _agree(self, when):
        self.ensure_one()
        self.check_access("read")
        if not self._is_author():
            raise AccessError(self.env._("Only who wrote it says whether the name may stand there."))
        self.sudo().author_agreed_on = when
        return True

    def _is_author(self):
        return self.sudo().author_id == self.env.user

    def _check_writer(self):
        self.check_access("read")
        if not self._is_author() and not self._is_reviewer():
            raise AccessError(self.env._("This is its author's and the coordinators' of its region."))

    def _check_reviewer(self):
        self.check_access("read")
        if not self._is_reviewer():
            raise AccessError(self.env._("Only a coordinator of its region or a manager can do this."))

    def _check_state(self, state):
        if self.state != state:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This is %(now)s, not %(state)s.", now=labels[self.state].lower(), state=labels[state].lower()))

    def _check_is_whole(self):
        if not self._words(self.sudo().text):
            raise UserError(self.env._("Write down what was learnt first."))

    def _check_no_name_is_left(self):
        left = self.sudo()._names_left()
        if left:
            raise UserError(self.env._("Somebody could be named who did not agree:\n%s", "\n".join(left)))

    def _tell(self, partners, subject, words):
        """By mail, with a link to the reader's own page of it."""
        self.ensure_one()
        base = self.get_base_url()
        for partner in partners - self.env.user.partner_id:
            inside = any(user._is_internal() for user in partner.user_ids)
            address = f"{base}/odoo/lessons/{self.id}" if inside else f"{base}/workshop/my-lessons/{self.id}"
            body = self.env["ir.qweb"]._render("wcm_network.lesson_mail", {"words": words, "title": self.title, "address": address})
            self.env["mail.thread"].message_notify(partner_ids=partner.ids, subject=subject, body=body)
