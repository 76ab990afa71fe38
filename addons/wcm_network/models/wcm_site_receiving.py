from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class WcmSite(models.Model):
    """Who receives deliveries at a site, and what they are told.

    They need no rights on any model: the app asks for what is on its way to their sites and tells what
    arrived, both through methods that nobody calls over RPC.
    """

    _inherit = "wcm.site"

    receiver_ids = fields.Many2many(
        "res.users", "wcm_site_receiver_rel", "site_id", "user_id", "Who receives deliveries",
        help="They see what is on its way to this site in the app at /bench and scan it in, without network too. Coordinators of the region always can.",
    )

    @api.constrains("receiver_ids")
    def _check_receivers(self):
        """Members are competitors: who receives sees what all of them deliver."""
        for user in self.sudo().receiver_ids:
            if user.has_group("wcm_network.group_member_factory"):
                raise ValidationError(self.env._(
                    "%(person)s works for a member. Who receives deliveries sees what other members send, so choose somebody of the site.", person=user.name,
                ))

    @api.model
    def _to_receive_at(self):
        """The caller's sites, read past the access rights: those of the regions, or those that name the caller."""
        user = self.env.user
        if user.has_group("wcm_network.group_member_factory"):
            return self.browse()
        if user.has_group("wcm_network.group_coordinator"):
            return self.search([("build_ids", "!=", False)]).sudo()
        return self.sudo().search([("receiver_ids", "in", user.id)])

    def _bench_deliveries(self):
        return self.env["wcm.shipment"].search([("site_id", "in", self.ids), ("state", "=", "dispatched")], order="date_dispatched, id")

    def _report_strange(self, code, note, photo):
        """A code that the app did not know: a delivery that it had not heard of, a block for elsewhere, or no block of ours."""
        part = self._part_of_code(code)
        if part.build_id.site_id == self and part.state in ("dispatched", "received", "installed"):
            part.shipment_id._note_arrival(part)
        elif part:
            part._report_at_site("wrong", self, code=code, note=note or part._why_wrong(self), photo=photo)
        else:
            self.env["wcm.receipt.issue"].create({
                "kind": "unknown", "site_id": self.id, "code": code, "note": note, "photo": photo, "reported_on": self.env["wcm.part.event"]._doing().time,
            })

    def _part_of_code(self, code):
        try:
            return self.env["wcm.part"]._find_by_code(code)
        except UserError:
            return self.env["wcm.part"]
