from odoo import fields, models
from odoo.exceptions import UserError


class WcmPart(models.Model):
    """Made: by whom, when, to which revision, from which sheets."""

    _inherit = "wcm.part"

    def action_mark_made(self, sheet_lot_names=None, machine_names=None):
        """Record that these blocks are made. Repeated after a lost answer, it changes nothing.

        :param sheet_lot_names: names (or ids) of the sheet lots that were cut, in the order in which
            they were used; a text may hold several names, on lines of their own or separated by commas
        :param machine_names: likewise, of machines of the member; what is not said is taken from the accepted
            order of work, or from the kit where it lists one machine of a kind
        """
        self._check_member_or_coordinator()
        todo = self.sudo().filtered(lambda part: part.state == "to_make")
        todo.work_order_id._check_in_production()
        for order in todo.work_order_id:
            parts = todo.filtered(lambda part, order=order: part.work_order_id == order)
            parts._record_made(order._sheets_at_member(), sheet_lot_names, order._machines_used(machine_names))
        todo.work_order_id._sync_state_with_parts()
        return True

    def _record_made(self, at_hand, sheet_lots, machines):
        """:param at_hand: {lot: sheets left}, lowered by what these parts use"""
        told = {**self.work_order_id._files_told(), **machines._machines_told()}
        for part, usage in self._sheets_taken(at_hand, sheet_lots):
            part.write({"state": "made", **part._making_values(), **part._usage_values(usage), "equipment_ids": [fields.Command.set(machines.ids)]})
            part._log("assembling", data={**part._making_data(usage), **told})
        self.env["wcm.recall"]._hold_new(self)

    def action_spoil(self, reason=None, sheet_lot_names=None):
        """These blocks failed while they were made. They are still owed; the coordinator says who makes them again.

        :param sheet_lot_names: as of `action_mark_made`; empty when no sheet was cut yet
        """
        self._check_member_or_coordinator()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say what went wrong: the coordinator reads it."))
        parts = self.sudo()
        parts._check_part_state("to_make", self.env._("still to be made"))
        parts.work_order_id._check_in_production()
        for order, spoiled in parts.grouped("work_order_id").items():
            spoiled._record_spoiled(reason, order._sheets_at_member(), sheet_lot_names)
            order._tell_spoiled(spoiled, reason)
        parts.work_order_id._sync_state_with_parts()
        return True

    def _record_spoiled(self, reason, at_hand, sheet_lots):
        taken = self._sheets_taken(at_hand, sheet_lots) if sheet_lots else [(part, {}) for part in self]
        for part, usage in taken:
            part.write({"state": "scrapped", **part._making_values(), **part._usage_values(usage)})
            part._log("destroying", note=reason, data=part._making_data(usage))
        self._scrap_sheets(reason)

    def _sheets_taken(self, at_hand, sheet_lots):
        """[(part, {lot: sheets})]; nothing is recorded when the sheets do not last."""
        order, needs = self.work_order_id, self.work_order_id._sheets_per_block()
        lots = order._pick_sheet_lots(at_hand, sheet_lots)
        return [(part, order._take_sheets(needs, at_hand, lots, part.name)) for part in self]

    def _making_values(self):
        return {"made_on": self.env["wcm.part.event"]._doing().time, "made_by_id": self.env.uid}

    def _usage_values(self, usage):
        return {
            "sheet_lot_ids": [fields.Command.set([lot.id for lot in usage])],
            "sheet_usage": {str(lot.id): round(sheets, 4) for lot, sheets in usage.items()},
        }

    def _making_data(self, usage):
        return {
            "design_revision": self.design_revision or None,
            "sheet_lots": [{"product": lot.product_id.default_code or lot.product_id.name, "lot": lot.name, "sheets": round(sheets, 4)} for lot, sheets in usage.items()],
        }

    def _place_of(self, biz_step):
        """Where a step happens: at the site once the part has arrived there."""
        if biz_step in ("receiving", "installing") or self.state in ("received", "installed"):
            return self.build_id.site_id.name
        return self.membership_id.facility_id.name
