from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .. import rating

# The rating that speaks for ending probation.
GOOD = 70
# Orders on time and right first time that speak for it, unless the system parameter says otherwise.
ORDERS, ORDERS_KEY = 3, "wcm_qc.probation_orders"


class WcmMembership(models.Model):
    """Whether probation should end: a proposal with its reasons. A person decides (`action_activate`, `action_prolong`)."""

    _inherit = "wcm.membership"

    _guarded = frozenset({"probation_until", "prolonged"})

    probation_until = fields.Date("Look at it again on", readonly=True, copy=False, tracking=True)
    prolonged = fields.Integer("Times prolonged", readonly=True, copy=False)
    probation_proposal = fields.Selection([("end", "End probation"), ("prolong", "Prolong it")], "Proposal", compute="_compute_probation")
    probation_reasons = fields.Text("Because", compute="_compute_probation")

    @api.depends("state")
    def _compute_probation(self):
        """From accepted first pieces, orders on time and right first time, the rating of this month, and what is open."""
        on_probation = self.filtered(lambda member: member.state == "probation")
        rows, pieces, held = on_probation._current_ratings(), on_probation._accepted_first_pieces(), on_probation._open_nonconformities()
        delivered, good = on_probation._good_orders()
        for member in self - on_probation:
            member.probation_proposal = member.probation_reasons = False
        for member in on_probation:
            against, reasons = member._probation_facts(rows.get(member), pieces.get(member, 0), held.get(member, 0), delivered[member], good[member])
            member.probation_proposal = "prolong" if against else "end"
            member.probation_reasons = "\n".join(reasons)

    def _probation_facts(self, row, pieces, held, delivered, good):
        """(whether something speaks against ending it, one line for each fact)

        :param delivered: orders of which all has arrived; `good` of them were on time and right first time
        """
        fewest = self._orders_for_ending()
        facts = [
            (pieces > 0, self.env._("First pieces accepted: %s (at least 1)", pieces)),
            (len(good) >= fewest, self.env._("Orders on time and right first time: %(good)s of %(all)s delivered (at least %(fewest)s)%(names)s",
                                             good=len(good), all=len(delivered), fewest=fewest, names=self._names_of(good))),
            (bool(row and row.is_rated), self.env._("Blocks checked: %(count)s (at least %(fewest)s to say anything)", count=row.checked if row else 0, fewest=rating.FEWEST)),
            (not held, self.env._("Open nonconformities: %s", held)),
            (not (row and row.late_findings), self.env._("Major findings past their date: %s", row.late_findings if row else 0)),
        ]
        if row and row.is_rated:
            facts.insert(2, (row.score >= GOOD, self.env._("Quality rating %(score).0f (at least %(good)s); its range is %(low).0f to %(high).0f",
                                                            score=row.score, good=GOOD, low=row.score_low, high=row.score_high)))
        return any(not speaks for speaks, _words in facts), [("✓ " if speaks else "✗ ") + words for speaks, words in facts]

    @api.model
    def _orders_for_ending(self):
        text = self.env["ir.config_parameter"].sudo().get_param(ORDERS_KEY) or ""
        return int(text) if text.isascii() and text.isdigit() else ORDERS

    def _good_orders(self):
        """({member: delivered orders}, {member: those on time and right first time})"""
        delivered = self._delivered_orders() - self._left_out("on_time")
        good = self._orders_on_time(delivered) & self._orders_right_first_time(delivered)
        none = delivered.browse()
        by_member, good_by_member = delivered.grouped("membership_id"), good.grouped("membership_id")
        return {member: by_member.get(member, none) for member in self}, {member: good_by_member.get(member, none) for member in self}

    def _names_of(self, orders):
        return ": " + ", ".join(orders.mapped("name")) if orders else ""

    def _accepted_first_pieces(self):
        orders = self.env["wcm.work.order"]._read_group(
            [("membership_id", "in", self.ids), ("is_first_piece", "=", True), ("first_accepted_on", "!=", False)], ["membership_id"], ["__count"],
        )
        return dict(orders)

    def _open_nonconformities(self):
        found = self.env["wcm.nonconformity"]._read_group([("membership_id", "in", self.ids), ("lot_id", "=", False), ("is_active", "=", True)], ["membership_id"], ["__count"])
        return dict(found)

    def action_prolong(self, reason=None, until=None):
        """It stays on probation, is told why, and somebody looks again on a day."""
        self.ensure_one()
        self.check_access("write")
        self._check_reason(reason)
        day = self._check_prolonged(until)
        member = self.sudo()
        member.write({"probation_until": day, "prolonged": member.prolonged + 1, "decision_reason": reason})
        member._tell("prolonged")
        member.activity_schedule("mail.mail_activity_data_todo", date_deadline=day, user_id=self.env.uid, summary=self.env._("End probation, or prolong it again"))

    def _told_reason(self, step):
        return self.decision_reason if step == "prolonged" else super()._told_reason(step)

    def _told_prolonged(self):
        return (
            self.env._("%s: probation goes on", self.name),
            self.env._("%(member)s stays on probation; it is looked at again on %(day)s.", member=self.name, day=format_date(self.env, self.probation_until)),
            [
                self.env._("Read your record under Us: it says what is counted, and how to contest it."),
                self.env._("Probation ends with an accepted first piece and %s orders that are on time and right first time.", self._orders_for_ending()),
            ],
            "/workshop/our-record",
        )

    def _check_prolonged(self, until):
        """The day as it came over RPC."""
        try:
            day = fields.Date.to_date(until if isinstance(until, str | date) else False)
        except (TypeError, ValueError):
            day = None
        if self.state != "probation":
            raise UserError(self.env._("Only a member on probation can stay on it."))
        if not day or day <= fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day to look at it again, later than today."))
        return day
