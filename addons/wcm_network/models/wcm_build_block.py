from odoo import api, fields, models
from odoo.tools import SQL

NOT_HERE = ("wanted", "offered", "agreed", "to_make", "made", "checked", "packed", "dispatched", "scrapped")
# Rows of orders and lines have no part: their ids are made of the record's and a number below this.
MOST_OF_ONE = 100_000


class WcmBuildBlock(models.Model):
    """Every block that a home needs, one row each, wherever it is: from wanted to installed.

    A query, not a table. A row is a labelled part; before that, one of the quantity of an offer or an agreed order;
    before that, one of what is needed and in no order. Scrapped parts stand in for what nobody makes again yet, so
    that a home has as many rows as it needs blocks.
    """

    _name = "wcm.build.block"
    _description = "Block of a build"
    _auto = False
    _order = "date_required, build_id, lift_rank, build_line_id, id"
    _depends = {
        "wcm.build": ["date_required", "region_id", "site_id", "state"],
        "wcm.build.line": ["build_id", "date_required", "product_id", "quantity", "stage"],
        "wcm.part": ["hold_reason", "is_held", "is_returned", "made_on", "name", "shipment_id", "state", "work_order_id"],
        "wcm.work.order": ["build_line_id", "date_due", "hold_reason", "membership_id", "on_hold", "quantity", "state"],
    }

    name = fields.Char("Part", readonly=True)
    build_id = fields.Many2one("wcm.build", readonly=True)
    site_id = fields.Many2one("wcm.site", readonly=True)
    region_id = fields.Many2one("wcm.region", readonly=True)
    build_line_id = fields.Many2one("wcm.build.line", "Demand", readonly=True)
    product_id = fields.Many2one("product.product", "Component", readonly=True)
    stage = fields.Selection(lambda self: self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env), readonly=True)
    lift_rank = fields.Integer("Stage by lifting", readonly=True, help="Floor first, then walls, then roof.")
    date_required = fields.Date("Lift", readonly=True, help="When its stage begins on site.")
    state = fields.Selection(
        [
            ("wanted", "Wanted"),
            ("offered", "On offer"),
            ("agreed", "Agreed"),
            ("to_make", "To make"),
            ("made", "Made"),
            ("checked", "Checked"),
            ("packed", "Packed"),
            ("dispatched", "On its way"),
            ("received", "Here"),
            ("installed", "Installed"),
            ("scrapped", "Scrapped"),
        ],
        readonly=True,
    )
    is_held = fields.Boolean("Held", readonly=True, help="By a check, a nonconformity, or the hold on its work order.")
    hold_reason = fields.Char("Held why", readonly=True)
    is_returned = fields.Boolean("Came back", readonly=True, help="Arrived, went back to its maker, and comes once more.")
    part_id = fields.Many2one("wcm.part", "Label", readonly=True)
    work_order_id = fields.Many2one("wcm.work.order", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Member", readonly=True)
    shipment_id = fields.Many2one("wcm.shipment", readonly=True)
    date_due = fields.Date("Ready by", readonly=True, help="What its member agreed to, or is asked for.")

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        """Groups by stage in the order in which a home goes up, by state in that in which a block is made; not by the alphabet."""
        in_order = {name: self._rank_sql(name, groupby_terms[name]) for name in self._in_their_order() if name in groupby_terms}
        terms = {**groupby_terms, **in_order}
        sql = super()._read_group_orderby(order, terms, query)
        groupby_terms.update({name: term for name, term in terms.items() if name not in in_order})
        return sql

    @api.model
    def _in_their_order(self):
        """Hook: selections whose groups come in the order of their values."""
        return ("stage", "state")

    def _rank_sql(self, name, term):
        values = [value for value, _label in self._fields[name]._description_selection(self.env)]
        return SQL("array_position(%s::varchar[], %s::varchar)", values, term)

    @property
    def _table_query(self):
        branches = (self._select_parts(), self._select_orders(), self._select_scrapped(), self._select_wanted())
        return SQL(" UNION ALL ").join(branches)

    def action_open(self):
        """The block; its order, or what is asked for, as long as it has no label."""
        self.check_access("read")
        block = self[:1]
        return (block.part_id or block.work_order_id or block.build_id)._get_records_action()

    def _select_parts(self):
        return self._select(
            SQL("part.id::bigint * 4"), self._part_state_sql(),
            SQL("FROM wcm_part part JOIN wcm_work_order wo ON wo.id = part.work_order_id"),
            SQL("part.state != 'scrapped'"),
        )

    def _part_state_sql(self):
        """Hook: what is made may be checked too."""
        return SQL("part.state")

    def _more_columns_sql(self):
        """Hook: what else is known of a row with its `part` and order `wo`, either of which may be missing; begins with a comma."""
        return SQL()

    def _select_orders(self):
        """What is on offer or agreed and has no labels yet."""
        return self._select(
            SQL("(wo.id::bigint * %s + nth) * 4 + 1", MOST_OF_ONE),
            SQL("CASE wo.state WHEN 'accepted' THEN 'agreed' ELSE 'offered' END"),
            SQL("FROM wcm_work_order wo CROSS JOIN LATERAL generate_series(1, wo.quantity) nth LEFT JOIN wcm_part part ON FALSE"),
            SQL("wo.state IN ('offered', 'countered', 'accepted')"),
        )

    def _select_scrapped(self):
        """The newest scrapped ones, as many as nothing has taken the place of. A void label was never a block."""
        return self._select(
            SQL("part.id::bigint * 4 + 2"), SQL("part.state"),
            SQL("FROM wcm_part part JOIN wcm_work_order wo ON wo.id = part.work_order_id"),
            SQL(
                """part.state = 'scrapped' AND part.made_on IS NOT NULL AND %(open)s >= (
                    SELECT COUNT(*) FROM wcm_part newer JOIN wcm_work_order its ON its.id = newer.work_order_id
                     WHERE its.build_line_id = line.id AND newer.state = 'scrapped' AND newer.made_on IS NOT NULL AND newer.id >= part.id)""",
                open=self._open_sql(),
            ),
        )

    def _select_wanted(self):
        return self._select(
            SQL("(line.id::bigint * %s + nth) * 4 + 3", MOST_OF_ONE), SQL("'wanted'"),
            SQL("FROM wcm_work_order wo RIGHT JOIN wcm_build_line line ON FALSE LEFT JOIN wcm_part part ON FALSE"),
            SQL("TRUE"),
            SQL(
                """CROSS JOIN LATERAL generate_series(1, (%(open)s - (
                    SELECT COUNT(*) FROM wcm_part gone JOIN wcm_work_order its ON its.id = gone.work_order_id
                     WHERE its.build_line_id = line.id AND gone.state = 'scrapped' AND gone.made_on IS NOT NULL))::int) nth""",
                open=self._open_sql(),
            ),
        )

    def _open_sql(self):
        """How many of a line's blocks are neither labelled nor in an offer or an agreed order."""
        return SQL("""(line.quantity
            - (SELECT COUNT(*) FROM wcm_part live JOIN wcm_work_order its ON its.id = live.work_order_id
                WHERE its.build_line_id = line.id AND live.state != 'scrapped')
            - (SELECT COALESCE(SUM(asked.quantity), 0) FROM wcm_work_order asked
                WHERE asked.build_line_id = line.id AND asked.state IN ('offered', 'countered', 'accepted')))""")

    def _select(self, row_id, state, source, condition, more=None):
        """One kind of rows; `source` brings `wo` and `part`, and `line` where there is no order."""
        line = SQL() if more else SQL("JOIN wcm_build_line line ON line.id = wo.build_line_id")
        return SQL(
            """
            SELECT %(id)s AS id, part.name, line.build_id, build.site_id, build.region_id, line.id AS build_line_id, line.product_id, line.stage,
                   CASE line.stage WHEN 'floor' THEN 1 WHEN 'walls' THEN 2 WHEN 'roof' THEN 3 ELSE 4 END AS lift_rank,
                   line.date_required, %(state)s AS state, COALESCE(part.is_held, FALSE) OR COALESCE(wo.on_hold, FALSE) AS is_held,
                   NULLIF(CONCAT_WS('; ', NULLIF(part.hold_reason, ''), CASE WHEN wo.on_hold THEN NULLIF(wo.hold_reason, '') END), '') AS hold_reason,
                   COALESCE(part.is_returned, FALSE) AS is_returned, part.id AS part_id, wo.id AS work_order_id, wo.membership_id, part.shipment_id, wo.date_due %(columns)s
              %(source)s %(line)s
              JOIN wcm_build build ON build.id = line.build_id %(more)s
             WHERE %(condition)s
            """,
            id=row_id, state=state, source=source, line=line, more=more or SQL(), condition=condition, columns=self._more_columns_sql(),
        )
