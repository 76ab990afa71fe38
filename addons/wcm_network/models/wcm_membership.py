from odoo import fields, models


class WcmMembership(models.Model):
    """A facility in the network."""

    _name = "wcm.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.facade"]
    _order = "name, id"

    _member_readable = frozenset({
        "name", "code", "facility_id", "state", "applied_on", "admitted_on",
        "has_current_terms", "current_terms_id", "acceptance_ids",
    })

    name = fields.Char(related="facility_id.name", store=True)
    code = fields.Char(copy=False, help="Short code of the member on labels and purchase orders, e.g. BRS.")
    facility_id = fields.Many2one("wcm.facility", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="facility_id.operator_id", store=True, index=True)
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    organisation_type = fields.Selection(related="facility_id.organisation_type", store=True)
    state = fields.Selection(
        [
            ("applied", "Applied"),
            ("under_review", "Under review"),
            ("probation", "Probation"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("ended", "Ended"),
        ],
        default="applied", required=True, index=True, copy=False, tracking=True,
    )
    user_ids = fields.Many2many("res.users", "wcm_membership_user_rel", "membership_id", "user_id", "People with access")
    applied_on = fields.Date(default=fields.Date.context_today)
    admitted_on = fields.Date(readonly=True, copy=False)
    decision_reason = fields.Text(tracking=True)
    acceptance_ids = fields.One2many("wcm.terms.acceptance", "membership_id", readonly=True)
    current_terms_id = fields.Many2one("wcm.terms", compute="_compute_current_terms")
    has_current_terms = fields.Boolean(compute="_compute_current_terms", search="_search_has_current_terms")
    subcontract_location_id = fields.Many2one("stock.location", readonly=True, copy=False)
