from odoo import fields, models


class WcmNonconformity(models.Model):
    """Something is not as it should be; the parts it names are held until it is closed."""

    _name = "wcm.nonconformity"
    _description = "Nonconformity"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "name", "title", "state", "part_ids", "membership_id", "work_order_id", "inspection_id", "description",
        "disposition", "cause", "corrective_action", "opened_on", "closed_on",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    title = fields.Char(required=True)
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("reworked", "Reworked"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="open", required=True, index=True, readonly=True, copy=False, tracking=True, group_expand=True,
    )
    part_ids = fields.Many2many("wcm.part", required=True)
    inspection_id = fields.Many2one("wcm.inspection", readonly=True, index=True)
    work_order_id = fields.Many2one("wcm.work.order", index=True)
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="work_order_id.build_id", store=True)
    description = fields.Text()
    disposition = fields.Selection(
        [("rework", "Rework"), ("use_as_is", "Use as is (concession)"), ("return", "Return"), ("scrap", "Scrap")],
        tracking=True, copy=False,
    )
    disposition_reason = fields.Text(copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cause = fields.Text(copy=False)
    corrective_action = fields.Text(copy=False)
    opened_on = fields.Datetime(default=fields.Datetime.now, readonly=True)
    opened_by_id = fields.Many2one("res.users", default=lambda self: self.env.uid, readonly=True)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
