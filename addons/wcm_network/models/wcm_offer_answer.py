from odoo import api, fields, models

ANSWERS = [
    ("accepted", "Taken"),
    ("countered", "Other terms asked for"),
    ("declined", "Declined"),
    ("expired", "Ran out without an answer"),
    ("withdrawn", "Taken back by the network"),
]
# What the member itself did, or did not do.
COUNTED = ("accepted", "countered", "declined", "expired")


class WcmOfferAnswer(models.Model):
    """One time that a member was asked: when, what came of it and how long it took. Written by the offer, never changed.

    The order keeps only the last time; it may be offered to others afterwards.
    """

    _name = "wcm.offer.answer"
    _description = "Answer to an offer"
    _inherit = ["wcm.facade"]
    _order = "asked_at desc, id desc"
    _rec_name = "work_order_id"

    _office_readable = frozenset({"work_order_id", "membership_id", "quantity", "asked_at", "answered_at", "answer", "hours"})

    work_order_id = fields.Many2one("wcm.work.order", "Work order", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    quantity = fields.Integer("Blocks", readonly=True)
    asked_at = fields.Datetime("Asked", required=True, readonly=True)
    answered_at = fields.Datetime("Answered", readonly=True, index="btree_not_null")
    answer = fields.Selection(ANSWERS, readonly=True, index=True)
    hours = fields.Float("Clock hours", compute="_compute_hours", store=True, digits=(10, 2), aggregator="avg", help="From the offer to the answer, nights and weekends too.")

    _one_open = models.UniqueIndex("(work_order_id) WHERE answered_at IS NULL", "This offer waits for its answer already.")

    @api.depends("asked_at", "answered_at")
    def _compute_hours(self):
        for row in self:
            row.hours = (row.answered_at - row.asked_at).total_seconds() / 3600 if row.answered_at else 0
