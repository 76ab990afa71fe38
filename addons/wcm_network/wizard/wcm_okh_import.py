from odoo import api, fields, models
from odoo.exceptions import UserError

from ..readers import read_block_quantities, read_okh

MOST_BYTES = 2_000_000


class WcmOkhImport(models.TransientModel):
    """A manifest of Open Know-How, or a table of blocks and quantities, becomes a kit; what it does not say is listed to be completed."""

    _name = "wcm.okh.import"
    _description = "Import of a kit"
    _inherit = "wcm.file.import"

    file = fields.Binary(
        attachment=False,
        help="Open Know-How v1 (YAML) or LOSH v2 (TOML); or xlsx or CSV with a row per block: the block and its quantity. At most 2 MB.",
    )
    filename = fields.Char()
    is_table = fields.Boolean(compute="_compute_is_table")
    kit_name = fields.Char("Kit", help="Reference of the home that these blocks make, which a table does not name.")
    quantity_column = fields.Char(help="Header of the quantities, where the table has several.")
    categ_id = fields.Many2one("product.category", "Category of the parts", required=True)
    state = fields.Selection([("new", "New"), ("preview", "Preview"), ("done", "Done")], default="new", readonly=True)
    found = fields.Text("In the file", readonly=True)
    replaces = fields.Text("What changes here", readonly=True)
    unsaid = fields.Text("To complete", readonly=True)
    bom_id = fields.Many2one("mrp.bom", "Kit", readonly=True)

    @api.depends("filename")
    def _compute_is_table(self):
        for wizard in self:
            wizard.is_table = (wizard.filename or "").lower().endswith((".csv", ".xlsx"))

    @api.depends("state")
    def _compute_display_name(self):
        self.display_name = self.env._("Import a Kit")

    @api.onchange("file", "kit_name", "quantity_column")
    def _onchange_file(self):
        self.update({"state": "new", "found": False, "unsaid": False, "replaces": False})

    def action_preview(self):
        """Say what is in the file; writes no product."""
        kit = self._read()
        self._show(kit, "preview")
        self.replaces = "\n".join(self._replaced(kit))
        return self._reopen()

    def action_import(self):
        kit = self._read()
        if not kit.parts:
            raise UserError(self.env._("The manifest lists no parts, so there is no kit to make of it."))
        self.bom_id, _created = self.env["mrp.bom"]._import_okh(kit, self.categ_id)
        self._show(kit, "done")
        return self._reopen()

    def action_open_bom(self):
        self.ensure_one()
        self.check_access("read")
        return self.bom_id._get_records_action()

    def _read(self):
        self.ensure_one()
        self.check_access("write")
        if self.is_table and not (self.kit_name or "").strip():
            raise UserError(self.env._("Say which kit this is: a table of blocks does not name it."))
        return self._read_file(self._read_kit, MOST_BYTES, self.env._("Choose the manifest or the table first."))

    def _read_kit(self, content):
        if self.is_table:
            return read_block_quantities(content, self.kit_name, self.quantity_column or "")
        return read_okh(content, self.filename or "")

    def _show(self, kit, state):
        unsaid = [*kit.unsaid, *(self._untimed(kit) if self.is_table else ())]
        self.write({"state": state, "found": "\n".join(self._found(kit)), "unsaid": "\n".join(f"• {words}" for words in unsaid)})

    def _untimed(self, kit):
        """Blocks of a table that nobody has given processes and minutes."""
        codes = {part.code: part.name for part in kit.parts}
        timed = self.env["mrp.bom"].search(
            [("type", "=", "subcontract"), ("requirement_ids", "!=", False), ("product_tmpl_id.default_code", "in", list(codes))]
        ).product_tmpl_id.mapped("default_code")
        if untimed := [code for code in codes if code not in timed]:
            yield self.env._("The processes and minutes of each block: %s.", ", ".join(untimed))

    def _found(self, kit):
        yield " ".join(filter(None, (kit.name, kit.version, kit.licence and f"({kit.licence})")))
        for part in kit.parts:
            yield f"{'?' if part.quantity is None else format(part.quantity, 'g')} × {part.name}"

    def _replaced(self, kit):
        """What is here under the manifest's title already, and what becomes of it."""
        product, bom = self.env["mrp.bom"]._okh_known(kit)
        if product and not bom:
            yield self.env._("“%s” is a product here already; it gets these parts as its bill of materials.", product.display_name)
        if not bom:
            return
        before, after = bom._quantities_by_code(), bom._okh_quantities(kit, bom)
        if before == after:
            yield self.env._("“%s” has these components already: nothing changes.", bom.display_name)
            return
        count = len(before)
        yield self.env._("Replaces the %(count)s components of “%(kit)s”:", count=count, kit=bom.display_name)
        yield from (f"− {before[code]:g} × {code}" for code in before if code not in after)
        yield from (f"+ {after[code]:g} × {code}" for code in after if code not in before)
        for code in before:
            if before[code] != after.get(code, before[code]):
                yield self.env._("%(then)g × %(code)s, now %(now)g", then=after[code], code=code, now=before[code])
        if stay := sum(before[code] == after.get(code) for code in before):
            yield self.env._("unchanged: %s", stay)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "target": "new", "name": self.env._("Import a Kit"),
        }
