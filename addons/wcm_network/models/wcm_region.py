from odoo import fields, models
from odoo.fields import Domain


class WcmRegion(models.Model):
    """A region may be run by another organisation, with coordinators, an annex to the terms and a share of the levy of its own."""

    _inherit = "wcm.region"

    run_by_id = fields.Many2one("res.partner", "Run by", domain=[("is_company", "=", True)], help="The organisation that coordinates here and gets the region's share of the levy. Empty: the network itself.")

    def _propose_share_bills(self):
        """Of levy that is on a posted invoice; without an organisation that runs it, the share stays with the network."""
        entries = self.env["wcm.levy.entry"].sudo()
        regions = self.filtered(lambda region: region.run_by_id and region.run_by_id != self.env.company.partner_id)
        posted = Domain("is_invoiced", "=", True) & Domain("invoice_line_id.parent_state", "=", "posted")
        waiting = entries._is_free("region_bill_line_id") & posted & Domain("region_id", "in", regions.ids) & Domain("region_share", "!=", 0)
        return entries.search(waiting, order="date, id")._propose("region_bill_line_id", "region_share", lambda entry: entry.region_id)
