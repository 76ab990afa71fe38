import hashlib

from odoo import api, fields, models
from odoo.fields import Domain


class ProductDocument(models.Model):
    """Drawings and cut files: each belongs to a revision of its component, and is known by its checksum."""

    _inherit = "product.document"

    design_revision = fields.Char(help="Revision of the component that this file belongs to; without one, it holds for every revision.")
    sha256 = fields.Char("SHA-256", compute="_compute_sha256", store=True, help="Checksum of the file's content, as sha256sum prints it.")
    is_superseded = fields.Boolean("Superseded", compute="_compute_is_superseded", help="The component is at another revision now: not for new work.")

    @api.depends("checksum")
    def _compute_sha256(self):
        for document in self:
            document.sha256 = hashlib.sha256(document.raw or b"").hexdigest() if document.type == "binary" else False

    @api.depends("design_revision", "res_model", "res_id")
    def _compute_is_superseded(self):
        for document in self:
            document.is_superseded = document._is_of_another_revision()

    def _is_of_another_revision(self):
        """Asked of the component as it is now, where a field may still hold what was read before it moved on."""
        return bool(self.design_revision and self.design_revision != self._revision_now())

    def _revision_now(self):
        owner = self.env[self.res_model].browse(self.res_id).exists() if self.res_model in ("product.product", "product.template") else None
        return owner and owner.design_revision

    @api.model_create_multi
    def create(self, vals_list):
        """A new file is of the revision that its component is at, unless another is named."""
        documents = super().create(vals_list)
        for document, vals in zip(documents, vals_list, strict=True):
            if "design_revision" not in vals:
                document.design_revision = document._revision_now()
        return documents

    def _parts_domain(self):
        """Parts that are made to this file. It is known by its content, which orders have as copies of their own."""
        copies = self.env["ir.attachment"].sudo().search([("res_model", "=", "wcm.work.order"), ("checksum", "=", self.checksum), ("checksum", "!=", False)])
        of_orders = Domain("work_order_id", "in", copies.mapped("res_id"))
        return of_orders & Domain("design_revision", "=", self.design_revision) if self.design_revision else of_orders
