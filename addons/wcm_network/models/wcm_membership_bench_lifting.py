from odoo import models


class WcmMembership(models.Model):
    """The app numbers what is packed by itself, without network too: so it takes the lifting order along."""

    _inherit = "wcm.membership"

    def _bench_content(self):
        """`lift`: 0 for what is lifted first."""
        content = super()._bench_content()
        for name in ("parts", "arrivals"):
            parts = self.env["wcm.part"].sudo().browse(part["id"] for part in content[name])
            ranks = {part.id: rank for rank, part in enumerate(parts._in_lifting_order())}
            content[name] = [{**part, "lift": ranks[part["id"]]} for part in content[name]]
        return content
