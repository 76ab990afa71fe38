from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import SQL

from ..clauses.accrual import NOTHING, Counted
from .wcm_work_order_levy import LevyRate

# Which invoice it is on, and which bill of the region: all that ever changes of an entry.
LINKS = frozenset({"invoice_line_id", "region_bill_line_id"})
FIGURES = ("quantity", "amount", "levy", "region_share")


class WcmLevyEntry(models.Model):
    """The levy on what one order had accepted, or a credit of it; append-only.

    Each is the difference between what is right and what was counted before, so counting again adds nothing. Entries of a
    member's year are numbered: of two transactions that count at the same moment the database lets one in, and the other
    begins again and finds it done.
    """

    _name = "wcm.levy.entry"
    _description = "Levy entry"
    _inherit = ["wcm.facade"]
    _order = "date desc, id desc"
    _rec_name = "work_order_id"

    _office_readable = frozenset({"membership_id", "work_order_id", "date", "quantity", "amount", "levy", "currency_id", "rule"})

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="restrict")
    region_id = fields.Many2one("wcm.region", readonly=True, index=True, ondelete="restrict", help="The member's region when it was counted.")
    work_order_id = fields.Many2one("wcm.work.order", "Work order", required=True, readonly=True, index=True, ondelete="restrict")
    build_id = fields.Many2one(related="work_order_id.build_id", string="Home")
    year = fields.Integer("Year of delivery", required=True, readonly=True, aggregator=None, help="Calendar year in which the blocks arrived: tiers go by its turnover.")
    number = fields.Integer(required=True, readonly=True, aggregator=None, help="Of the member's entries of that year.")
    date = fields.Date(required=True, readonly=True, index=True, help="The first entry of an order in a year: the day of the delivery. Others: the day on which the change was counted.")
    quantity = fields.Float("Blocks", readonly=True, digits="Product Unit", help="That were accepted; negative where blocks went back, are on hold, or are not accepted after all.")
    amount = fields.Monetary("On", readonly=True, help="Price of these blocks, without VAT.")
    levy = fields.Monetary(readonly=True, help="Negative: a credit.")
    network_share = fields.Monetary("Network's share", readonly=True)
    region_share = fields.Monetary("Region's share", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, help="Of the order.")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    terms_currency_id = fields.Many2one("res.currency", "Terms in", readonly=True, ondelete="restrict", help="Currency of the amounts that the terms name, where it is not the order's.")
    rate = fields.Float(readonly=True, digits=(20, 10), aggregator=None, help="One unit of the order's currency in that of the terms, by Odoo's rates. Of the first entry of an order in a year, and kept for the others, so that a change of rates changes no levy. 0: none was needed.")
    rate_date = fields.Date("Rate of", readonly=True, help="The day of that rate.")
    rule = fields.Char("By the rule", readonly=True, help="The levy that the order was agreed at, in words.")
    invoice_line_id = fields.Many2one("account.move.line", "Line of the invoice", readonly=True, index="btree_not_null", ondelete="set null")
    invoice_id = fields.Many2one(related="invoice_line_id.move_id", string="Invoice")
    region_bill_line_id = fields.Many2one("account.move.line", "Line of the region's bill", readonly=True, index="btree_not_null", ondelete="set null")
    region_bill_id = fields.Many2one(related="region_bill_line_id.move_id", string="Region's bill")

    _number_uniq = models.UniqueIndex("(membership_id, year, number)", "Somebody else is counting the levy of this member right now. Try again in a moment.")
    _shares_are_levy = models.Constraint("CHECK(levy = network_share + region_share)", "The shares of the network and the region together are the levy.")
    _order_year_idx = models.Index("(work_order_id, year)")

    def init(self):
        """The database refuses changes too, but for which invoice an entry is on."""
        self.env.cr.execute(SQL("""
            CREATE OR REPLACE FUNCTION wcm_levy_entry_append_only() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND
                    (to_jsonb(NEW) - '{invoice_line_id,region_bill_line_id,write_uid,write_date}'::text[])
                    = (to_jsonb(OLD) - '{invoice_line_id,region_bill_line_id,write_uid,write_date}'::text[])
                THEN RETURN NEW; END IF;
                RAISE EXCEPTION 'Entries of the levy are never changed; append a new one.' USING ERRCODE = 'restrict_violation';
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER wcm_levy_entry_append_only BEFORE UPDATE OR DELETE ON wcm_levy_entry
                FOR EACH ROW EXECUTE FUNCTION wcm_levy_entry_append_only();
        """))

    @api.depends("work_order_id", "date")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.work_order_id.name} {entry.date}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The levy is counted from accepted deliveries, not written by hand."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su or not LINKS.issuperset(vals):
            raise UserError(self.env._("An entry of the levy is never changed. What was counted wrongly is put right by the next count."))
        return super().write(vals)

    def unlink(self):  # pylint: disable=method-required-super; nobody ever deletes one
        raise UserError(self.env._("An entry of the levy is never deleted. What was counted wrongly is put right by the next count."))

    def action_accrue(self):
        """Count now, for all members whom the caller coordinates; at night it happens by itself."""
        members = self.env["wcm.membership"]
        members._check_coordinator()
        counted = members.search([("work_order_ids.purchase_line_id", "!=", False)])
        entries = self._accrue(counted)
        words = self.env._("%s entries are new.", len(entries)) if entries else self.env._("Nothing has changed since the last count.")
        left_out = counted._settled_orders()._uncounted_words()
        values = {"type": "warning" if left_out else "success", "message": "\n".join(filter(None, (words, left_out))), "sticky": bool(left_out)}
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": {**values, "next": reload}}

    @api.model
    def _cron_accrue(self, members_at_once=20):
        """Some members at a time, each lot committed. What cannot be counted is told to the coordinators."""
        members = self.env["wcm.membership"].search([("work_order_ids.purchase_line_id", "!=", False)])
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(members))
        for start in range(0, len(members), members_at_once):
            some = members[start : start + members_at_once]
            self._accrue(some)
            some._tell_of_uncounted()
            progress(len(some))

    @api.model
    def _accrue(self, members):
        """The entries that bring the levy of these members up to what is accepted now."""
        entries = self.sudo()
        orders = entries.env["wcm.work.order"].search([("membership_id", "in", members.ids), ("purchase_line_id", "!=", False)])
        accepted = (orders - orders._without_levy_rate())._accepted_by_year()
        counted, years, rates = entries._counted(orders), entries._years(members), entries._rates(orders)
        values = []
        for (order, year), now in sorted(accepted.items(), key=lambda item: (item[1].last_day, item[0][0].id)):
            before, known = counted.get((order, year), Counted()), years[order.membership_id, year]
            rate = rates[order, year] if (order, year) in rates else order._levy_rate(now.last_day)
            new = order._levy_entry(now, before, known.turnover(order._levy_currency(), order._levy_company()), rate)
            if new:
                values.append(entries._prepare(order, year, new, rate, fields.Date.context_today(self) if before else now.last_day))
                values[-1]["number"] = known.add(order.currency_id, values[-1]["date"], new.amount, rate)
        return entries._refusing_races(values)

    def _prepare(self, order, year, new, rate, day):
        return {
            "membership_id": order.membership_id.id, "region_id": order.membership_id.region_id.id, "work_order_id": order.id, "year": year, "date": day,
            "quantity": float(new.quantity), "amount": float(new.amount), "levy": float(new.levy),
            "network_share": float(new.network_share), "region_share": float(new.region_share),
            "currency_id": order.currency_id.id, "company_id": order.purchase_id.company_id.id, "rule": order._levy_rule(),
            "terms_currency_id": rate and rate.currency_id, "rate": rate and float(rate.rate), "rate_date": rate and rate.day,
        }

    def _refusing_races(self, values):
        try:
            entries = self.create(values)
            entries.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        return entries

    def _counted(self, orders):
        """{(order, year): what was counted of it}"""
        groups = self._read_group([("work_order_id", "in", orders.ids)], ["work_order_id", "year"], [f"{name}:sum" for name in FIGURES])
        return {(order, year): Counted(*(_decimal(figure, 2) for figure in figures)) for order, year, *figures in groups}

    def _rates(self, orders):
        """{(order, year): the LevyRate that its first entry kept, or None}"""
        kept = [("work_order_id", "in", orders.ids)]
        groups = self._read_group(kept, ["work_order_id", "year", "terms_currency_id"], ["rate:max", "rate_date:min"])
        return {(order, year): LevyRate(currency.id, _decimal(rate, 10), day) if currency else None for order, year, currency, rate, day in groups}

    def _years(self, members):
        """{(member, year): what was counted of that year}"""
        years = defaultdict(lambda: YearCounted([], 0))
        of_one_rate = ["membership_id", "year", "currency_id", "work_order_id", "date:day", "terms_currency_id"]
        groups = self._read_group([("membership_id", "in", members.ids)], of_one_rate, ["amount:sum", "rate:max", "number:max"])
        for member, year, currency, _order, day, terms_currency, amount, rate, number in groups:
            kept = LevyRate(terms_currency.id, _decimal(rate, 10), day) if terms_currency else None
            years[member, year].amounts.append((currency, day, _decimal(amount, 2), kept))
            years[member, year].last_number = max(years[member, year].last_number, number)
        return years


@dataclass
class YearCounted:
    """What was counted of one member's year.

    :ivar amounts: (currency, day, price of what was accepted, LevyRate or None)
    :ivar last_number: of its entries
    """

    amounts: list
    last_number: int

    def add(self, currency, day, amount, rate=None):
        """:return: the number of the new entry"""
        self.amounts.append((currency, day, amount, rate))
        self.last_number += 1
        return self.last_number

    def turnover(self, currency, company):
        """In this currency: at the rate that an entry kept, others at Odoo's of the day of their entry."""
        return sum((self._in(currency, company, *one) for one in self.amounts), NOTHING)

    def _in(self, currency, company, own, day, amount, rate):
        if rate and rate.currency_id == currency.id:
            return amount * rate.rate
        return _decimal(own._convert(float(amount), currency, company, day), 2)


def _decimal(number, digits):
    return Decimal(str(round(number, digits)))
