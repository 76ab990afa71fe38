from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table


class WcmGrant(models.Model):
    _inherit = "wcm.grant"

    def _workbook_tables(self):
        return [*super()._workbook_tables(), self._table_quality()]

    def _table_quality(self):
        inspections = self.env["wcm.inspection"].search([("build_id", "in", self.build_ids.ids), ("state", "!=", "open")], order="id")
        return Table(
            "Quality", self.env._("Quality of the blocks"), self.env._("One row for each type of block that has been checked."),
            (
                Column("Block", self.env._("Code of the block"), width=16),
                Column("Checked", self.env._("Blocks with at least one closed inspection"), unit="blocks", kind="whole"),
                Column("Right first time", self.env._("Blocks whose first inspection passed"), unit="blocks", kind="whole"),
                Column("First-pass yield", self.env._("Right first time over checked"), unit="share", kind="percent"),
                Column("Nonconformities", self.env._("Nonconformities opened on these blocks"), unit="nonconformities", kind="whole"),
                Column("Still open", self.env._("Nonconformities that are not closed yet"), unit="nonconformities", kind="whole"),
            ),
            [self._quality_row(product, of_product) for product, of_product in inspections.grouped(lambda each: each.part_id.product_id).items()],
        )

    def _quality_row(self, product, inspections):
        """A correction takes the place of the record it corrects, so the first record that stands counts."""
        standing = inspections.filtered(lambda inspection: inspection.state != "replaced")
        first = [of_part[0] for of_part in standing.grouped("part_id").values()]
        right = sum(inspection.state == "passed" for inspection in first)
        nonconformities = inspections.part_id.nonconformity_ids.filtered(lambda each: each.state != "cancelled")
        still_open = nonconformities.filtered(lambda each: each.state != "closed")
        return product.default_code, len(first), right, right / len(first) if first else None, len(nonconformities), len(still_open)
