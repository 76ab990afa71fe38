from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class WcmInspection(models.Model):
    """Checks of material: of one lot, at one place, once.

    More of a lot that is to be checked, or was passed there, belongs to the same check, which says so. Of a lot that was sent
    back or scrapped as a whole, what comes later is checked anew.
    """

    _inherit = "wcm.inspection"

    _member_readable = frozenset({"is_of_lot", "came_words"})

    keeper_id = fields.Many2one(
        "wcm.membership", "Checked at", readonly=True, index="btree_not_null", ondelete="restrict", help="The member that received the lot; empty: the hub.",
    )
    arrived_by_id = fields.Many2one("res.users", "Received by", readonly=True, copy=False, help="Who recorded that the lot came; passes none of its hold points.")
    arrived_person_id = fields.Many2one("wcm.member.person", "Received by (PIN)", readonly=True, copy=False, ondelete="restrict")
    came_words = fields.Text("Deliveries", readonly=True, copy=False, help="How much of the lot came when, one delivery a line.")
    is_of_lot = fields.Boolean(compute="_compute_is_of_lot", compute_sudo=True)

    _one_open_per_lot_and_place = models.UniqueIndex(
        "(lot_id, COALESCE(keeper_id, 0)) WHERE state = 'open' AND lot_id IS NOT NULL", "This lot already has an open incoming check at this place."
    )

    @api.depends("lot_id")
    def _compute_is_of_lot(self):
        for inspection in self:
            inspection.is_of_lot = bool(inspection.lot_id)

    @api.model
    def _open_for_lot(self, lot, keeper, quantity=0):
        """:param keeper: the member at whose place it came in; none: the hub
        :param quantity: how much came
        """
        known, plan = lot._checks_at(keeper)[-1:], lot._incoming_plan()
        if known and not known._is_given_up():
            known._note_delivery(quantity)
            return known
        if not plan:
            return self.browse()
        check = self.create(self._prepare_lot_inspection(lot, keeper, plan, quantity))
        lot.invalidate_recordset(["incoming_check_ids"])
        if check.is_hold_point:
            lot._stop(keeper)
        return check

    def _prepare_lot_inspection(self, lot, keeper, plan, quantity=0):
        doing = self.env["wcm.part.event"]._doing()
        return {
            **self._prepare_inspection(self.env["wcm.part"], plan), "lot_id": lot.id, "keeper_id": keeper.id, "arrived_by_id": self.env.uid,
            "arrived_person_id": doing.person_id, "came_words": quantity and self._delivery_words(lot, quantity),
        }

    def _delivery_words(self, lot, quantity):
        when = fields.Datetime.context_timestamp(self, self.env["wcm.part.event"]._doing().time)
        day = format_date(self.env, when.date(), date_format="d MMM yyyy")
        return self.env._("%(day)s: %(quantity)s %(unit)s", day=day, quantity=f"{quantity:g}", unit=lot.product_id.uom_id.name)

    def _note_delivery(self, quantity):
        if not quantity:
            return
        words = self._delivery_words(self.lot_id, quantity)
        said = {
            "open": self.env._("%s. It waits for this check too.", words), "passed": self.env._("%s. It counts as checked: the lot has passed.", words),
        }.get(self.state) or self.env._("%s. What is decided on the lot holds for it too.", words)
        self._note({"came_words": "\n".join(filter(None, (self.came_words, said)))})
        self.message_post(body=self.env._("More of the lot came. %s", said))

    def _is_given_up(self):
        """Sent back or scrapped as a whole: there is nothing left of what was checked."""
        done = self._lot_nonconformities().disposition_ids.filtered(lambda one: one.state == "done")
        return self.state == "failed" and bool({"return", "scrap"} & set(done.sorted("id")[-1:].mapped("kind")))

    def _lot_nonconformities(self):
        """What it found, or what the check that it corrects had found."""
        return self.nonconformity_ids | self.replaces_id.nonconformity_ids

    def _close(self, state):
        result = super()._close(state)
        if self.lot_id and not self.lot_id._unchecked_words(self.keeper_id):
            self.lot_id._let_go()
        elif self.lot_id:
            self.lot_id._stop(self.keeper_id)
        return result

    def _prepare_correction(self):
        if not self.lot_id:
            return super()._prepare_correction()
        prepared = self._prepare_lot_inspection(self.lot_id, self.keeper_id, self.plan_id)
        kept = {"arrived_by_id": self.arrived_by_id.id, "arrived_person_id": self.arrived_person_id.id, "came_words": self.came_words}
        return {**prepared, **kept, "rework_nonconformity_id": False}

    def _correct(self, reason):
        correction = super()._correct(reason)
        if correction.lot_id and correction.is_hold_point:
            correction.lot_id._stop(correction.keeper_id)
        return correction

    def _prepare_nonconformity(self):
        values = super()._prepare_nonconformity()
        return {**values, "part_ids": False, "lot_id": self.lot_id.id, "keeper_id": self.keeper_id.id} if self.lot_id else values

    def _log_verdict(self):
        """A lot has no history of its own: what was found is said on it in Odoo."""
        if not self.lot_id:
            return super()._log_verdict()
        words = self.env._("Incoming check %(name)s passed", name=self.name) if self.state == "passed" else self.env._("Incoming check %(name)s failed", name=self.name)
        return self.lot_id.message_post(body=words)

    def _makers(self):
        """Who recorded the delivery does not release it."""
        makers = super()._makers()
        return makers | self.arrived_by_id if self.lot_id and self.is_hold_point else makers

    def _is_by_maker(self, makers):
        """By the people, where both said who they are by PIN or badge; by the logins otherwise."""
        if not self.lot_id:
            return super()._is_by_maker(makers)
        person, receiver = self.env["wcm.part.event"]._doing().person_id, self.arrived_person_id.id
        return person == receiver if person and receiver else self.env.user in makers

    def _four_eyes_message(self, makers):
        if not self.sudo().lot_id:
            return super()._four_eyes_message(makers)
        return self.env._(
            "%(makers)s recorded the delivery of %(lot)s, so another person passes this check: a colleague, a coordinator or a quality lead.",
            makers=self.env._(" and ").join(makers.sudo().mapped("name")), lot=self.sudo().part_name,
        )

    def _hold_reason(self):
        if not self.lot_id or self._released_by() != "person":
            return super()._hold_reason()
        return self.env._("Incoming check %(name)s not passed; a quality lead or somebody other than who recorded it can release it", name=self.name)

    def action_view_nonconformities(self):
        if not self.lot_id:
            return super().action_view_nonconformities()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_qc.action_nonconformity")
        return {**action, "domain": [("id", "in", self.nonconformity_ids.ids)], "context": {}}

    def action_open_lot(self):
        """The lot in Odoo's own stock, for whoever has it."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo().lot_id:
            raise UserError(self.env._("This is the check of a block."))
        return self.lot_id._get_records_action()
