from secrets import token_hex

from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from ..sampling import AQLS, LEVELS, by_chance, every_nth, in_share, plan_for
from .wcm_control_plan_sampling import METHODS, REACHED


class WcmSample(models.Model):
    """The blocks of one order that are drawn to be checked, and what they say about the others.

    An order is the lot of ISO 2859-1: blocks of one component, made by one member to one drawing. It keeps the plan
    that was used, which blocks were drawn and the verdict. When more of the drawn blocks are nonconforming than may be,
    every block of the order is checked.
    """

    _name = "wcm.sample"
    _description = "Sample of an order"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "id desc"

    _guarded = frozenset({
        "name", "plan_id", "work_order_id", "method", "level", "aql", "severity", "lot_size", "letter", "sample_size", "accept_number", "seed",
        "drawn_part_ids", "checked_count", "nonconforming_count", "decided_on", "accepted_tighter", "resumed_by_id",
    })

    name = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [("open", "Being checked"), ("accepted", "Accepted"), ("rejected", "Not accepted")], default="open", required=True, readonly=True, index=True, tracking=True,
    )
    plan_id = fields.Many2one("wcm.control.plan", "Control plan", required=True, readonly=True, ondelete="restrict")
    stage = fields.Selection(related="plan_id.stage", store=True)
    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="work_order_id.build_id", store=True)
    product_id = fields.Many2one(related="work_order_id.product_id", store=True, string="Component")
    method = fields.Selection(METHODS, required=True, readonly=True)
    level = fields.Selection([(level, level) for level in LEVELS], "Inspection level", readonly=True)
    aql = fields.Selection([(aql, aql) for aql in AQLS], "AQL (%)", readonly=True)
    severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced"), ("discontinued", "Sampling stopped: every block")],
        "Inspection", readonly=True, help="By the switching rules of ISO 2859-1, from how this member's earlier orders of this component did.",
    )
    lot_size = fields.Integer("Blocks in the order", readonly=True)
    letter = fields.Char("Code letter", readonly=True)
    sample_size = fields.Integer("To check", readonly=True)
    accept_number = fields.Integer("May be nonconforming", readonly=True, help="Acceptance number: with more, the order is not accepted.")
    seed = fields.Char(readonly=True, help="Blocks are drawn by the smallest SHA-256 of “seed serial-number”, so anybody can repeat the draw.")
    drawn_part_ids = fields.Many2many("wcm.part", "wcm_sample_wcm_part_rel", "sample_id", "part_id", "Drawn blocks", readonly=True)
    # Stored: of two people who close the last two checks at once, one is asked to wait, and sees the other's.
    checked_count = fields.Integer("Checked", compute="_compute_counts", store=True)
    nonconforming_count = fields.Integer("Nonconforming", compute="_compute_counts", store=True, help="At their first check; what was put right afterwards counts all the same.")
    decided_on = fields.Datetime(readonly=True)
    accepted_tighter = fields.Selection([("yes", "Yes"), ("no", "No")], "At the next smaller AQL too", readonly=True, help="Counts for reduced inspection; asked only where two or more may be nonconforming.")
    resumed_by_id = fields.Many2one("res.users", "Sampling resumed by", readonly=True, ondelete="restrict")
    resume_reason = fields.Char("What was put right", help="Before sampling is taken up again: it is kept with the sample.")

    _one_per_order_and_stage = models.UniqueIndex("(work_order_id, stage)", "This order has a sample at this stage already.")

    @api.depends("drawn_part_ids.inspection_ids.state", "stage")
    def _compute_counts(self):
        for sample in self:
            sample.checked_count = len(sample._checked())
            sample.nonconforming_count = len(sample._nonconforming())

    def action_resume(self, reason=None):
        """The member has put right what was wrong: sampling begins again, tightened."""
        self.ensure_one()
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead takes sampling up again."))
        self.check_access("read")
        if self.severity != "discontinued" or self.resumed_by_id:
            raise UserError(self.env._("Sampling of %s was not stopped.", self.name))
        reason = (reason or self.resume_reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say what the member has put right: it is kept with the sample."))
        self.sudo().write({"resumed_by_id": self.env.uid, "resume_reason": reason})

    def action_view_inspections(self):
        self.ensure_one()
        return self.drawn_part_ids._quality_action("wcm_qc.action_inspection", [("part_id", "in", self.drawn_part_ids.ids), ("stage", "=", self.stage)])

    @api.model
    def _due(self, parts, stage):
        """Of blocks that have just come to a stage, those that are checked there."""
        due = parts.browse()
        for (order, plan), reached in parts.grouped(lambda part: (part.work_order_id, part._plan_for(stage))).items():
            sampled = plan._sampled_by()
            due |= self._of(order, sampled)._drawn_of(reached) if sampled else reached
        return due

    @api.model
    def _of(self, order, plan):
        """The order's sample, which stays as it began when the plan has a new version."""
        known = order.sample_ids.filtered(lambda sample: sample.stage == plan.stage)
        return known or self._begin(order, plan)

    @api.model
    def _begin(self, order, plan):
        """:raise ConcurrencyError: another phone recorded the first block of the order just now, which starts this again"""
        try:
            return self.create(self._begin_values(order, plan))
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _begin_values(self, order, plan):
        values = {
            "name": self.env["ir.sequence"].next_by_code("wcm.sample"), "plan_id": plan.id, "work_order_id": order.id, "method": plan.sampling,
            "seed": token_hex(8), "lot_size": len(order.part_ids),
        }
        if plan.sampling == "iso":
            values |= {"level": plan.sampling_level, "aql": plan.sampling_aql, "severity": self._next_severity(order, plan)}
        return values

    def _drawn_of(self, made):
        """Those of `made` that are checked; all of them once the order was not accepted."""
        if self.state == "rejected":
            return made
        self._draw(made)
        return made & self.drawn_part_ids

    def _draw(self, made):
        lot = self._lot()
        drawn = {"iso": self._draw_by_plan, "nth": self._draw_nth, "share": self._draw_share}[self.method](lot, made)
        again = {"state": "open", "decided_on": False} if self.state == "accepted" and drawn - self.drawn_part_ids else {}
        size = {"sample_size": len(drawn)} if self.method != "iso" else {}
        self.write({"drawn_part_ids": [Command.set(drawn.ids)], "lot_size": len(lot), **size, **again})

    def _draw_by_plan(self, lot, made):
        """As many as the table says for the lot of now; a block that was scrapped before its check is drawn again."""
        values = self._plan_values(len(lot))
        kept = lot & self.drawn_part_ids
        names = by_chance(self.seed, lot.mapped("name"), values["sample_size"], kept.mapped("name"))
        self.write(values)
        return kept | lot.filtered(lambda part: part.name in set(names))

    def _plan_values(self, lot_size):
        if self.severity == "discontinued":
            return {"sample_size": lot_size, "accept_number": 0, "letter": False}
        plan = plan_for(lot_size, self.level, self.aql, self.severity)
        return {"sample_size": plan.size, "accept_number": plan.accept, "letter": plan.letter}

    def _draw_nth(self, lot, made):
        earlier = self.env["wcm.part"].search_count([
            ("membership_id", "=", self.membership_id.id), ("product_id", "=", self.product_id.id), ("id", "not in", made.ids),
            ("made_on", "!=", False) if self.stage == "final" else ("state", "in", REACHED[self.stage]),
        ])
        new = made.filtered(lambda part: part not in self.drawn_part_ids)
        drawn = [part.id for position, part in enumerate(new, earlier + 1) if every_nth(position, self.plan_id.sampling_every)]
        return self.drawn_part_ids | made.browse(drawn)

    def _draw_share(self, lot, made):
        return self.drawn_part_ids | made.filtered(lambda part: in_share(self.seed, part.name, self.plan_id.sampling_percent))

    def _lot(self):
        """Blocks that the order is made of by now; scrapped ones count where they were checked before."""
        return self.work_order_id.part_ids.filtered(lambda part: part.state != "scrapped") | self._checked()
