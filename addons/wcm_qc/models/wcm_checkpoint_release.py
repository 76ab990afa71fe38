from odoo import fields, models

RELEASERS = [("person", "Another person, of the member too"), ("network", "A coordinator or a quality lead"), ("lead", "A quality lead only")]


class WcmCheckpoint(models.Model):
    """Who lets a block go on at a hold point; never who made it."""

    _inherit = "wcm.checkpoint"

    release_by = fields.Selection(
        RELEASERS, "Released by", default="person", required=True, help="Who may pass this hold point. Whoever made the block never does.",
    )

    def _frozen_values(self):
        return {**super()._frozen_values(), "release_by": self.release_by}

    def _strictest_release(self):
        """Of these hold points; the last in the list leaves the fewest people."""
        order = [who for who, _label in RELEASERS]
        return max((point.release_by or "person" for point in self if point.point_type == "hold"), key=order.index, default="person")
