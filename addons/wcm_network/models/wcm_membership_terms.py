from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_date

from .wcm_membership import OVER_STATES


class WcmMembership(models.Model):
    """Which terms hold for a member, which it is asked to accept, and by when.

    What a member accepted holds, and so do later versions that changed nothing material. After a material change it works
    on under the text that it accepted until the notice is over; then it gets no new work. Agreed orders keep their figures.
    """

    _inherit = "wcm.membership"

    _member_readable = frozenset({"asked_terms_id", "held_terms_id", "terms_deadline"})

    current_terms_id = fields.Many2one("wcm.terms", compute="_compute_current_terms")
    has_current_terms = fields.Boolean(
        "Terms accepted", compute="_compute_current_terms", search="_search_has_current_terms",
        help="The terms in force, or earlier ones when nothing material changed since or the notice is not over. Without it there is no new work.",
    )
    held_terms_id = fields.Many2one("wcm.terms", "Terms that hold", compute="_compute_current_terms", help="The text whose figures count for new orders of this member.")
    asked_terms_id = fields.Many2one("wcm.terms", "Terms to accept", compute="_compute_current_terms")
    terms_deadline = fields.Date("No new work without it from", compute="_compute_current_terms", help="Until then the member works on under the text that it accepted.")

    @api.depends("acceptance_ids.terms_id", "region_id", "organisation_type")
    def _compute_current_terms(self):
        chain, coming = self.env["wcm.terms"]._chain(), self.env["wcm.terms"]._coming()
        today = fields.Date.context_today(self)
        for membership in self:
            held, missed = membership._terms_held(chain)
            asked = (chain[:1] if missed or not held else chain.browse()) or membership._first_not_accepted(coming)
            membership.current_terms_id = chain[:1]
            membership.held_terms_id = held
            membership.asked_terms_id = asked
            membership.terms_deadline = membership._terms_deadline(held, missed or asked)
            membership.has_current_terms = bool(held and (not missed or today < membership.terms_deadline))

    def _terms_held(self, chain):
        """(the text that holds, the first material change since that was not accepted)"""
        accepted = self.sudo().acceptance_ids.terms_id
        place = next((n for n, terms in enumerate(chain) if terms in accepted), None)
        if place is None:
            return chain.browse(), chain[:1]
        while place and not chain[place - 1].is_material_change:
            place -= 1
        return chain[place], chain[place - 1] if place else chain.browse()

    def _first_not_accepted(self, coming):
        accepted = self.sudo().acceptance_ids.terms_id
        return coming.filtered(lambda terms: terms.is_material_change and terms not in accepted)[:1]

    def _terms_deadline(self, held, change):
        """The day from which a change has to be accepted: its own day, and the notice that the text before it promised."""
        return change._last_day(held._parameter(self, "notice_days")) if held and change else False

    def _search_has_current_terms(self, operator, value):
        if operator != "in":
            return NotImplemented
        accepted = self.sudo().search([("acceptance_ids", "!=", False)])
        members = accepted.filtered("has_current_terms")
        return Domain("id", "in" if True in value else "not in", members.ids)

    def _turnover_of_year(self, currency):
        """Price of what was received on site and accepted in this calendar year, by which tiers of the levy go; other currencies at today's rate."""
        orders = self.env["wcm.work.order"].sudo().search([("membership_id", "=", self.id), ("purchase_line_id", "!=", False)])
        today = fields.Date.context_today(self)
        rows = [row for month, rows in orders._statement_rows().items() if month.year == today.year for row in rows.items()]
        return sum((Decimal(str(round(order.currency_id._convert(row["worth"], currency, order._levy_company(), today), 2))) for order, row in rows), Decimal(0))

    def _term(self, name):
        """A figure as it holds for this member now; see wcm.terms._parameter. Before it accepted anything: by the text in force."""
        terms = self.held_terms_id or self.current_terms_id
        return terms._parameter(self, name) if terms else self.env["wcm.terms"].sudo().new()._parameter(self, name)

    def action_accept_terms(self, on_behalf=False, signed_by=None, name=None, role=None, text_hash=None, scan=None, scan_name=None):
        """Record that the terms asked for are accepted, by one of the member's owners, or
        by a coordinator from a signed paper copy. Accepting twice changes nothing.

        :param signed_by: name on the paper copy
        :param name: name that the owner wrote below the text; its login's, when empty
        :param role: what the person who accepts is in the organisation
        :param text_hash: fingerprint of the text that was read; refused when it is another now
        :param scan: the signed paper, base64
        """
        self.ensure_one()
        self._check_may_accept(on_behalf)
        terms = (self.sudo().asked_terms_id or self.env["wcm.terms"]._in_force()).sudo()
        self._check_acceptable(terms)
        if terms in self.sudo().acceptance_ids.terms_id:
            return True
        self._check_is_what_was_read(terms, text_hash)
        values = self._acceptance_values(terms, on_behalf, signed_by or name)
        self.env["wcm.terms.acceptance"].sudo().create({
            **values, "accepted_by_role": self._short(role), "scan": bool(on_behalf) and scan, "scan_name": bool(on_behalf) and scan_name,
            "copy_waits": True,
        })
        self.env.ref("wcm_network.cron_terms_copies").sudo()._trigger()
        return True

    def _acceptance_values(self, terms, on_behalf, name):
        return {
            "terms_id": terms.id,
            "membership_id": self.id,
            "on_behalf": bool(on_behalf),
            "accepted_by_name": self._short(name),
            "ip_address": request.httprequest.remote_addr if request else False,
        }

    @api.model
    def _short(self, text):
        """A name as it was typed, on one line."""
        return " ".join(text.split())[:120] if isinstance(text, str) else False

    def _check_is_what_was_read(self, terms, text_hash):
        if text_hash and text_hash != terms._hash_of(self):
            raise UserError(self.env._("The terms are not those that you read any more. Reload the page and read them again."))

    def _check_may_accept(self, on_behalf):
        """A member's own people; on behalf, whoever may write the membership."""
        self.check_access("write" if on_behalf else "read")
        if not on_behalf and not self.sudo()._lets_in(self.env.user):
            raise AccessError(
                self.env._(
                    "Only the people of %(member)s can accept the terms for it. From a signed paper copy, "
                    "record the acceptance on behalf of the member.",
                    member=self.sudo().name,
                )
            )
        if not on_behalf and self.sudo()._role_of(self.env.user) != "owner":
            raise AccessError(self.env._("The terms bind all of %(member)s: one of its owners accepts them.", member=self.sudo().name))

    def _check_acceptable(self, terms):
        if not terms:
            raise UserError(self.env._("No terms are in force yet, so there is nothing to accept. The network manager approves them under Members, Terms."))
        if self.state in OVER_STATES:
            raise UserError(self.env._("This membership is over. Apply to the network again first."))

    def _mail_terms(self, owners, subject, template, terms):
        """Said to the owners of this member, in the language of the environment."""
        held, region_and_type = self.held_terms_id, terms._place_of(self)
        deadline = self._terms_deadline(held, terms)
        self.message_notify(
            partner_ids=owners.partner_id.ids, subject=subject,
            body=self.env["ir.qweb"]._render(template, {
                "member": self, "terms": terms, "held": held, "base": self.get_base_url(),
                "day": format_date(self.env, terms.effective_date), "deadline": deadline and format_date(self.env, deadline),
                "changes": terms._comparison(held, *region_and_type, only_changes=True) if held and held != terms else False,
            }),
        )
