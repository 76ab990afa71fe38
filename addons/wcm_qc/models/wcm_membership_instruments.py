from odoo import api, fields, models
from odoo.exceptions import UserError

TEXTS, NUMBERS = ("name", "serial", "code", "unit"), ("range_min", "range_max", "resolution")


class WcmMembership(models.Model):
    """A member's instruments: its owners and supervisors add them."""

    _inherit = "wcm.membership"

    _member_readable = frozenset({"instrument_kinds"})

    instrument_kinds = fields.Json(compute="_compute_instrument_kinds", help="[[id, name]] to choose from.")

    def _compute_instrument_kinds(self):
        kinds = [[kind.id, kind.name] for kind in self.env["wcm.instrument.kind"].sudo().search([("active", "=", True)])]
        for membership in self:
            membership.instrument_kinds = kinds

    def action_add_instrument(self, kind=None, **told):
        """An instrument of this member's own.

        :param kind: id of its kind
        :param told: `TEXTS` and `NUMBERS`; what is empty takes its default
        """
        self.ensure_one()
        self._check_office_or_coordinator()
        chosen = self.env["wcm.instrument.kind"].sudo().search([("active", "=", True)]).filtered(lambda one: str(one.id) == str(kind))
        values = {name: value for name, value in told.items() if value}
        if not chosen or not values.keys() <= {*TEXTS, *NUMBERS} or not all(self._told_well(name, value) for name, value in values.items()):
            raise UserError(self.env._("Say what it is: its kind, name and serial number; its range and resolution are numbers."))
        if not values.get("name") or not values.get("serial"):
            raise UserError(self.env._("Give it a name and its serial number."))
        self.env["wcm.instrument"].sudo().create({**values, "kind_id": chosen.id, "membership_id": self.id})
        return True

    @api.model
    def _told_well(self, name, value):
        if name in TEXTS:
            return isinstance(value, str) and 0 < len(value.strip()) <= 100
        return type(value) in (int, float) and abs(value) < 1_000_000

    def _workshop_cards(self):
        """For who can do something about it."""
        cards = super()._workshop_cards()
        return [*cards, self._workshop_instrument_card()] if self.env.user.has_group("wcm_network.group_member_office") else cards

    def _workshop_instrument_card(self):
        return self._workshop_card(
            "instruments", self.env._("Instruments to have calibrated"), "wcm.instrument",
            [("membership_id", "in", self.ids), ("state", "in", ("due", "overdue", "failed", "never"))], "wcm_qc.workshop_instrument_action",
            lambda one: {"title": one.name, "detail": one._fields["state"].convert_to_export(one.state, one)},
        )
