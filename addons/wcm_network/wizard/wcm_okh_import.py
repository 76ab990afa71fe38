from odoo import api, fields, models
from odoo.exceptions import UserError

from ..readers import read_okh

MOST_BYTES = 2_000_000


class WcmOkhImport(models.TransientModel):
    """One Open Know-How manifest becomes a kit; what it does not say is listed to be completed."""

    _name = "wcm.okh.import"
    _description = "Import of an Open Know-How manifest"
    _inherit = "wcm.file.import"

    file = fields.Binary("Manifest", attachment=False, help="Open Know-How v1 (YAML) or LOSH v2 (TOML), at most 2 MB.")
    filename = fields.Char()
    categ_id = fields.Many2one("product.category", "Category of the parts", required=True)
    state = fields.Selection([("new", "New"), ("preview", "Preview"), ("done", "Done")], default="new", readonly=True)
    found = fields.Text("In the manifest", readonly=True)
    unsaid = fields.Text("To complete", readonly=True)
    bom_id = fields.Many2one("mrp.bom", "Kit", readonly=True)

    @api.depends("state")
    def _compute_display_name(self):
        self.display_name = self.env._("Import Open Know-How")

    @api.onchange("file")
    def _onchange_file(self):
        self.update({"state": "new", "found": False, "unsaid": False})

    def action_preview(self):
        """Say what is in the file; writes no product."""
        self._show(self._read(), "preview")
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
        return self._read_file(lambda content: read_okh(content, self.filename or ""), MOST_BYTES, self.env._("Choose the manifest first."))

    def _show(self, kit, state):
        self.write({"state": state, "found": "\n".join(self._found(kit)), "unsaid": "\n".join(f"• {words}" for words in kit.unsaid)})

    def _found(self, kit):
        yield " ".join(filter(None, (kit.name, kit.version, kit.licence and f"({kit.licence})")))
        for part in kit.parts:
            yield f"{'?' if part.quantity is None else format(part.quantity, 'g')} × {part.name}"

    def _reopen(self):
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form",
            "target": "new", "name": self.env._("Import Open Know-How"),
        }
