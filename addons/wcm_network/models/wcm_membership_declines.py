from odoo import fields, models


class WcmMembership(models.Model):
    """How often a member declined, and why: for its coordinators and itself."""

    _inherit = "wcm.membership"

    _office_readable = frozenset({"decline_words"})

    decline_count = fields.Integer("Declined offers", compute="_compute_declines")
    decline_words = fields.Char("Why declined", compute="_compute_declines", help="Declined offers by reason. No other member sees this.")

    def _compute_declines(self):
        Decline = self.env["wcm.offer.decline"]
        domain = [("membership_id", "in", self.ids)]
        groups = Decline._read_group(domain, ["membership_id", "kind"], ["__count"], order="__count desc") if Decline.has_access("read") else []
        for member in self:
            counts = [(kind, count) for owner, kind, count in groups if owner == member]
            member.decline_count = sum(count for _kind, count in counts)
            member.decline_words = ", ".join(f"{count} × {Decline._kind_label(kind)}" for kind, count in counts)

    def action_open_declines(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_offer_decline")
        return {**action, "domain": [("membership_id", "=", self.id)], "context": {"search_default_group_kind": 1}}
