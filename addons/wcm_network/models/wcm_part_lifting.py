from odoo import fields, models

STAGES = ("floor", "walls", "roof", "other")


class WcmPart(models.Model):
    """Which block is lifted first at the site, and so goes on to the vehicle last."""

    _inherit = "wcm.part"

    _member_readable = frozenset({"load_number"})

    load_number = fields.Integer(
        "Load as", compute="_compute_load_number", compute_sudo=True,
        help="1 goes on first: what is lifted first at the site (by date, home, stage and place in the kit) is loaded last.",
    )

    def _compute_load_number(self):
        """Not kept: each block that is packed moves the others. Numbers are those of the whole shipment."""
        numbers = {}
        for shipment in self.shipment_id:
            numbers |= {part.id: number for number, part in enumerate(shipment.part_ids._in_loading_order(), 1)}
        for part in self:
            part.load_number = numbers.get(part._origin.id, 0)

    def _in_lifting_order(self):
        return self.sorted(lambda part: part._lift_key())

    def _in_loading_order(self):
        """Last in, first lifted."""
        return self._in_lifting_order()[::-1]

    def _lift_key(self):
        """Hook: by the day that it is needed, home, stage, place in the home's list of components, number."""
        line = self.work_order_id.build_line_id
        return (line.date_required, line.build_id.id, STAGES.index(line.stage), line.id, self.name)
