from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .. import rating

FORMULA = """Rating = %(yield)d × blocks right at the first check / blocks checked
+ %(nonconformities)d × blocks right / (blocks right + points of nonconformities)
+ %(actions)d × corrective actions on time / due
+ %(audits)d × mean audit score,
over the last 12 months, out of 100; what nothing was counted of is left out and the rest counts for more.
Points: rework 1; repair, use as is or undecided 2; return 4; scrap 5; double when noticed at the site or by a customer, half when the member told it.
Too few to say below %(fewest)d checked blocks. At most %(cap)d while a major finding of an audit is open past its date.
The range is what the first-pass yield allows: its 95 %% Wilson interval."""

# What the night works out, and what people say of it: nobody writes either by hand.
COUNTED = frozenset({
    "membership_id", "month", "is_current", "score", "is_rated", "score_low", "score_high", "rated_on", "checked", "right", "nonconformity_count", "points",
    "actions_due", "actions_on_time", "audit_count", "late_findings", "yield_share", "nonconformities_share", "actions_share", "audits_share", "change",
})
OBJECTION = frozenset({"objection", "objected_on", "objected_by_id", "answer", "answered_on", "answered_by_id"})


class WcmQualityRating(models.Model):
    """What is known of a member's quality in one figure, one row a month; the row of this month is worked out anew every night.

    The formula is in `rating/README.md` and stands on the form (`FORMULA`). Members see their own rows, and can object to one in words.
    """

    _name = "wcm.quality.rating"
    _description = "Quality rating"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.guarded", "wcm.facade"]
    _order = "month desc, membership_id"
    _rec_names_search = ["membership_id"]

    _member_readable = COUNTED | OBJECTION - {"objected_by_id", "answered_by_id"} | {"month_name", "words", "made_of", "formula", "state"}
    _guarded = COUNTED | OBJECTION

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    month = fields.Date(required=True, readonly=True, index=True, help="The first day of the month.")
    month_name = fields.Char("In", compute="_compute_month_name")
    rated_on = fields.Date("Worked out on", readonly=True)
    is_current = fields.Boolean("This month", readonly=True, index=True)
    is_rated = fields.Boolean("Enough to say", readonly=True)
    score = fields.Float("Rating", digits=(5, 1), readonly=True, aggregator="avg", help="0 to 100. Empty where too few blocks were checked to say.")
    change = fields.Float(digits=(5, 1), readonly=True, aggregator=None, help="In points, since the month before.")
    score_low = fields.Float("At least", digits=(5, 1), readonly=True, aggregator=None)
    score_high = fields.Float("At most", digits=(5, 1), readonly=True, aggregator=None)
    checked = fields.Integer("Blocks checked", readonly=True)
    right = fields.Integer("Right at the first check", readonly=True)
    nonconformity_count = fields.Integer("Nonconformities", readonly=True)
    points = fields.Float("Points of nonconformities", digits=(8, 1), readonly=True)
    actions_due = fields.Integer("Corrective actions due", readonly=True)
    actions_on_time = fields.Integer("On time", readonly=True)
    audit_count = fields.Integer("Audits", readonly=True, aggregator=None)
    late_findings = fields.Integer("Major findings past their date", readonly=True, aggregator=None)
    yield_share = fields.Float("First-pass yield", readonly=True, aggregator=None)
    nonconformities_share = fields.Float("Freedom from nonconformities", readonly=True, aggregator=None)
    actions_share = fields.Float("Corrective actions on time", readonly=True, aggregator=None)
    audits_share = fields.Float("Audit score", readonly=True, aggregator=None)
    words = fields.Char("In words", compute="_compute_words")
    made_of = fields.Text("Made of", compute="_compute_made_of")
    formula = fields.Text(compute="_compute_formula")
    state = fields.Selection(
        [("quiet", "No objection"), ("objected", "Objection to answer"), ("answered", "Objection answered")],
        "Objection's state", compute="_compute_state", store=True, index=True,
    )
    objection = fields.Text(readonly=True, copy=False)
    objected_on = fields.Date(readonly=True, copy=False)
    objected_by_id = fields.Many2one("res.users", "Objected by", readonly=True, copy=False)
    answer = fields.Text("Answer to it", readonly=True, copy=False)
    answered_on = fields.Date(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)

    _one_a_month = models.UniqueIndex("(membership_id, month)", "This member has a rating of that month already.")

    @api.depends("membership_id.name", "month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = ", ".join(filter(None, (row.sudo().membership_id.name, row.month_name)))

    @api.depends("month")
    def _compute_month_name(self):
        for row in self:
            row.month_name = format_date(self.env, row.month, date_format="MMMM y")

    @api.depends("objection", "answer")
    def _compute_state(self):
        for row in self:
            row.state = "quiet" if not row.objection else "answered" if row.answer else "objected"

    @api.depends("is_rated", "score", "score_low", "score_high", "checked", "late_findings")
    def _compute_words(self):
        for row in self:
            row.words = row._words()

    def _words(self):
        """“84 of 100 (72 to 91), from 62 checked blocks”"""
        self.ensure_one()
        if not self.is_rated:
            return self.env._("Too few to say: %(count)s of %(fewest)s checked blocks", count=self.checked, fewest=rating.FEWEST)
        text = self.env._("%(score).0f of 100 (%(low).0f to %(high).0f), from %(count)s checked blocks",
                          score=self.score, low=self.score_low, high=self.score_high, count=self.checked)
        return self.env._("%s; cut, for a major finding is late", text) if self.late_findings else text

    @api.depends("checked", "right", "points", "actions_due", "actions_on_time", "audit_count", "audits_share", "late_findings")
    def _compute_made_of(self):
        for row in self:
            row.made_of = "\n".join(row._made_of())

    def _made_of(self):
        """One line for each share, with its count and weight."""
        nothing = self.env._("nothing counted, left out")
        lines = (
            (self.env._("First-pass yield"), "yield", self.env._("%(right)s of %(checked)s blocks", right=self.right, checked=self.checked), self.checked),
            (self.env._("Freedom from nonconformities"), "nonconformities",
             self.env._("%(count)s found, %(points)g points", count=self.nonconformity_count, points=self.points), self.right + self.points),
            (self.env._("Corrective actions on time"), "actions", self.env._("%(done)s of %(due)s", done=self.actions_on_time, due=self.actions_due), self.actions_due),
            (self.env._("Audits"), "audits", self.env._("%s visits", self.audit_count), self.audit_count),
        )
        for label, key, counted, is_known in lines:
            share = f"{100 * self[f'{key}_share']:.0f} %, {counted}" if is_known else nothing
            yield self.env._("%(label)s (weight %(weight)s): %(share)s", label=label, weight=rating.WEIGHTS[key], share=share)
        if self.late_findings:
            yield self.env._("Cut to %(cap)d at most: %(count)s major findings are open past their date", cap=rating.CAP, count=self.late_findings)

    def _compute_formula(self):
        text = FORMULA % {**rating.WEIGHTS, "fewest": rating.FEWEST, "cap": rating.CAP}
        for row in self:
            row.formula = text

    def action_object(self, words=None):
        """Said by an owner or supervisor of the member, of a row of its own; a quality lead answers."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo().membership_id._lets_in(self.env.user) or not self.env.user.has_group("wcm_network.group_member_office"):
            raise AccessError(self.env._("An owner or supervisor of the member objects to its rating."))
        self._check_words(words, self.env._("Say what is not right, in words: a quality lead answers."))
        today = fields.Date.context_today(self)
        self.sudo().write({"objection": words, "objected_on": today, "objected_by_id": self.env.uid, "answer": False, "answered_on": False, "answered_by_id": False})
        self.sudo()._ask_leads()

    def _ask_leads(self):
        leads = self.env.ref("wcm_qc.group_quality_lead").user_ids.filtered(lambda user: user.active and not user.share)
        if leads:
            self.activity_schedule("wcm_qc.activity_rating_objection", user_id=leads.sorted("id")[0].id, summary=self.objection[:100])

    def action_answer(self, words=None):
        """By a quality lead. The figure stays what was counted: what was counted wrongly is corrected where it was recorded."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("A quality lead answers an objection."))
        if not self.objection:
            raise UserError(self.env._("Nobody has objected to this rating."))
        self._check_words(words, self.env._("Answer in words: the member reads it."))
        row = self.sudo()
        row.write({"answer": words, "answered_on": fields.Date.context_today(self), "answered_by_id": self.env.uid})
        row.activity_unlink(["wcm_qc.activity_rating_objection"])
        row.message_notify(partner_ids=row.objected_by_id.partner_id.ids, subject=self.env._("Your objection to the quality rating is answered"), body=words)

    def _check_words(self, words, message):
        if not isinstance(words, str) or not words.strip():
            raise UserError(message)
