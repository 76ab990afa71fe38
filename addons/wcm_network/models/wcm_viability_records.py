from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .wcm_viability import COMING

# Which records are behind each figure; what is worked out from others has none of its own.
RECORDS = {
    "homes_last": "wcm.build", "homes_next": "wcm.build", "levy_home": "wcm.levy.entry", "income_last": "wcm.levy.entry", "cost_last": "wcm.running.cost",
    "cost_next": "wcm.running.cost", "reserve": "wcm.reserve",
}


class WcmViability(models.AbstractModel):
    """The records behind each figure: what is counted and what is opened come from the same conditions."""

    _inherit = "wcm.viability"

    @api.model
    @api.readonly
    def action_open_records(self, code, asked):
        """A window with the records behind a figure."""
        region = self._whose(asked)
        if code not in RECORDS:
            raise UserError(self.env._("There is no such figure. Reload the page."))
        model = RECORDS[code]
        return {
            "type": "ir.actions.act_window", "name": self._name_of(code), "res_model": model, "views": [[False, view] for view in (("list", "kanban") if model == "wcm.levy.entry" else ("list", "kanban", "form"))], "mobile_view_mode": "kanban",
            "domain": list(self.sudo()._domain(code, region)), "context": {"default_region_id": region.id},
        }

    def _name_of(self, code):
        return {
            "homes_last": self.env._("Homes of the last twelve months"), "homes_next": self.env._("Homes of the next twelve months"), "levy_home": self.env._("Levy behind one home"),
            "income_last": self.env._("Levy of the last twelve months"), "reserve": self.env._("Reserves"),
        }.get(code, self.env._("Running costs"))

    def _domain(self, code, region):
        if code == "levy_home":
            done = self.env["wcm.build"].search(self._domain_homes_levied(region))
            return self._domain_levy_home(region, done) & (Domain("region_id", "=", region.id) if region else Domain.TRUE)
        costs = self._domain_costs(region)
        return {
            "homes_last": self._domain_homes_last, "homes_next": self._domain_homes_next, "income_last": self._domain_income_last, "reserve": self._domain_reserve,
        }.get(code, lambda _region: costs)(region)

    def _domain_homes(self, region):
        """Homes, not demonstrations; of a region those that stand there."""
        return [("kind", "=", "home"), *([("region_id", "=", region.id)] if region else [])]

    def _domain_homes_levied(self, region):
        return [*self._domain_homes(region), ("state", "=", "complete"), ("work_order_ids.levy_entry_ids", "!=", False)]

    def _domain_homes_last(self, region):
        return [*self._domain_homes(region), ("state", "=", "complete"), *self._domain_last("completed_on")]

    def _domain_homes_next(self, region):
        """Whose first blocks are wanted within twelve months; what is late among them."""
        _last, (_first, end) = self._periods()
        return [*self._domain_homes(region), ("state", "in", COMING), ("date_required", "<=", fields.Date.to_string(end))]

    def _domain_last(self, field):
        (start, end), _next = self._periods()
        return [(field, ">=", fields.Date.to_string(start)), (field, "<=", fields.Date.to_string(end))]

    def _domain_entries(self):
        return Domain("company_id", "=", self.env.company.id)

    def _domain_of_homes(self, region):
        """Entries on blocks for homes and demonstrations of the region, whoever made them."""
        return self._domain_entries() & (Domain("work_order_id.build_id.region_id", "=", region.id) if region else Domain.TRUE)

    def _domain_income_last(self, region):
        """Of a region, those that gave it a share: of its own members, for whichever home."""
        return self._domain_entries() & Domain(self._domain_last("date")) & (Domain("region_id", "=", region.id) if region else Domain.TRUE)

    def _domain_levy_home(self, region, done):
        """On homes that are complete; while none is, on all that was accepted for homes of the region."""
        return self._domain_entries() & Domain("work_order_id.build_id", "in", done.ids) if done else self._domain_of_homes(region)

    def _domain_costs(self, region):
        """Of the network, also those of regions that it runs itself."""
        return [("region_id", "=", region.id)] if region else ["|", ("region_id", "=", False), ("region_id", "in", self._run_by_network().ids)]

    def _domain_reserve(self, region):
        return [("region_id", "=", region.id)]
