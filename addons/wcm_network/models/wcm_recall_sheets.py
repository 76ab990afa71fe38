from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from .wcm_recall import SOURCE


class WcmRecall(models.Model):
    """Sheets of a recalled lot that nobody has cut: they stay where they are, at the hub and at members, until the recall is released.

    Of a recall that names sheet lots and nothing else: what is said besides (a machine, a period, a component, a
    member) is where blocks went wrong, and no reason against the lot itself.
    """

    _inherit = "wcm.recall"

    sheet_count = fields.Float("Sheets not cut", compute="_compute_sheet_count", digits=(12, 1), help="Of these lots, at the hub and at members. Holding keeps them where they are.")

    @api.depends("state", *SOURCE)
    @api.depends_context("uid")
    def _compute_sheet_count(self):
        for recall in self:
            recall.sheet_count = sum(recall._sheets_kept().mapped("quantity"))

    def _is_of_sheets(self):
        return bool(self.lot_ids) and not any(self[name] for name in SOURCE if name != "lot_ids")

    def _sheets_kept(self):
        """Stock of the lots: all of it for sudo, otherwise without that of members whom the caller does not coordinate."""
        if not self._is_of_sheets() or not self.has_access("read"):
            return self.env["stock.quant"].sudo()
        domain = Domain("lot_id", "in", self.lot_ids._origin.ids) & Domain("location_id.usage", "in", ("internal", "transit")) & Domain("quantity", ">", 0)
        with_place = [("subcontract_location_id", "!=", False)]
        others = self.env["wcm.membership"].sudo().search(with_place) - self.env["wcm.membership"].search(with_place).sudo()
        return self.env["stock.quant"].sudo().search(domain & Domain("location_id", "not in", others.subcontract_location_id.ids))

    @api.model
    @ormcache()
    def _held_sheets(self):
        """{lot id: id of the recall that holds it}, asked whenever stock is reserved or moved."""
        held = self.sudo().search([("state", "=", "held"), ("lot_ids", "!=", False)], order="id desc")
        return {lot_id: recall.id for recall in held if recall._is_of_sheets() for lot_id in recall.lot_ids.ids}

    def _hold(self, ids):
        was_held = self.state == "held"
        super()._hold(ids)
        if self._is_of_sheets() and not was_held:
            self._stop_sheets()

    def _release(self):
        super()._release()
        if self._is_of_sheets():
            self._let_sheets_go()

    def _stop_sheets(self):
        """What was set aside of them is taken from other sheets, where there are any."""
        self.flush_recordset(["state"])
        self.env.registry.clear_cache()
        lines = self.env["stock.move.line"].search([
            ("lot_id", "in", self.lot_ids.ids), ("state", "not in", ("done", "cancel")), ("location_dest_id.usage", "not in", ("inventory", "supplier")),
        ])
        moves = lines.move_id
        lines.picked = False
        moves._do_unreserve()
        moves._action_assign()
        self._tell_keepers()

    def _let_sheets_go(self):
        self.flush_recordset(["state"])
        self.env.registry.clear_cache()
        self.env["stock.move"].search([
            ("product_id", "in", self.lot_ids.product_id.ids), ("location_id", "in", self._sheets_kept().location_id.ids),
            ("state", "in", ("confirmed", "waiting", "partially_available")),
        ])._action_assign()

    def _tell_keepers(self):
        """Whoever has some at its place leaves them alone; each reads of its own."""
        kept = self._sheets_kept().grouped("location_id")
        members = self._keepers(kept)
        for location, quants in kept.items():
            member = members.get(location)
            if member and member.user_ids:
                member.message_notify(
                    partner_ids=member.user_ids.partner_id.ids, subject=self.env._("Leave these sheets alone: %s", self.name),
                    body=self.env._(
                        "Cut nothing from %(lots)s and put them aside. %(reason)s. Your coordinator tells you what follows.",
                        lots=", ".join(quants.lot_id.mapped("name")), reason=self._hold_reason(),
                    ),
                )

    def _who_releases(self):
        """Hook: in a sentence."""
        return self.env._("A coordinator of the network releases the recall")

    def _sheet_tables(self):
        """Of a summary: lots by place; none where nothing is left."""
        quants = self._sheets_kept()
        lots, rows = quants.lot_id.sorted("name"), []
        members = self._keepers(quants.location_id)
        for location, there in quants.grouped("location_id").items():
            counts = [round(sum(there.filtered(lambda quant, lot=lot: quant.lot_id == lot).mapped("quantity")), 1) for lot in lots]
            name = members[location].name if location in members else location.complete_name
            rows.append((name, counts, round(sum(counts), 1)))
        rows.sort(key=lambda row: (-row[2], row[0]))
        return [{"title": self.env._("Sheets that are not cut"), "states": lots.mapped("name"), "rows": rows, "more": 0}] if rows else []

    @api.model
    def _keepers(self, locations):
        """{location: member} of those that are a member's place; read past the rules, for whoever may see what is there."""
        members = self.env["wcm.membership"].sudo().search([("subcontract_location_id", "in", [location.id for location in locations])])
        return {member.subcontract_location_id: member for member in members}
