from odoo import api, fields, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    """Material that came in: it stays where it stands until its incoming check has passed there.

    A lot is checked by whoever received it, the hub or a member, for two may have bought of the same batch and
    neither works by the word of the other. At a member's place its own check counts; where it has none, that of the hub,
    which sent the sheets. Two ways on are open: back to the supplier, always; into scrap, once a quality lead decided so.
    """

    _inherit = "stock.lot"

    incoming_check_ids = fields.One2many("wcm.inspection", "lot_id", "Incoming checks", readonly=True)

    is_material = fields.Boolean(compute="_compute_is_material", help="Tracked by lot: what a control plan for incoming material can be for.")

    @api.depends("product_id.tracking")
    def _compute_is_material(self):
        for lot in self:
            lot.is_material = lot.product_id.tracking == "lot"

    def action_check_incoming(self):
        """The incoming check of a lot where it stands; opened where nothing has yet, as for what was there before its control plan."""
        self.ensure_one()
        self.check_access("read")
        Inspection = self.env["wcm.inspection"]
        Inspection.check_access("write")
        keeper = self.sudo()._keeper_to_check()
        if keeper and not keeper.with_env(self.env)._filtered_access("read"):
            raise UserError(self.env._("%s stands with a member of another region: ask its coordinator.", self.name))
        check = self.sudo()._checks_at(keeper)[-1:] or Inspection.sudo()._open_for_lot(self.sudo(), keeper)
        if not check:
            raise UserError(self.env._("No approved control plan says what is checked on %s as it comes in.", self.product_id.display_name))
        return check.with_env(self.env)._get_records_action()

    def _keeper_to_check(self):
        """The hub, where it has some of it or nobody has; otherwise a member that has."""
        places = self.env["stock.quant"].search([("lot_id", "=", self.id), ("quantity", ">", 0), ("location_id.usage", "in", ("internal", "transit"))]).location_id
        keepers = [place._wcm_keeper() for place in places]
        return keepers[0] if keepers and all(keepers) else self.env["wcm.membership"]

    def _obstacle_at(self, location):
        return super()._obstacle_at(location) or self._incoming_obstacle(location)

    def _incoming_obstacle(self, location):
        """Why this lot stays at this place, and who can change that; empty when it may go."""
        if not (self and location._is_here() and self._is_checked_in()):
            return ""
        return self.sudo()._unchecked_words(location.sudo()._wcm_keeper())

    def _is_checked_in(self):
        return self.product_id.tracking == "lot" and self.env["wcm.control.plan"]._has_incoming()

    def _unchecked_words(self, keeper):
        check = self._counting_check(keeper)
        if not check:
            return self._never_checked_words()
        wrong = check._lot_nonconformities()
        if active := wrong.filtered("is_active"):
            return active[0]._hold_reason(self.env["wcm.part"])
        if lapsed := wrong.disposition_ids._lapsed():
            return self.env._("%(name)s: %(words)s", name=lapsed[0].nonconformity_id.name, words=lapsed[0]._lapsed_words())
        return check._hold_reason() if check._holds_part() else ""

    def _never_checked_words(self):
        """Sheets that were there before anybody said that they are checked go on as ever; an approval is kept to the second."""
        plan = self._incoming_plan()
        if not plan.has_hold_point or self.create_date.replace(microsecond=0) <= plan._in_force_since():
            return ""
        return self.env._("Its incoming check has a hold point and has not been done; %s", plan._release_words_of_lot())

    def _incoming_plan(self):
        return self.env["wcm.control.plan"]._find_for(self.product_id, "incoming")

    def _checks_at(self, keeper):
        """Oldest first; corrected ones do not count."""
        return self.incoming_check_ids.filtered(lambda check: check.state != "replaced" and check.keeper_id == keeper).sorted("id")

    def _counting_check(self, keeper):
        """Whoever has its own goes by that; otherwise the hub, which sent it, checked it."""
        return (self._checks_at(keeper) or self._checks_at(keeper.browse()))[-1:]

    def _check_may_leave(self, location, destination):
        """Refuse to take what has not passed from where it stands; no context and no superuser changes that."""
        messages = [
            self.env._("%(lot)s may not be moved. %(obstacle)s.", lot=lot.name, obstacle=obstacle)
            for lot in self
            if (obstacle := lot._incoming_obstacle(location)) and not lot.sudo()._is_way_out_unchecked(location.sudo(), destination.sudo())
        ]
        if messages:
            raise UserError("\n".join(messages))

    def _is_way_out_unchecked(self, location, destination):
        """Back to the supplier; and into scrap by decision."""
        decided = self._counting_check(location._wcm_keeper())._lot_nonconformities().disposition_ids._current()
        return destination.usage == "supplier" or (destination.usage == "inventory" and "scrap" in decided.mapped("kind"))

    def _came_in(self, location, source, quantity):
        """From outside the network's own stock: its check opens, or says that more of it came."""
        if self and location._is_here() and source.usage in ("supplier", "customer", "inventory") and self._is_checked_in():
            self.env["wcm.inspection"].sudo()._open_for_lot(self.sudo(), location.sudo()._wcm_keeper(), quantity)

    def _stock_at(self, keeper):
        """What stands with the member; or with the hub, which is anywhere but at a member."""
        quants = self.env["stock.quant"].sudo().search([("lot_id", "in", self.ids), ("quantity", ">", 0), ("location_id.usage", "in", ("internal", "transit"))])
        keepers = {place: place._wcm_keeper() for place in quants.location_id}
        return quants.filtered(lambda quant: keepers[quant.location_id] == keeper)

    def _let_go(self):
        """What waited for it is reserved again."""
        places = self.env["stock.quant"].sudo().search([("lot_id", "in", self.ids), ("quantity", ">", 0)]).location_id
        self.env["stock.move"].sudo().search([
            ("product_id", "in", self.product_id.ids), ("location_id", "parent_of", places.ids), ("state", "in", ("confirmed", "waiting", "partially_available")),
        ])._action_assign()

    def _stop(self, keeper):
        """What was set aside of it is taken from another lot, where there is one."""
        lines = self.env["stock.move.line"].sudo().search([
            ("lot_id", "in", self.ids), ("state", "not in", ("done", "cancel")), ("location_id", "in", self._stock_at(keeper).location_id.ids),
            ("location_dest_id.usage", "not in", ("inventory", "supplier")),
        ])
        moves = lines.move_id
        lines.picked = False
        moves._do_unreserve()
        moves._action_assign()
