from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmCapabilityRate(models.Model):
    """What a member asks for one process from a day on.

    Set by `wcm.capability.action_set_rates` alone. A newer one holds from its day; orders keep the price that was
    agreed and how it was built up.
    """

    _name = "wcm.capability.rate"
    _description = "Rates of a member"
    _inherit = ["wcm.facade"]
    _order = "capability_id, date_from desc"
    _rec_name = "date_from"

    _office_readable = frozenset({
        "capability_id", "date_from", "machine_hour", "hands_on_hour", "overhead_percent", "currency_id", "is_in_force", "create_date", "set_by",
    })

    capability_id = fields.Many2one("wcm.capability", "Process", required=True, readonly=True, index=True, ondelete="cascade")
    facility_id = fields.Many2one(related="capability_id.facility_id", store=True, index=True)
    region_id = fields.Many2one(related="capability_id.region_id", store=True, index=True)
    currency_id = fields.Many2one(related="capability_id.currency_id")
    date_from = fields.Date("From", required=True, readonly=True, help="Offers that are made from this day on go by these rates.")
    machine_hour = fields.Monetary("Machine, an hour", required=True, readonly=True, aggregator=None, help="For a clock hour of the machine.")
    hands_on_hour = fields.Monetary("Hands-on, an hour", readonly=True, aggregator=None, help="For an hour of one person's work at it.")
    overhead_percent = fields.Float("Overhead (%)", digits=(5, 2), readonly=True, aggregator=None, help="On top of machine, hands-on and set-up: rent, insurance, office.")
    is_in_force = fields.Boolean("In force", compute="_compute_is_in_force")
    set_by = fields.Char("Set by", compute="_compute_set_by", compute_sudo=True)

    _day_once = models.UniqueIndex("(capability_id, date_from)", "There are rates of this process from that day already.")
    _not_negative = models.Constraint(
        "CHECK(machine_hour >= 0 AND hands_on_hour >= 0 AND overhead_percent BETWEEN 0 AND 500)",
        "Rates are 0 or more, and overhead is 0 to 500 %.",
    )

    @api.depends("date_from", "capability_id.rate_ids.date_from")
    def _compute_is_in_force(self):
        newest = self.sudo().capability_id._rate_records_on(fields.Date.context_today(self))
        for rate in self:
            rate.is_in_force = newest.get(rate.sudo().capability_id) == rate.sudo()

    @api.depends("create_uid")
    def _compute_set_by(self):
        for rate in self:
            rate.set_by = rate.write_uid.name or rate.create_uid.name

    def action_drop(self):
        """Take back rates that are not in force yet."""
        self.check_access("read")
        self.capability_id._check_office_or_coordinator()
        begun = self.filtered(lambda rate: rate.date_from <= fields.Date.context_today(rate))
        if begun:
            raise UserError(self.env._("Rates that are in force are kept. Set new ones from today or a later day instead."))
        self.sudo().unlink()
        return True
