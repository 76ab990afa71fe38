from odoo import fields, models


class WcmRatingAnswer(models.TransientModel):
    """Asks a quality lead for the answer to an objection."""

    _name = "wcm.rating.answer"
    _description = "Answer to an objection to a rating"

    rating_id = fields.Many2one("wcm.quality.rating", required=True, ondelete="cascade")
    objection = fields.Text(related="rating_id.objection")
    answer = fields.Text(required=True, help="The member reads it.")

    def action_send(self):
        self.rating_id.action_answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
