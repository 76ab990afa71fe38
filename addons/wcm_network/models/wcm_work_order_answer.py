from odoo import fields, models

# What a state says of an offer that waited for its answer.
SAYS = {
    "accepted": "accepted", "countered": "countered", "declined": "declined", "expired": "expired",
    "draft": "withdrawn", "cancelled": "withdrawn",
}


class WcmWorkOrder(models.Model):
    """Each offer notes when it was made and answered (`wcm.offer.answer`)."""

    _inherit = "wcm.work.order"

    def write(self, vals):
        state = vals.get("state")
        if state != "offered" and state not in SAYS:
            return super().write(vals)
        waited = self.filtered(lambda order: order.state == "offered")
        result = super().write(vals)
        if state == "offered":
            (self - waited)._note_asked()
        else:
            waited._note_answer(SAYS[state])
        return result

    def _note_asked(self):
        now = fields.Datetime.now()
        self.env["wcm.offer.answer"].sudo().create([
            {"work_order_id": order.id, "membership_id": order.membership_id.id, "quantity": order.quantity, "asked_at": now} for order in self
        ])

    def _note_answer(self, answer):
        open_rows = self.env["wcm.offer.answer"].sudo().search([("work_order_id", "in", self.ids), ("answered_at", "=", False)])
        open_rows.write({"answered_at": fields.Datetime.now(), "answer": answer})
        open_rows.flush_recordset()  # it may be offered again in the same transaction
