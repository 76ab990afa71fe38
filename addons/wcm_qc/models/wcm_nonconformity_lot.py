from odoo import fields, models
from odoo.exceptions import UserError

from .wcm_disposition import CONCESSIONS

# What can become of material: nobody reworks sheets.
FOR_LOTS = ("use_as_is", "return", "scrap")


class WcmNonconformity(models.Model):
    """A lot of material that failed its incoming check, at one place: one thing to decide on, as one part would be."""

    _inherit = "wcm.nonconformity"

    _member_readable = frozenset({"is_of_lot"})

    lot_id = fields.Many2one("stock.lot", readonly=True, index="btree_not_null", copy=False, ondelete="restrict", help="Material that failed its incoming check.")
    keeper_id = fields.Many2one("wcm.membership", "At", readonly=True, index="btree_not_null", copy=False, ondelete="restrict", help="The member that received the lot; empty: the hub.")
    is_of_lot = fields.Boolean(compute="_compute_is_of_lot", compute_sudo=True)

    def _compute_is_of_lot(self):
        for nonconformity in self:
            nonconformity.is_of_lot = bool(nonconformity.lot_id)

    def _guarded_fields(self):
        return super()._guarded_fields() | {"lot_id", "keeper_id"}

    def action_view_inspections(self):
        if not self.sudo().lot_id:
            return super().action_view_inspections()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_qc.action_inspection")
        return {**action, "domain": [("lot_id", "=", self.sudo().lot_id.id), ("keeper_id", "=", self.sudo().keeper_id.id)], "context": {}}

    def _parts_to_decide(self, part_ids=None):
        return self.part_ids if self.lot_id else super()._parts_to_decide(part_ids)

    def _check_decider(self, disposition):
        super()._check_decider(disposition)
        if self.sudo().lot_id and disposition not in FOR_LOTS:
            raise UserError(self.env._("Material is used as it is, goes back to its supplier or is scrapped; nobody reworks it."))

    def _check_terms(self, disposition, terms, parts):
        """Whatever follows for blocks does not for material."""
        if self.sudo().lot_id:
            terms = {name: value for name, value in terms.items() if name not in ("then", "replacement", "membership_id")}
        super()._check_terms(disposition, terms, parts)

    def _decide(self, parts, kind, reason, terms):
        if not self.lot_id:
            return super()._decide(parts, kind, reason, terms)
        self.disposition_ids._current()._retire()
        line = self.env["wcm.disposition"].create({
            "nonconformity_id": self.id, "lot_id": self.lot_id.id, "kind": kind, "reason": reason, "decided_by_id": self.env.uid,
            "until": kind in CONCESSIONS and terms.get("until"),
        })
        self.write({"disposition_reason": reason, "decided_by_id": self.env.uid})
        line._carry_out_lot()
        return self._follow()

    def _follow(self):
        if self.lot_id and not self.disposition_ids._current():
            self.state = "open"
        else:
            super()._follow()

    def _close(self, state="closed"):
        super()._close(state)
        for nonconformity in self.filtered("lot_id"):
            nonconformity.lot_id._let_go()

    def _reopen(self, inspection):
        if self.lot_id:
            self.disposition_ids._current()._retire()
        super()._reopen(inspection)

    def _hold_again(self, parts, why):
        super()._hold_again(parts, why)
        if self.lot_id:
            self.lot_id._stop(self.keeper_id)

    def _makers(self):
        return super()._makers() | self.inspection_id.arrived_by_id if self.lot_id else super()._makers()

    def _maker_message(self):
        if self.sudo().lot_id:
            return self.env._("You recorded the delivery of this lot, so another quality lead decides on %s.", self.name)
        return super()._maker_message()
