from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

LINES_PER_CARD = 4
URGENT = timedelta(days=2)
IN_HAND = ("accepted", "released", "in_production", "ready", "dispatched")
COMMITTED = (*IN_HAND, "received", "closed")


class WcmMembership(models.Model):
    """What the members' pages show of their own day; the rules choose the records."""

    _inherit = "wcm.membership"

    _member_readable = frozenset({
        "workshop_open_orders", "workshop_blocks_delivered",
        "workshop_terms_name", "workshop_terms_body", "workshop_terms_hash", "workshop_terms_changes", "workshop_terms_words",
        "workshop_terms_brief",
    })
    _office_readable = frozenset({"workshop_value_accepted", "workshop_currency_id"})

    workshop_open_orders = fields.Integer("Orders in hand", compute="_compute_workshop_figures")
    workshop_blocks_delivered = fields.Integer("Blocks received on site", compute="_compute_workshop_figures")
    workshop_value_accepted = fields.Monetary(
        "Value of accepted work", compute="_compute_workshop_value", currency_field="workshop_currency_id",
        help="Making price of all the orders you have accepted, since you joined.",
    )
    workshop_currency_id = fields.Many2one("res.currency", compute="_compute_workshop_value")
    workshop_terms_name = fields.Char("Terms", compute="_compute_workshop_terms")
    workshop_terms_words = fields.Char("What is asked", compute="_compute_workshop_terms")
    workshop_terms_brief = fields.Html("In short", compute="_compute_workshop_terms", sanitize=False)
    workshop_terms_body = fields.Html("Text of the terms", compute="_compute_workshop_terms", sanitize=False)
    workshop_terms_changes = fields.Html("What is different", compute="_compute_workshop_terms", sanitize=False)
    workshop_terms_hash = fields.Char("Fingerprint of this text (SHA-256)", compute="_compute_workshop_terms")

    @api.depends("acceptance_ids.terms_id")
    def _compute_workshop_terms(self):
        """The text to accept, where there is one, and what is different in it from the one that holds; else the one that holds."""
        for membership in self.sudo():
            held, asked = membership.held_terms_id, membership.asked_terms_id
            terms = asked or held or membership.current_terms_id
            membership.workshop_terms_name = terms.display_name
            membership.workshop_terms_words = membership._workshop_terms_words()
            membership.workshop_terms_brief = terms._brief_of(membership) if terms else False
            membership.workshop_terms_body = terms._text_of(membership) if terms else False
            membership.workshop_terms_hash = terms._hash_of(membership) if terms else False
            is_other = held and asked and held != asked
            membership.workshop_terms_changes = asked._comparison(held, *terms._place_of(membership), only_changes=True) if is_other else False

    def _workshop_terms_words(self):
        """What an owner is asked, and until when it may be left."""
        asked, held = self.asked_terms_id, self.held_terms_id
        if not asked:
            return False
        if not held:
            return self.env._("Read the terms below; an owner accepts them. Without that there is no new work.")
        words = self.env._("The terms change. Read below what is different; an owner accepts them.")
        day, deadline = format_date(self.env, asked.effective_date), format_date(self.env, self.terms_deadline)
        if not self.has_current_terms:
            return f"{words} {self.env._('Without that there is no new work; orders that are agreed go on as they were agreed.')}"
        return f"{words} {self.env._('They are in force from %(day)s. From %(deadline)s there is no new work without it; orders that are agreed go on as they were agreed.', day=day, deadline=deadline)}"

    def _compute_workshop_figures(self):
        of_ours = [("membership_id", "in", self.ids)]
        orders = self.env["wcm.work.order"]._read_group([*of_ours, ("state", "in", IN_HAND)], ["membership_id"], ["__count"])
        parts = self.env["wcm.part"]._read_group([*of_ours, ("state", "in", ("received", "installed"))], ["membership_id"], ["__count"])
        open_orders, delivered = dict(orders), dict(parts)
        for membership in self:
            membership.workshop_open_orders = open_orders.get(membership, 0)
            membership.workshop_blocks_delivered = delivered.get(membership, 0)

    def _compute_workshop_value(self):
        """Prices are read with the caller's own rights; makers have none."""
        orders = self.env["wcm.work.order"].search([("membership_id", "in", self.ids), ("state", "in", COMMITTED)]).grouped("membership_id")
        for membership in self:
            theirs = orders.get(membership, self.env["wcm.work.order"])
            membership.workshop_value_accepted = sum(theirs.mapped("price_total"))
            membership.workshop_currency_id = theirs.currency_id[:1] or self.env.company.sudo().currency_id

    @api.model
    @api.readonly
    def workshop_summary(self):
        """{memberships: [{id, name, notice}], cards: [...]}: what waits for the caller, in one call."""
        memberships = self._workshop_memberships()
        return {
            "memberships": [membership._workshop_header() for membership in self._own_memberships()],
            "cards": memberships._workshop_cards() if memberships else [],
        }

    def _workshop_header(self):
        own = self.sudo()
        return {"id": own.id, "name": own.name, "notice": own._workshop_notice()}

    def _workshop_notice(self):
        """Why there is no work, when that is so; what to do about it."""
        notices = {
            "applied": self.env._("Your application has arrived. The regional coordinator will look at it."),
            "under_review": self.env._("Your application is being looked at."),
            "suspended": self.env._("Your membership is suspended: nothing can be seen or done. Ask your coordinator, who also has your statements."),
            "ended": self.env._("Your membership has ended."),
            "declined": self.env._("Your application was declined."),
        }
        return notices.get(self.state, False)

    def _workshop_cards(self):
        """Hook: one card per kind of thing to do, most pressing first."""
        return [
            *self._workshop_office_cards(),
            self._workshop_start_card(),
            *self._workshop_part_cards(),
            self._workshop_shipment_card(),
            self._workshop_message_card(),
        ]

    def _workshop_office_cards(self):
        """What makers do not answer: terms are the owners', offers and changes the supervisors' too."""
        user, cards = self.env.user, []
        if user.has_group("wcm_network.group_member_owner"):
            cards.append(self._workshop_terms_card())
        if user.has_group("wcm_network.group_member_office"):
            cards += [self._workshop_offer_card(), self._workshop_change_card()]
        return cards

    def _workshop_card(self, key, title, model, domain, action, line, tone="work", context=None):
        """`line` makes {title, detail, urgent} of one record."""
        records = self.env[model].search(domain, limit=LINES_PER_CARD)
        count = self.env[model].search_count(domain) if len(records) == LINES_PER_CARD else len(records)
        return {
            "key": key, "title": title, "count": count, "action": action, "tone": tone, "context": context or {},
            "lines": [{"id": record.id, **line(record)} for record in records],
        }

    def _workshop_terms_card(self):
        return self._workshop_card(
            "terms", self.env._("Terms to read and accept"), "wcm.membership",
            [("id", "in", self.filtered("asked_terms_id").ids)],
            "wcm_network.workshop_membership_action",
            lambda member: {"title": member.asked_terms_id.name, "detail": member.name},
            tone="urgent",
        )

    def _workshop_offer_card(self):
        return self._workshop_card(
            "offers", self.env._("Offers to answer"), "wcm.work.order", [("state", "=", "offered")],
            "wcm_network.workshop_work_order_action", self._workshop_offer_line,
            tone="offer", context={"search_default_open": 0, "search_default_to_answer": 1},
        )

    def _workshop_offer_line(self, order):
        day = order.offer_expires_on
        return {
            "title": f"{order.component_code or order.component_name} × {order.quantity}",
            "detail": day and self.env._("Answer by %s", format_date(self.env, day)),
            "urgent": bool(day and day <= fields.Date.context_today(self) + URGENT),
        }

    def _workshop_change_card(self):
        return self._workshop_card(
            "changes", self.env._("Changes to agree to"), "wcm.work.order", [("change_ids.state", "=", "proposed")],
            "wcm_network.workshop_work_order_action",
            lambda order: {"title": f"{order.component_code or order.component_name} × {order.quantity}", "detail": ", ".join(order.pending_change_words.splitlines())},
            tone="offer", context={"search_default_open": 0, "search_default_changing": 1},
        )

    def _workshop_message_card(self):
        orders = self.env["wcm.work.order"].search([("membership_id", "in", self.ids), ("state", "in", (*IN_HAND, "offered", "countered"))])
        return self._workshop_card(
            "messages", self.env._("Messages from the coordinator"), "wcm.work.order", [("id", "in", orders._unanswered().ids)],
            "wcm_network.workshop_work_order_action",
            lambda order: {"title": order.name, "detail": f"{order.component_code or order.component_name} × {order.quantity}"},
            tone="offer",
        )

    def _workshop_start_card(self):
        return self._workshop_card(
            "start", self.env._("Orders to start"), "wcm.work.order",
            [("state", "=", "released"), ("on_hold", "=", False)],
            "wcm_network.workshop_work_order_action", self._workshop_order_line,
            context={"search_default_open": 0, "search_default_to_start": 1},
        )

    def _workshop_order_line(self, order):
        return {
            "title": f"{order.component_code or order.component_name} × {order.quantity}",
            "detail": self.env._("Ready by %s", format_date(self.env, order.date_due)),
            "urgent": order.date_due <= fields.Date.context_today(self) + URGENT,
        }

    def _workshop_part_cards(self):
        held = self._workshop_part_card(
            "held", self.env._("Parts on hold"), [("is_held", "=", True)], "search_default_held", "urgent"
        )
        to_make = self._workshop_part_card(
            "make", self.env._("Parts to make"),
            [("state", "=", "to_make"), ("work_order_id.state", "=", "in_production")], "search_default_to_make", "work",
        )
        to_pack = self._workshop_part_card(
            "pack", self.env._("Parts to pack"), [("state", "=", "made"), ("is_held", "=", False)],
            "search_default_to_pack", "ready",
        )
        return [held, to_make, to_pack]

    def _workshop_part_card(self, key, title, domain, search_filter, tone):
        return self._workshop_card(
            key, title, "wcm.part", domain, "wcm_network.workshop_part_action",
            lambda part: {"title": part.name, "detail": part.hold_reason if part.is_held else part.component_name},
            tone=tone, context={"search_default_open": 0, search_filter: 1},
        )

    def _workshop_shipment_card(self):
        return self._workshop_card(
            "load", self.env._("Shipments to load"), "wcm.shipment", [("state", "=", "draft")],
            "wcm_network.workshop_shipment_action",
            lambda shipment: {
                "title": f"{shipment.name} → {shipment.site_name}",
                "detail": self.env._("%s loaded", shipment.part_count),
            },
            tone="ready",
        )
