from odoo import fields, models


class WcmPlanPolicy(models.Model):
    """A set of rules with a name, for plans to start from."""

    _name = "wcm.plan.policy"
    _description = "Set of rules"
    _inherit = "wcm.plan.rules"
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Text(help="Who decided it, when, and what for.")

    _name_uniq = models.UniqueIndex("(name) WHERE active", "There is a set of rules of this name already. Choose another name.")

    def action_open_plans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_plan")
        return {**action, "domain": [("policy_id", "=", self.id)], "context": {"default_policy_id": self.id}}
