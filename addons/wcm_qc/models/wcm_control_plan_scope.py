from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.wcm_network.together import Together

# What says more about a component comes first.
BY_REVISION, BY_COMPONENT, BY_PROCESS, BY_CATEGORY = range(1, 5)


class WcmControlPlan(models.Model):
    """What a control plan is for, and which one holds for a component."""

    _inherit = "wcm.control.plan"

    design_revision = fields.Char(
        "Only design revision", help="As on the component: for example v2. Empty: every revision that has no plan of its own.",
    )
    process_ids = fields.Many2many(
        "wcm.process", string="Processes",
        help="Holds for what is made by any of these, by its bill of materials, where the component has no plan of its own. Made by two that have a plan, it is checked by both.",
    )
    scope_words = fields.Char("Holds for", compute="_compute_scope_words")

    @api.depends("product_ids", "design_revision", "process_ids", "categ_id")
    def _compute_scope_words(self):
        for plan in self:
            components = ", ".join(product.default_code or product.name for product in plan._components())
            revision = plan.design_revision and self.env._("%(components)s at %(revision)s", components=components, revision=plan.design_revision)
            plan.scope_words = "; ".join(filter(None, (revision or components, ", ".join(plan.process_ids.mapped("name")), plan.categ_id.complete_name)))

    @api.constrains("design_revision", "product_ids")
    def _check_revision_of_component(self):
        for plan in self:
            if plan.design_revision and not plan._components():
                raise ValidationError(self.env._("A design revision belongs to a component: name the components of %s too.", plan.name))

    @api.model
    def _find_for(self, product, stage, revision=None):
        """The approved plans for a component, of which there is mostly one; asked once where many blocks are handled together.

        :param revision: of the block; that of the component today where it is not said
        """
        together = Together.of(self.env)
        if not together:
            return self._search_for(product, stage, revision)
        key = ("wcm.control.plan", product.id, stage, revision or None)
        if key not in together.answers:
            together.answers[key] = self._search_for(product, stage, revision).ids
        return self.sudo().browse(together.answers[key])

    @api.model
    def _search_for(self, product, stage, revision=None):
        """Of the approved plans of a stage what says most about a component.

        First one for this revision of the component, then one for the component, then those for the processes that make it,
        in the order of its bill of materials, then one for its category, then for the category above, and so on.
        """
        product, revision = product.sudo(), _plain(revision or product.sudo().design_revision)
        ranks = {plan: rank for plan in self.sudo().search([("state", "=", "approved"), ("stage", "=", stage)]) if (rank := plan._rank_for(product, revision))}
        kind = min(ranks.values(), default=(None,))[0]
        alike = sorted((plan for plan, rank in ranks.items() if rank[0] == kind), key=lambda plan: (ranks[plan], -plan.id))
        return self.sudo().union(*(alike if kind == BY_PROCESS else alike[:1]))

    def _rank_for(self, product, revision):
        """Smaller says more; none: the plan is not for it."""
        if product in self._components():
            wanted = _plain(self.design_revision)
            return (BY_COMPONENT,) if not wanted else (BY_REVISION,) if wanted == revision else None
        if positions := [at for at, process in enumerate(self._processes_of(product)) if process in self._processes()]:
            return (BY_PROCESS, min(positions))
        above = list(map(int, (product.categ_id.parent_path or "").split("/")[:-1]))[::-1]
        return (BY_CATEGORY, above.index(self.categ_id.id)) if self.categ_id.id in above else None

    def _components(self):
        """Archived ones too: what was made of them is checked all the same."""
        return self.with_context(active_test=False).product_ids

    def _processes(self):
        return self.with_context(active_test=False).process_ids

    @api.model
    def _processes_of(self, product):
        """In the order in which they are done; by the bills of materials that it had, where none is in use any more."""
        boms = product.sudo().with_context(active_test=False).bom_ids
        return (boms.filtered("active") or boms).requirement_ids.sorted("sequence").process_id

    def _holds(self):
        return any(plan.has_hold_point for plan in self)

    def _names(self):
        return "; ".join(self.mapped("display_name"))

    def _bench_values(self):
        """{points, hold} for the shop-floor app; which blocks of a sample are drawn is known when they are made."""
        if self._sampled_by():
            return {"points": [], "hold": False}
        lines = self.env["wcm.inspection.line"]
        return {"points": [lines.new(point._frozen_values())._bench_values() for plan in self for point in plan.checkpoint_ids], "hold": self._holds()}

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | {"design_revision", "process_ids"}

    def _is_for_something(self):
        return bool(self._components() or self.categ_id or self._processes())

    def _check_alone(self):
        """Two approved plans for the same thing would leave the choice to chance.

        Of two leads who approve at once the second begins again, and is told of the first one's plan: every plan of the stage
        is written, which the database does for one of them at a time.
        """
        self.env.cr.execute(SQL("UPDATE wcm_control_plan SET stage = stage WHERE stage = %s", self.stage))
        others = self.search([("state", "=", "approved"), ("stage", "=", self.stage), ("id", "not in", (self | self.previous_id).ids)])
        if rivals := others.filtered(self._is_rival):
            raise UserError(self.env._(
                "%(rival)s is already approved for the same components at this stage. Make a new version of that one.",
                rival=rivals[0].display_name,
            ))

    def _is_rival(self, other):
        same_component = other._components() & self._components() and _plain(other.design_revision) == _plain(self.design_revision)
        return bool(same_component or other._processes() & self._processes() or (self.categ_id and other.categ_id == self.categ_id))


def _plain(revision):
    """Revisions are typed by people: “V2 ” is v2."""
    return (revision or "").strip().casefold()
