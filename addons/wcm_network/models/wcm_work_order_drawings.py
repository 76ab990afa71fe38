import hashlib

from odoo import api, fields, models

# From acceptance to the last block: a newer design still concerns them.
UNDER_WAY = ("accepted", "released", "in_production")


class WcmWorkOrder(models.Model):
    """Drawings and cut files of an order: those of its revision, and no superseded ones for new work."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"superseded_drawing_ids", "download_ids"})
    _member_readable = frozenset({"drawing_table", "newer_revision"})

    superseded_drawing_ids = fields.Many2many(
        "ir.attachment", "wcm_work_order_old_drawing_rel", "work_order_id", "attachment_id", "Superseded drawings", readonly=True, copy=False,
        help="Files that were replaced when a change of the design was agreed.",
    )
    drawing_table = fields.Html("Files", compute="_compute_drawing_table", compute_sudo=True, sanitize=False)
    newer_revision = fields.Char("The design is by now at", compute="_compute_newer_revision", compute_sudo=True)
    download_ids = fields.One2many("wcm.drawing.download", "work_order_id", "Downloads", readonly=True)

    @api.depends("drawing_ids", "superseded_drawing_ids", "product_id", "state")
    @api.depends_context("lang")
    def _compute_drawing_table(self):
        for order in self:
            rows = [*order._drawing_rows(order._drawings(), False), *order._drawing_rows(order.superseded_drawing_ids, True)]
            revision = order.design_revision or order.product_id.design_revision
            order.drawing_table = rows and self.env["ir.qweb"]._render("wcm_network.drawing_table", {"rows": rows, "revision": revision})

    def _drawing_rows(self, attachments, superseded):
        return [
            {"name": file.name, "kilobytes": -(-len(file.raw or b"") // 1024), "sha256": self._sha256(file), "superseded": superseded}
            for file in attachments
        ]

    @api.model
    def _sha256(self, attachment):
        return hashlib.sha256(attachment.raw or b"").hexdigest()

    @api.depends("design_revision", "product_id.design_revision", "state")
    def _compute_newer_revision(self):
        for order in self:
            now, agreed = order.product_id.design_revision, order.design_revision
            order.newer_revision = now if agreed and now != agreed and order.state in UNDER_WAY else False

    def _set_up_problems(self):
        """New work is done to the design that was agreed, and never to superseded files."""
        yield from super()._set_up_problems()
        product, now = self.product_id.display_name, self.product_id.design_revision
        if self.newer_revision:
            yield self.env._(
                "%(order)s was agreed to design %(agreed)s, and %(product)s is at %(now)s now. Propose the change to the member, then release it.",
                order=self.name, agreed=self.design_revision, product=product, now=now,
            )
        elif self._all_documents() and not self._drawings():
            yield self.env._("All drawings of %(product)s are superseded: it is at design %(now)s now. Attach the files of %(now)s to it, then release.", product=product, now=now)

    def _all_documents(self):
        return self.product_id.product_document_ids | self.product_id.product_tmpl_id.product_document_ids

    def _current_files(self):
        """Of the revision that the component is at now."""
        return self._all_documents().filtered(lambda document: not document._is_of_another_revision()).ir_attachment_id

    def _log_download(self, files):
        """Who took which files of this order, and when."""
        lines = [f"{self._sha256(file)}  {file.name}" for file in files]
        self.env["wcm.drawing.download"].create({"work_order_id": self.id, "design_revision": self.design_revision, "files": "\n".join(lines)})
