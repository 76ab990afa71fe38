from odoo import api, fields, models

# What plans may ask of every maker; a component may ask for more.
LEVELS = ("50", "60", "70", "80", "90")


class WcmPlanRules(models.AbstractModel):
    """A rule beside the others: how good a maker's quality must be."""

    _inherit = "wcm.plan.rules"

    min_rating = fields.Selection(
        [("off", "Does not count"), ("components", "Where a component asks for it"), *((level, f"{level} of every maker") for level in LEVELS)],
        "Quality rating at least", default="off", required=True,
        help="Members below it are left out, and so is a member with a major finding of an audit open past its date. A member whose rating is "
        "too few checks to say is left out only of components that ask for a rating themselves (on their bill of materials).",
    )

    @api.model
    def _rule_names(self):
        return (*super()._rule_names(), "min_rating")
