import hashlib
import io
import itertools
import re
import zipfile

from odoo import api, fields, models


class WcmWorkOrder(models.Model):
    """Labels and drawings: what goes to the machine on paper and as files."""

    _inherit = "wcm.work.order"

    drawing_ids = fields.Many2many(
        "ir.attachment", "wcm_work_order_drawing_rel", "work_order_id", "attachment_id", "Drawings", readonly=True, copy=False,
        help="The design files of the component as they were when the order was released.",
    )

    @api.depends("drawing_ids", "product_id", "state")
    def _compute_drawing_count(self):
        for order in self:
            drawings = order.sudo()._drawings()
            order.drawing_count = len(drawings)
            order.drawing_names = ", ".join(drawings.mapped("name"))

    def action_print_labels(self):
        self.ensure_one()
        self._check_member_or_coordinator()
        return {"type": "ir.actions.act_url", "url": f"/network/work-order/{self.id}/labels.pdf", "target": "new"}

    def action_print_small_labels(self):
        """For a label printer, 62 x 29 mm."""
        return {**self.action_print_labels(), "url": f"/network/work-order/{self.id}/labels.pdf?size=small"}

    def action_download_drawings(self):
        self.ensure_one()
        self._check_member_or_coordinator()
        return {"type": "ir.actions.act_url", "url": f"/network/work-order/{self.id}/drawings.zip", "target": "new"}

    def _drawings(self):
        """The frozen files; before release, those of the component as they are now."""
        if self.purchase_line_id:
            return self.drawing_ids
        return self._current_files()

    def _freeze_drawings(self):
        """Copies, so that a later revision of the product's files does not reach work that has begun."""
        for order in self:
            files = order._current_files()
            if not files and not order.drawing_ids:
                continue
            order.superseded_drawing_ids = order.superseded_drawing_ids | order.drawing_ids
            order.drawing_ids = order.env["ir.attachment"].union(*(
                attachment.copy({"res_model": order._name, "res_id": order.id, "public": False}) for attachment in files
            ))

    def _drawings_archive(self):
        """A zip of the drawings, with their SHA-256 in a file that `sha256sum -c` reads."""
        archive, sums, buffer = {}, [], io.BytesIO()
        for attachment in self._drawings():
            archive[self._name_in_archive(attachment.name, {*archive, "SHA256SUMS"})] = attachment.raw or b""
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in archive.items():
                target.writestr(name, content)
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            target.writestr("SHA256SUMS", "".join(sums))
        return buffer.getvalue()

    @api.model
    def _name_in_archive(self, name, taken):
        """A name on a line of its own, without folders, that no other file has."""
        plain = re.sub(r"[\\/\x00-\x1f]", "_", name)
        numbered = (f"{number}_{plain}" for number in itertools.count(2))
        return next(each for each in itertools.chain([plain], numbered) if each not in taken)

    def _labels_pdf(self, size="a4", part_id=None):
        """Labels of the orders, or of one of their parts."""
        parts = self.part_ids.filtered(lambda part: part.state != "scrapped" and part_id in (None, part.id))
        return parts and parts._labels_pdf(size)
