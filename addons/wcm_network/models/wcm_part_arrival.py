from odoo import models
from odoo.exceptions import UserError


class WcmPart(models.Model):
    """What is seen of a block where a vehicle is unloaded."""

    _inherit = "wcm.part"

    def _turned_up(self):
        """What was missed, or went to another site, is where it should be."""
        issues = self.env["wcm.receipt.issue"].sudo().search([("part_id", "in", self.ids), ("kind", "in", ("short", "wrong")), ("state", "=", "open")])
        if issues:
            issues._end_by_arrival()

    def _report_at_site(self, kind, site, **values):
        """One open issue for each block and kind: what is told again by a second phone adds nothing."""
        known = self.env["wcm.receipt.issue"].search([("part_id", "in", self.ids), ("kind", "=", kind), ("state", "=", "open")]).part_id
        return self.env["wcm.receipt.issue"].create([
            {"kind": kind, "site_id": site.id, "part_id": part.id, "shipment_id": part.shipment_id.id, "reported_on": self.env["wcm.part.event"]._doing().time, **values}
            for part in self - known
        ])

    def _check_on_site(self):
        for part in self.filtered(lambda part: part.state not in ("dispatched", "received")):
            raise UserError(self.env._("%(part)s is “%(state)s”, so nothing is told of its delivery any more.", part=part.name, state=part._state_label()))

    def _why_wrong(self, site):
        """Words for whoever reads the issue: where the block should be, and how far it is by the records."""
        if self.build_id.site_id != site:
            return self.env._("It is for %(site)s.", site=self.build_id.site_id.name)
        return self.env._("It is “%(state)s” by the records: its maker has not dispatched it.", state=self._state_label())
