import re

from odoo import fields, models
from odoo.exceptions import UserError

WORKING_STATES = ("probation", "active")
# Nothing comes of it any more: the space may apply again.
OVER_STATES = ("ended", "declined")
# Its people are shut out.
SHUT_STATES = ("suspended", *OVER_STATES)


class WcmMembership(models.Model):
    """A facility in the network."""

    _name = "wcm.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "name, id"
    _rec_names_search = ["name", "code"]

    _guarded = frozenset({"state", "admitted_on", "activated_on", "subcontract_location_id"})
    _member_readable = frozenset({
        "name", "code", "facility_id", "state", "applied_on", "admitted_on",
        "has_current_terms", "current_terms_id", "acceptance_ids", "person_ids",
    })

    name = fields.Char(related="facility_id.name", store=True)
    code = fields.Char(copy=False, help="Short code of the member on labels and purchase orders, e.g. BRS. Made up from the name on admission when empty.")
    facility_id = fields.Many2one("wcm.facility", "Production space", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="facility_id.operator_id", string="Operator", store=True, index=True)
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
            ("declined", "Declined"),
        ],
        default="applied", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    applied_on = fields.Date(default=fields.Date.context_today)
    admitted_on = fields.Date(readonly=True, copy=False)
    activated_on = fields.Date(readonly=True, copy=False, help="End of probation: the first articles were accepted.")
    decision_reason = fields.Text("Reason of the last decision", readonly=True, copy=False, tracking=True)
    acceptance_ids = fields.One2many("wcm.terms.acceptance", "membership_id", "Acceptances", readonly=True)
    subcontract_location_id = fields.Many2one("stock.location", "Subcontracting location", readonly=True, copy=False)
    work_order_ids = fields.One2many("wcm.work.order", "membership_id", "Work orders")
    work_order_count = fields.Integer("Number of work orders", compute="_compute_work_order_count")

    _one_live_membership = models.UniqueIndex(
        "(facility_id) WHERE state NOT IN ('ended', 'declined')", "This production space has a membership already."
    )
    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL", "Another member already has this code.")

    def _compute_work_order_count(self):
        counts = dict(
            self.env["wcm.work.order"]._read_group([("membership_id", "in", self.ids)], ["membership_id"], ["__count"])
        )
        for membership in self:
            membership.work_order_count = counts.get(membership, 0)

    def action_review(self):
        self._move_to("under_review", since=("applied",))

    def action_admit(self):
        """On probation: a subcontractor with a location and a code of its own."""
        for membership in self:
            membership.check_access("write")
            membership._check_admissible()
            membership.sudo()._ensure_subcontractor()
        today = fields.Date.context_today(self)
        self._move_to("probation", since=("applied", "under_review"), admitted_on=today)

    def action_activate(self):
        self._move_to("active", since=("probation",), activated_on=fields.Date.context_today(self))

    def action_suspend(self, reason=None):
        self._check_reason(reason)
        self._move_to("suspended", since=WORKING_STATES, decision_reason=reason)

    def action_resume(self):
        """Back to where it was: probation, unless that had ended."""
        for membership in self:
            state = "active" if membership.activated_on else "probation"
            membership._move_to(state, since=("suspended",))

    def action_end(self, reason=None):
        self._check_reason(reason)
        since = ("applied", "under_review", *WORKING_STATES, "suspended")
        self._move_to("ended", since=since, decision_reason=reason)

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why, in words that the member may read."))

    def _check_admissible(self):
        missing = self._missing_for_admission()
        if missing:
            raise UserError(
                self.env._(
                    "%(member)s cannot be admitted yet. Missing:\n%(missing)s",
                    member=self.name,
                    missing="\n".join(f"• {line}" for line in missing),
                )
            )

    def _missing_for_admission(self):
        """What stands between this application and admission, in words."""
        facility = self.facility_id
        wants = [
            (facility.operator_id, self.env._("an operator: the organisation that orders go to (on the production space)")),
            (facility.region_id, self.env._("a region (on the production space)")),
            (facility.latitude or facility.longitude, self.env._("a place on the map (on the production space)")),
            (facility.capability_ids, self.env._("at least one capability with hours and rate (on the production space)")),
            (self.current_terms_id, self.env._("terms in force (Members, Terms)")),
            (self.has_current_terms, self.env._("acceptance of the terms in force (by one of its people, or on paper)")),
        ]
        return [words for present, words in wants if not present]

    def _move_to(self, state, since, **values):
        """The only way from state to state, for those who may write the membership."""
        self.check_access("write")
        for membership in self:
            if membership.state not in since:
                raise UserError(self._wrong_step(membership, state))
        self.sudo().write({"state": state, **values})
        self.flush_recordset(["state"])  # the space may apply again in the same transaction

    def _wrong_step(self, membership, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(member)s is “%(now)s” and cannot become “%(then)s” from there.",
            member=membership.name,
            now=labels[membership.state],
            then=labels[state],
        )

    def _ensure_subcontractor(self):
        """Own location below the company's subcontracting location, own code."""
        self.ensure_one()
        partner = self.partner_id.with_company(self.env.company)
        shared = self.env.company.subcontracting_location_id
        location = partner.property_stock_subcontractor
        if not location or location == shared or not location._child_of(shared):
            location = self.env["stock.location"].create(self._subcontract_location_values(shared))
            partner.property_stock_subcontractor = location
        self.write({"subcontract_location_id": location.id, "code": self.code or self._free_code()})

    def _subcontract_location_values(self, parent):
        return {
            "name": self.partner_id.name,
            "location_id": parent.id,
            "usage": "internal",
            "company_id": self.env.company.id,
        }

    def _free_code(self):
        """Three letters from the name, then the first free number: BRS, BRS2, BRS3."""
        words = re.findall(r"[A-Z]+", (self.name or "").upper())
        letters = "".join(word[0] for word in words) if len(words) > 2 else "".join(words)
        stem = (letters or "MEM")[:3]
        taken = set(self.sudo().search([("code", "=like", f"{stem}%")]).mapped("code"))
        codes = [stem, *(f"{stem}{number}" for number in range(2, len(taken) + 3))]
        return next(code for code in codes if code not in taken)

    def action_open_work_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Work orders of %(member)s", member=self.name),
            "res_model": "wcm.work.order",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("membership_id", "=", self.id)],
        }
