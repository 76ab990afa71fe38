from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table


class WcmGrant(models.Model):
    _inherit = "wcm.grant"

    def _workbook_tables(self, scope):
        return [*super()._workbook_tables(scope), self._table_quality(scope)]

    def _table_quality(self, scope):
        """By the same records as the indicators of quality."""
        indicators = self.env["wcm.indicator"]
        checks = self.env["wcm.first.check"]._read_group(indicators._source_first_pass_yield(scope).domain, ["product_id"], ["__count", "right_first_time:sum"])
        opened = self._nonconformities_by_block(indicators._source_nonconformities(scope))
        still_open = self._nonconformities_by_block(indicators._source_nonconformities_open(scope))
        return Table(
            "Quality", self.env._("Quality of the blocks"), self.env._("One row for each type of block that has been checked."),
            (
                Column("Block", self.env._("Code of the block"), width=16),
                Column("Checked", self.env._("Blocks with at least one closed inspection in the period"), unit="blocks", kind="whole", total=True),
                Column("Right first time", self.env._("Blocks whose every first check passed"), unit="blocks", kind="whole", total=True),
                Column("First-pass yield", self.env._("Right first time over checked"), unit="share", kind="percent"),
                Column("Nonconformities", self.env._("Nonconformities opened on these blocks"), unit="nonconformities", kind="whole"),
                Column("Still open", self.env._("Nonconformities that are not closed yet"), unit="nonconformities", kind="whole"),
            ),
            [
                (product.default_code, count, right, right / count if count else None, opened.get(product, 0), still_open.get(product, 0))
                for product, count, right in checks
            ],
        )

    def _nonconformities_by_block(self, source):
        """{product: nonconformities}; one of several blocks counts for each type."""
        groups = self.env["wcm.nonconformity"]._read_group(source.domain, ["part_ids"], ["__count", "id:array_agg"])
        found = {}
        for part, _count, ids in groups:
            found.setdefault(part.product_id, set()).update(ids)
        return {product: len(ids) for product, ids in found.items()}
