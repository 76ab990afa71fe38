from odoo import models

from .wcm_membership_bench import ORDER_FIELDS

KEPT_OFFLINE = ("image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/gif", "application/pdf")


class WcmWorkOrder(models.Model):
    """A job as the shop-floor app shows it."""

    _inherit = "wcm.work.order"

    def _bench_values(self):
        """One each; read together, with the caller's rights."""
        return [
            {**values, "steps": order._bench_steps(), "drawings": order._bench_drawings(), "labels": order._bench_labels()}
            for order, values in zip(self.sudo(), self.read(ORDER_FIELDS, load=None), strict=True)
        ]

    def _bench_labels(self):
        """What the labels of a job are known by: another word where there are others to print."""
        labelled = self.part_ids.filtered(lambda part: part.state != "scrapped")
        return f"{len(labelled)}-{max(labelled.ids)}" if labelled else False

    def _bench_steps(self):
        """Processes of the bill of materials, in their order, in standard minutes for one block."""
        return [
            {"name": requirement.process_id.name, "minutes": requirement.minutes_per_unit}
            for requirement in self.bom_id.requirement_ids.sorted("sequence")
        ]

    def _bench_drawings(self):
        return [
            {"id": drawing.id, "name": drawing.name, "size": drawing.file_size, "type": drawing.mimetype, "checksum": drawing.checksum}
            for drawing in self._shown_drawings()
        ]

    def _shown_drawings(self):
        """Those that a browser shows; cut files are in the archive of the order."""
        return self._drawings().filtered(lambda drawing: drawing.mimetype in KEPT_OFFLINE)
