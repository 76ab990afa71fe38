from odoo import Command, api, models

PROCESSES = {"cnc_minutes": "cnc_routing", "assembly_minutes": "assembly"}


class MrpBom(models.Model):
    """Blocks from part lists: block -> part label and revision -> sheet material."""

    _inherit = "mrp.bom"

    @api.model
    def _import_block(self, code, rows, figures, sheet, category):
        """Create or update one block's three levels; return (bom, created).

        :param rows: what `readers.read_part_list` gives
        :param figures: numbers by the column names of the block figures file:
            sheets per block, minutes per block, mm
        """
        block = self._find_or_create_products({code: self._block_values(code, category, figures)})[code]
        parts = self._find_or_create_products({row.code: self._part_values(row) for row in rows})
        self._set_sheets(parts.values(), sheet, figures["sheets"] / sum(row.quantity for row in rows))
        bom = self.search([("product_tmpl_id", "=", block.product_tmpl_id.id), ("type", "=", "subcontract")], limit=1)
        values = self._block_bom_values(block, rows, parts, figures)
        if not bom:
            return self.create(values), True
        bom.write({**values, "bom_line_ids": [Command.clear(), *values["bom_line_ids"]], "requirement_ids": [Command.clear(), *values["requirement_ids"]]})
        return bom, False

    @api.model
    def _find_or_create_products(self, values_by_code):
        """Products by internal reference; missing ones are created in one go."""
        Product = self.env["product.product"]
        found = {product.default_code: product for product in Product.search([("default_code", "in", list(values_by_code))])}
        missing = [values for code, values in values_by_code.items() if code not in found]
        return found | {product.default_code: product for product in Product.create(missing)}

    @api.model
    def _block_values(self, code, category, figures):
        return {
            "name": self.env._("Skylark 150 block %(code)s", code=code),
            "default_code": code,
            "is_storable": True,
            "tracking": "serial",
            "purchase_ok": True,
            "sale_ok": False,
            "categ_id": category.id,
            "design_revision": "v1",
            "weight": figures.get("mass_kg", 0),
            "is_illustrative": True,
        }

    @api.model
    def _part_values(self, row):
        return {
            "name": self.env._("Part %(label)s, revision %(revision)s", label=row.label, revision=row.revision),
            "default_code": row.code,
            "is_storable": False,
            "sale_ok": False,
            "purchase_ok": False,
            "design_revision": row.revision,
        }

    @api.model
    def _set_sheets(self, parts, sheet, sheets_per_part):
        """Each part is a kit of a share of a sheet.

        No source gives the area of a part, so a block's sheets are spread evenly
        over its parts, to the hundredth of a sheet.
        """
        templates = self.env["product.template"].union(*(part.product_tmpl_id for part in parts))
        known = self.search([("product_tmpl_id", "in", templates.ids), ("type", "=", "phantom")])
        lines = [Command.create({"product_id": sheet.id, "product_qty": max(round(sheets_per_part, 2), 0.01)})]
        known.write({"bom_line_ids": [Command.clear(), *lines]})
        self.create([
            {"product_tmpl_id": template.id, "type": "phantom", "bom_line_ids": lines}
            for template in templates - known.product_tmpl_id
        ])

    @api.model
    def _block_bom_values(self, block, rows, parts, figures):
        return {
            "product_tmpl_id": block.product_tmpl_id.id,
            "type": "subcontract",
            "bom_line_ids": [Command.create({"product_id": parts[row.code].id, "product_qty": row.quantity}) for row in rows],
            "requirement_ids": [Command.create(values) for values in self._requirement_values(figures)],
        }

    @api.model
    def _requirement_values(self, figures):
        for column, code in PROCESSES.items():
            if not figures.get(column):
                continue
            is_cutting = code == "cnc_routing"
            yield {
                "process_id": self.env.ref(f"wcm_mapping.process_{code}").id,
                "minutes_per_unit": figures[column],
                "setup_minutes": figures.get("setup_minutes", 0) if is_cutting else 0,
                "tolerance_mm": figures.get("tolerance_mm", 0) if is_cutting else 0,
                **({f"envelope_{axis}_mm": figures.get(f"envelope_{axis}_mm", 0) for axis in "xyz"} if is_cutting else {}),
                "is_illustrative": True,
            }
