from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..planning import worth as core
from .wcm_plan_match import Match
from .wcm_solver_run import UNDER_WAY

# Rule of the plan: its name in the planner, and the figure that means "no such rule".
FREE = {
    "min_community_share": (core.GROUP_SHARE, 0),
    "max_facility_share": (core.MAX_SHARE, 1),
    "max_facilities_per_demand": (core.SPLITS, 0),
    "carbon_price": (core.CARBON, 0),
    "probation_hours": ("", 0),
    "min_evidence_level": ("", "declared"),
}
SECONDS = 10  # to think, for each


class WcmPlan(models.Model):
    """What each rule of a solved plan costs: the same question, as it was kept, without that rule."""

    _inherit = "wcm.plan"

    effect_of_id = fields.Many2one("wcm.plan", "Without a rule of", readonly=True, copy=False, index="btree_not_null", ondelete="cascade")
    effect_rule = fields.Selection(
        selection=lambda self: [(name, self._fields[name].string) for name in self._free_rules()], string="Rule left out", readonly=True, copy=False,
    )
    effect_ids = fields.One2many("wcm.plan", "effect_of_id", "What the rules cost", readonly=True, copy=False)
    effects_under_way = fields.Integer(compute="_compute_effects_under_way", help="How many of them are still waited for.")
    effect_of_cost = fields.Monetary("Cost with it", related="effect_of_id.cost", related_sudo=False)
    effect_of_gap = fields.Float("Its gap", related="effect_of_id.gap", related_sudo=False)
    effect_difference = fields.Monetary("Difference", readonly=True, copy=False, help="Between the two plans that were found.")
    effect_least = fields.Monetary("Proven at least", readonly=True, copy=False)
    effect_most = fields.Monetary("Proven at most", readonly=True, copy=False)
    effect_comparable = fields.Boolean(readonly=True, copy=False)
    effect_words = fields.Text("What that proves", compute="_compute_effect_words")

    _one_effect_a_rule = models.UniqueIndex(
        "(effect_of_id, effect_rule) WHERE effect_of_id IS NOT NULL", "Somebody else has just asked what the rules of this plan cost."
    )

    def _compute_effects_under_way(self):
        for plan in self:
            plan.effects_under_way = len(plan.effect_ids.filtered(lambda effect: effect.solve_state in UNDER_WAY))

    @api.depends("effect_of_id", "effect_rule", "state", "effect_least", "effect_most", "effect_comparable", "unplaced_quantity")
    def _compute_effect_words(self):
        for plan in self:
            plan.effect_words = plan.effect_of_id and plan._effect_text()

    def _effect_text(self):
        if self.solve_state in UNDER_WAY:
            return self.env._("Being worked out.")
        if self.state == "draft" and self.solve_state in ("failed", "stopped"):
            return self.solve_message
        if self.state == "cancelled":
            return self.env._("Cancelled. Ask again to have it worked out.")
        if self.state != "solved":
            return self.env._("Cannot be told: members have changed since. Solve the plan again, then ask again.")
        if not self.effect_comparable:
            return self._effect_quantity_text()
        return self._effect_money_text()

    def _effect_quantity_text(self):
        more = self.effect_of_id.unplaced_quantity - self.unplaced_quantity
        if more > 0:
            return self.env._("Without it %s more blocks are placed, so the money cannot be compared.", more)
        return self.env._("Without it the short search placed %s blocks fewer, so nothing is proven.", -more)

    def _effect_money_text(self):
        least, most = (formatLang(self.env, amount, currency_obj=self.currency_id) for amount in (self.effect_least, self.effect_most))
        if self.currency_id.is_zero(self.effect_most):
            text = self.env._("It costs nothing.")
        elif self.currency_id.is_zero(self.effect_least):
            text = self.env._("Within the gap: it may cost nothing, and costs %s at most.", most)
        else:
            text = self.env._("It costs between %(least)s and %(most)s.", least=least, most=most)
        if self.effect_rule == "carbon_price":
            return self.env._("%s The price itself, which nobody pays, is left out.", text)
        return text

    @api.model
    def _free_rules(self):
        """Hook: {rule: (its name in the planner, the figure that means "no such rule")}; one that says who may make what has no name there."""
        return FREE

    def action_effects(self):
        """For each rule that is in the way of something: the plan without it, solved in the background.

        Again: what has failed or was cancelled meanwhile is tried once more.
        """
        self.ensure_one()
        self.check_access("write")
        self._refuse_while_solving()
        problem = self._problem_for_effects()
        self.sudo().effect_ids.filtered(lambda plan: plan.state != "solved" and plan.solve_state not in UNDER_WAY).unlink()
        rules = [rule for rule in self._free_rules() if self._has_rule(problem, rule)]
        if not rules:
            raise UserError(self.env._("This plan was solved without any rule that could cost something."))
        for rule in set(rules) - set(self.effect_ids.mapped("effect_rule")):
            self._create_effect(problem, rule)

    def _problem_for_effects(self):
        run = self._answered_run()
        if self.effect_of_id or self.state not in ("solved", "offered") or not run:
            raise UserError(self.env._("What the rules cost can be told of a plan that has been solved. Solve it first."))
        return run._problem_and_result()[0]

    def _has_rule(self, problem, rule):
        """A rule that leaves the question the same costs nothing and is not shown."""
        if rule == "probation_hours":
            return bool(self.probation_hours and self._probation_members(problem))
        name, free = self._free_rules()[rule]
        return core.without(problem, name) is not problem if name else self[rule] != free

    def _probation_members(self, problem):
        members = self.env["wcm.membership"].sudo().browse(int(row.id) for row in problem.facilities).exists()
        return members.filtered(lambda member: member.state == "probation")

    def _create_effect(self, problem, rule):
        label = self._fields[rule]._description_string(self.env)
        plan = self.sudo().copy({
            "name": self.env._("%(plan)s, without “%(rule)s”", plan=self.name, rule=label),
            "effect_of_id": self.id,
            "effect_rule": rule,
            "seconds": min(self.seconds, SECONDS),
            "policy_id": False,
            rule: self._free_rules()[rule][1],
        })
        if self._without_rule(problem, rule) is not None:
            plan.sudo(False)._begin_solving()

    def _without_rule(self, problem, rule):
        """The question without it; None where it cannot be told any more."""
        if rule == "probation_hours":
            return self._without_probation(problem)
        name, _free = self._free_rules()[rule]
        return core.without(problem, name) if name else self._without_choice(problem, rule)

    def _without_probation(self, problem):
        """Hours on probation are worked out anew: known only where they still are what they were."""
        plan = self.sudo()
        members = self._probation_members(problem)
        free = Match(plan, members, {})
        open_hours = {str(member.id): free.hours_up_to(0, member) for member in members}
        capped = {str(member.id): free.capacity(member) for member in members}
        was = {key: {name: list(hours) for name, hours in problem.facility[key].capacity.items()} for key in capped}
        return core.with_capacity(problem, open_hours) if was == capped else None

    def _without_choice(self, problem, rule):
        """Who may make what is worked out anew, with the rule and without: known only where it still is what it was."""
        options, excluded = self._choices_now(problem)
        if (options, excluded) != (list(problem.options), list(problem.excluded)):
            return None
        options, excluded = self._choices_now(problem, rule)
        return replace(problem, options=options, excluded=excluded)

    def _choices_now(self, problem, without=""):
        """Options and exclusions of the question's members and components, as they are now.

        :param without: a rule that is left out
        """
        plan = self.sudo()
        members = self.env["wcm.membership"].sudo().browse(int(row.id) for row in problem.facilities).exists()
        products = self.env["product.product"].sudo().browse(int(row.id) for row in problem.items).exists()
        due = {row.item: row.due for row in sorted(problem.demands, key=lambda row: row.due)}
        last_days = {product: plan._end_of(due[str(product.id)]) for product in products}
        least = FREE[without][1] if without == "min_evidence_level" else plan.min_evidence_level
        return Match(plan, members, plan._boms(products), last_days, least, without).choices(products)

    def _question(self):
        if not self.effect_of_id:
            return super()._question()
        problem = self.effect_of_id._without_rule(self.effect_of_id._problem_for_effects(), self.effect_rule)
        if problem is None:
            raise UserError(self._effect_text())
        return problem.to_json()

    def _write_result(self, problem, result):
        super()._write_result(problem, result)
        plan = self.sudo()
        if plan.effect_of_id:
            plan.write(plan._effect_figures(result))
        else:
            plan.effect_ids.unlink()

    def _effect_figures(self, result):
        rule = self._free_rules()[self.effect_rule][0]
        ruled = self.effect_of_id._answered_run()._problem_and_result()[1]
        found = core.worth(ruled, result, rule)
        return {
            "effect_comparable": found is not None,
            "effect_least": found.least if found else 0,
            "effect_most": found.most if found else 0,
            "effect_difference": found.difference if found else 0,
        }

    def write(self, vals):
        if not self.env.su and vals.keys() & (self._questions() | {"policy_id"}):
            self._refuse_effects()
        return super().write(vals)

    def _check_offerable(self):
        self._refuse_effects()
        return super()._check_offerable()

    def _refuse_effects(self):
        if effect := self.filtered("effect_of_id")[:1]:
            raise UserError(self.env._("%s only shows what a rule costs. Duplicate it, and go on with the copy.", effect.name))

    def unlink(self):
        """With their runs, whose files the database would leave behind."""
        self.check_access("unlink")
        if effects := self.sudo().effect_ids:
            effects.unlink()
        return super().unlink()

    def _alternatives_domain(self):
        return [*super()._alternatives_domain(), ("effect_of_id", "=", False)]
