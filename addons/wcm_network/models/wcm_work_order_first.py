from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, str2bool

from .wcm_build_line import PLACED_STATES, RECEIVED_PARTS


class WcmWorkOrder(models.Model):
    """First pieces: a member new to a component makes one, which is accepted, before the rest is released to it."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"is_first_piece", "first_accepted_on", "first_accepted_by_id", "first_order_id", "rest_ids"})
    _member_readable = frozenset({"is_first_piece", "first_accepted_on", "first_order_id", "waits_for_first"})

    is_first_piece = fields.Boolean("First piece", readonly=True, copy=False, help="The first of its component that this member makes: it is accepted before the rest is released.")
    first_accepted_on = fields.Datetime("First piece accepted on", readonly=True, copy=False)
    first_accepted_by_id = fields.Many2one("res.users", "First piece accepted by", readonly=True, copy=False)
    first_order_id = fields.Many2one("wcm.work.order", "Waits for the first piece", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    rest_ids = fields.One2many("wcm.work.order", "first_order_id", "Orders that wait for it", readonly=True)
    waits_for_first = fields.Boolean("Waits for a first piece", compute="_compute_waits_for_first", compute_sudo=True, search="_search_waits_for_first")

    @api.depends("state", "first_order_id.first_accepted_on")
    def _compute_waits_for_first(self):
        for order in self:
            order.waits_for_first = order.state == "accepted" and order.first_order_id and not order.first_order_id.first_accepted_on

    def _search_waits_for_first(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "accepted"), ("first_order_id", "any!", [("first_accepted_on", "=", False)])]

    def action_accept_first(self):
        """The first piece is as it should be: the rest may be released. Repeated, it changes nothing."""
        self._check_coordinator()
        for order in self.sudo():
            obstacle = order._first_piece_obstacle()
            if obstacle:
                raise UserError(obstacle)
            order._accept_first()
        return True

    def _first_piece_obstacle(self):
        """Why it cannot be accepted yet; quality checks add their own reasons."""
        self.ensure_one()
        if not self.is_first_piece:
            return self.env._("%s is no first piece.", self.name)
        if not self.quantity_made:
            return self.env._("The first piece of %s is not made yet.", self.name)
        return ""

    def _accept_first(self):
        """The one door to an accepted first piece."""
        for order in self.filtered(lambda order: order.is_first_piece and not order.first_accepted_on):
            order.write({"first_accepted_on": fields.Datetime.now(), "first_accepted_by_id": self.env.uid})
            order.message_post(body=self.env._("The first piece is accepted; the rest can be released."))
            order._notify_members(lambda orders: orders.env._("Your first piece is accepted"))

    def _take_back_first(self):
        """Its check failed after all: what is not released yet waits again."""
        for order in self.filtered("first_accepted_on"):
            order.write({"first_accepted_on": False, "first_accepted_by_id": False})
            order.message_post(body=self.env._("The first piece is not accepted any more: its check failed. What is not released yet waits again."))

    def _hold_back_rest(self):
        """Of these accepted orders those to release now.

        Where a member is new to a component, that is one block, split off as an order of
        its own; the others wait until it is accepted.
        """
        known = self._known_components()
        free = self if known is None else self.filtered(lambda order: (order.membership_id.id, order.product_id.id) in known)
        first = self.browse()
        (self - free)._alone_with_members()
        for orders in (self - free).grouped(lambda order: (order.membership_id, order.product_id)).values():
            first |= orders._begin_with_one()
        if self and not free | first:
            raise UserError(self.env._(
                "%(orders)s: %(member)s is new to this component, and its first piece (%(first)s) is not accepted yet. Accept it there, then release the rest.",
                orders=", ".join(self.mapped("name")), member=self[0].membership_id.name, first=self[0].first_order_id.name,
            ))
        return free | first

    def _alone_with_members(self):
        """Two releases at once would each split off a first piece: the second fails here, begins again and finds the first's."""
        self.env.cr.execute(SQL("UPDATE wcm_membership SET write_date = write_date WHERE id = ANY(%s)", self.membership_id.ids))

    def _known_components(self):
        """{(member id, component id)} that were made and accepted before; None where first pieces are not asked for."""
        if not str2bool(self.env["ir.config_parameter"].sudo().get_param("wcm_network.first_pieces", "True"), True):
            return None
        domain = [("membership_id", "in", self.membership_id.ids), ("product_id", "in", self.product_id.ids)]
        pairs = ["membership_id", "product_id"]
        accepted = self._read_group([*domain, ("first_accepted_on", "!=", False)], pairs)
        arrived = self.env["wcm.part"]._read_group([*domain, ("state", "in", RECEIVED_PARTS)], pairs)
        return {(member.id, product.id) for member, product in (*accepted, *arrived)}

    def _is_new_to_member(self):
        known = self._known_components()
        return known is not None and (self.membership_id.id, self.product_id.id) not in known

    def _begin_with_one(self):
        """The order of the first piece, where it is still to be released; the others are told what they wait for.

        :param self: orders of one component for one member
        """
        first = self._first_under_way() or self.sorted("date_due")[:1]._split_first()
        (self - first).first_order_id = first
        return first.filtered(lambda order: order.state == "accepted")

    def _first_under_way(self):
        return self.search([
            ("membership_id", "=", self.membership_id.id), ("product_id", "=", self.product_id.id),
            ("is_first_piece", "=", True), ("state", "in", PLACED_STATES),
        ], limit=1)

    def _split_first(self):
        """One block of this order as an order of its own, on the same terms."""
        first = self if self.quantity == 1 else self.copy({"quantity": 1})
        kept = {"state": "accepted", "accepted_on": self.accepted_on, "accepted_by_id": self.accepted_by_id.id, "design_revision": self.design_revision, **self._agreed_figures()}
        first.write({"is_first_piece": True, **kept})
        if first != self:
            self.quantity -= 1
            first._notify_members(lambda orders: orders.env._("Make the first piece before the rest of %s", self.name))
        return first
