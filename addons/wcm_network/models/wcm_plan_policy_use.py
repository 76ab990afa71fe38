from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WcmPlan(models.Model):
    """A plan takes its rules from a set and keeps them as its own: whoever changes the set later changes no plan."""

    _inherit = "wcm.plan"

    policy_id = fields.Many2one(
        "wcm.plan.policy", "Set of rules", ondelete="set null", index="btree_not_null", domain="[('currency_id', '=', currency_id)]",
        help="Choosing one copies its figures into this plan.",
    )
    policy_difference = fields.Text("Changed from the set", compute="_compute_policy_difference")

    @api.depends(lambda self: ("policy_id", *self._rule_names(), *(f"policy_id.{name}" for name in self._rule_names())))
    def _compute_policy_difference(self):
        for plan in self:
            plan.policy_difference = "\n".join(plan._differences_from(plan.policy_id)) if plan.policy_id else False

    def _differences_from(self, policy):
        """One line for each figure that is not the set's."""
        for name in self._rule_names():
            if not self._is_same_rule(name, policy):
                yield self.env._(
                    "%(rule)s: %(here)s (in the set %(there)s)",
                    rule=self._fields[name]._description_string(self.env),
                    here=self._rule_text(name),
                    there=policy._rule_text(name),
                )

    @api.constrains("policy_id", "currency_id")
    def _check_policy_currency(self):
        for plan in self:
            if plan.policy_id and plan.policy_id.currency_id != plan.currency_id:
                raise ValidationError(
                    self.env._("“%(name)s” has its prices in %(currency)s.", name=plan.policy_id.name, currency=plan.policy_id.currency_id.name)
                )

    @api.onchange("policy_id")
    def _onchange_policy_id(self):
        if self.policy_id:
            self.update(self.policy_id._rule_values())

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_policy(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_policy(vals))

    @api.model
    def _with_policy(self, vals):
        """The set's figures; those that are said beside it count more."""
        policy_id = vals.get("policy_id")
        if not policy_id:
            return vals
        policy = self.env["wcm.plan.policy"].browse(policy_id)
        policy.check_access("read")
        return {**policy._rule_values(), **vals}

    def action_save_as_policy(self):
        """A set of these figures; opened, to give it a name of its own."""
        self.ensure_one()
        self.check_access("write")
        policy = self.env["wcm.plan.policy"].create({
            "name": self.env._("Rules of %s", self.name), "currency_id": self.currency_id.id, **self._rule_values(),
        })
        self.policy_id = policy
        return policy._get_records_action()
