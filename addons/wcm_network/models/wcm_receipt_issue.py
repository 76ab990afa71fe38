from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class WcmReceiptIssue(models.Model):
    """What was not as it should be when a delivery was unloaded; told by whoever received it."""

    _name = "wcm.receipt.issue"
    _description = "Receipt issue"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "id desc"
    _mail_post_access = "read"

    _guarded = frozenset({
        "kind", "state", "site_id", "shipment_id", "part_id", "code", "note", "photo", "reported_on", "reported_by_id", "settled_on", "settled_by_id",
    })

    kind = fields.Selection(
        [("short", "Short"), ("damaged", "Damaged"), ("wrong", "Wrong block"), ("unknown", "Unknown code")], required=True, readonly=True, index=True,
    )
    state = fields.Selection([("open", "Open"), ("settled", "Settled")], default="open", required=True, readonly=True, index=True, tracking=True)
    site_id = fields.Many2one("wcm.site", required=True, readonly=True, index=True)
    region_id = fields.Many2one(related="site_id.region_id", store=True)
    shipment_id = fields.Many2one("wcm.shipment", readonly=True, index=True)
    part_id = fields.Many2one("wcm.part", "Block", readonly=True, index=True)
    membership_id = fields.Many2one(related="part_id.membership_id", store=True, string="Made by")
    code = fields.Char("Code that was scanned", readonly=True)
    note = fields.Char("What was seen", readonly=True)
    photo = fields.Image(max_width=1600, max_height=1600, attachment=True, readonly=True)
    reported_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reported_by_id = fields.Many2one("res.users", readonly=True, default=lambda self: self.env.uid)
    settled_on = fields.Datetime(readonly=True)
    settled_by_id = fields.Many2one("res.users", readonly=True)
    settled_note = fields.Char("How it was settled", tracking=True)

    _one_open = models.UniqueIndex(
        "(part_id, kind) WHERE state = 'open' AND part_id IS NOT NULL", "This has been reported of this block already."
    )

    @api.depends("kind", "part_id.name", "code", "site_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for issue in self:
            what = issue.part_id.sudo().name or issue.code or ""
            issue.display_name = self.env._("%(kind)s: %(what)s at %(site)s", kind=labels.get(issue.kind), what=what, site=issue.sudo().site_id.name)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Receipt issues are told by whoever receives a delivery."))
        issues = super().create(vals_list)
        issues._opened()
        return issues

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was told at the site is settled, never deleted, so that it can be read later."))

    def action_settle(self, note=None):
        """A coordinator has seen to it: what was done is kept."""
        self.check_access("write")
        for issue in self.sudo().filtered(lambda issue: issue.state == "open"):
            words = (note or issue.settled_note or "").strip()
            if not words:
                raise UserError(self.env._("Say in a few words how it was settled."))
            issue._settle(words)
        return True

    def _settle(self, note):
        self.write({"state": "settled", "settled_on": fields.Datetime.now(), "settled_by_id": self.env.uid, "settled_note": note})

    def _end_by_arrival(self):
        """The block is where it should be. Hook: quality ends its nonconformity."""
        self._settle(self.env._("It arrived."))

    def _opened(self):
        """Tell the coordinators of the region. Hook: quality opens its nonconformity."""
        for issue in self:
            people = issue.region_id.coordinator_ids.partner_id
            if people:
                issue.message_notify(partner_ids=people.ids, subject=issue.display_name, body=issue.note or issue.display_name)

    def _is_of_block(self):
        """Whether a block itself is in question: damaged, missing, or delivered to a site that it is not for."""
        self.ensure_one()
        return bool(self.part_id) and (self.kind != "wrong" or self.part_id.build_id.site_id != self.site_id)
