from odoo import fields, models


class WcmLessonSendBack(models.TransientModel):
    """Asks what is to be changed before a lesson goes back to its author."""

    _name = "wcm.lesson.send.back"
    _description = "Lesson sent back"

    lesson_id = fields.Many2one("wcm.lesson", required=True, ondelete="cascade")
    reason = fields.Text("What is to be changed", required=True, help="The author reads it.")

    def action_confirm(self):
        self.lesson_id.action_send_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
