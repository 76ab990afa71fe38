from odoo import fields, models


class WcmReceiptIssue(models.Model):
    """A block that is damaged, missing or in the wrong place is nonconforming, and held, from the moment that it is told."""

    _inherit = "wcm.receipt.issue"

    _guarded = frozenset({"nonconformity_id"})

    nonconformity_id = fields.Many2one("wcm.nonconformity", readonly=True, copy=False, index=True)

    def _opened(self):
        for issue in self.filtered(lambda issue: issue._is_of_block() and issue.part_id.state != "scrapped"):
            issue.nonconformity_id = self.env["wcm.nonconformity"].create({
                "title": issue.display_name, "description": issue.note, "part_ids": issue.part_id.ids, "source": "site",
                "photo": issue.photo,
            })
        super()._opened()

    def _end_by_arrival(self):
        """What turned up is no nonconformity. What is damaged stays one until a quality lead has decided."""
        super()._end_by_arrival()
        alone = self.nonconformity_id.filtered(lambda one: one.is_active and len(one.part_ids) == 1)  # siblings that were held with it stay held
        for nonconformity in alone:
            nonconformity.message_post(body=self.env._("The block arrived."))
            nonconformity._close("cancelled")
