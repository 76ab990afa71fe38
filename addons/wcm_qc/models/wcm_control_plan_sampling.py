from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..sampling import AQLS, LEVELS

METHODS = [
    ("all", "Every block"),
    ("iso", "A sample of each order (ISO 2859-1)"),
    ("nth", "Every so many blocks"),
    ("share", "A random share"),
]
HOW_MANY = ("sampling", "sampling_level", "sampling_aql", "sampling_every", "sampling_percent", "reduced_allowed")
# States of blocks at and after a stage that samples are drawn at.
REACHED = {
    "final": ("made", "packed", "dispatched", "received", "installed"),
    "dispatch": ("packed", "dispatched", "received", "installed"),
    "site_receipt": ("received", "installed"),
}


class WcmControlPlan(models.Model):
    """How many blocks of an order are checked by a plan."""

    _inherit = "wcm.control.plan"

    sampling = fields.Selection(METHODS, "How many are checked", default="all", required=True)
    sampling_level = fields.Selection([(level, level) for level in LEVELS], "Inspection level", default="II", required=True, help="II is usual; I checks fewer, III more; S-1 to S-4 are for checks that destroy or cost much.")
    sampling_aql = fields.Selection(
        [(aql, aql) for aql in AQLS], "AQL (% nonconforming)", default="1.0", required=True,
        help="Acceptance quality limit: the worst average share of nonconforming blocks that is still acceptable.",
    )
    sampling_every = fields.Integer("One of how many", default=10, help="The first block that a member makes of the component, and each so-manieth after it.")
    sampling_percent = fields.Float("Share (%)", default=10, digits=(5, 1))
    reduced_allowed = fields.Boolean("Reduced inspection allowed", help="After a long run of good orders fewer blocks are drawn. For members whose production is steady.")
    sampling_words = fields.Char("In words", compute="_compute_sampling_words")

    _sampling_every_range = models.Constraint("CHECK (sampling_every BETWEEN 2 AND 1000)", "Give one of how many blocks is checked, from 2 to 1000.")
    _sampling_percent_range = models.Constraint("CHECK (sampling_percent > 0 AND sampling_percent < 100)", "Give the share as a percentage between 0 and 100.")

    @api.depends("sampling", "sampling_level", "sampling_aql", "sampling_every", "sampling_percent")
    def _compute_sampling_words(self):
        for plan in self:
            plan.sampling_words = {
                "all": self.env._("every block"),
                "iso": self.env._("a sample by ISO 2859-1, level %(level)s, AQL %(aql)s %%", level=plan.sampling_level, aql=plan.sampling_aql),
                "nth": self.env._("one of %s blocks", plan.sampling_every),
                "share": self.env._("%s %% of the blocks, drawn by chance", f"{plan.sampling_percent:g}"),
            }[plan.sampling]

    @api.constrains("sampling", "stage")
    def _check_sampling(self):
        for plan in self:
            if plan.sampling != "all" and plan.stage == "first_article":
                raise ValidationError(self.env._("A first article is one block, so all of it is checked: choose “Every block”."))
            if plan.sampling != "all" and plan.stage not in REACHED:
                raise ValidationError(self.env._("Samples are drawn for the final check, for dispatch and at the site. At the other stages choose “Every block”."))

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | set(HOW_MANY)

    def _words(self):
        """Whoever is asked to make the blocks knows how many of them are checked, not which."""
        words, sampled = super()._words(), self._sampled_by()
        return self.env._("%(checks)s; on %(sampling)s", checks=words, sampling=sampled.sampling_words) if sampled else words

    def _sampled_by(self):
        """The plan that says how many blocks are drawn; none where every one is checked, as where plans that hold together do not agree."""
        ways = {tuple(plan[name] for name in HOW_MANY) for plan in self}
        return self[-1:] if len(ways) == 1 and self[-1:].sampling not in (False, "all") else self.browse()
