from odoo import fields, models


class WcmFeedbackReply(models.TransientModel):
    """Asks for the answer to what a member told, and what was done about it."""

    _name = "wcm.feedback.reply"
    _description = "Answer to feedback"

    feedback_id = fields.Many2one("wcm.feedback", required=True, ondelete="cascade")
    text = fields.Text(related="feedback_id.text")
    answer = fields.Text(required=True, help="The member reads it, on its page and in a mail.")
    done = fields.Text("What was done about it", help="The member reads it too. Empty: nothing yet.")

    def action_confirm(self):
        self.feedback_id.action_answer(self.answer, self.done)
        return {"type": "ir.actions.act_window_close"}
