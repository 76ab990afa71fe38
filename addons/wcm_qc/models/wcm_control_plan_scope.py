from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.wcm_network.together import Together


class WcmControlPlan(models.Model):
    """What a control plan is for, and which one holds for a component."""

    _inherit = "wcm.control.plan"

    design_revision = fields.Char(
        "Only design revision", help="As on the component: for example v2. Empty: every revision that has no plan of its own.",
    )
    process_ids = fields.Many2many(
        "wcm.process", string="Processes", help="Holds for what is made by any of these, by its bill of materials, where the component has no plan of its own.",
    )
    scope_words = fields.Char("Holds for", compute="_compute_scope_words")

    @api.depends("product_ids", "design_revision", "process_ids", "categ_id")
    def _compute_scope_words(self):
        for plan in self:
            components = ", ".join(product.default_code or product.name for product in plan.product_ids)
            revision = plan.design_revision and self.env._("%(components)s at %(revision)s", components=components, revision=plan.design_revision)
            plan.scope_words = "; ".join(filter(None, (revision or components, ", ".join(plan.process_ids.mapped("name")), plan.categ_id.complete_name)))

    @api.constrains("design_revision", "product_ids")
    def _check_revision_of_component(self):
        for plan in self:
            if plan.design_revision and not plan.product_ids:
                raise ValidationError(self.env._("A design revision belongs to a component: name the components of %s too.", plan.name))

    @api.model
    def _find_for(self, product, stage, revision=None):
        """The approved plan for a component; asked once where many blocks are handled together.

        :param revision: of the block; that of the component today where it is not said
        """
        together = Together.of(self.env)
        if not together:
            return self._search_for(product, stage, revision)
        key = ("wcm.control.plan", product.id, stage, revision or None)
        if key not in together.answers:
            together.answers[key] = self._search_for(product, stage, revision).id
        return self.sudo().browse(together.answers[key] or ())

    @api.model
    def _search_for(self, product, stage, revision=None):
        """Of the approved plans of a stage the one that says most about a component.

        First one for this revision of the component, then one for the component, then one for a process that makes it
        (the last in its bill of materials that has a plan), then one for its category, then for the category above, and so on.
        """
        ranked = [
            (rank, plan) for plan in self.sudo().search([("state", "=", "approved"), ("stage", "=", stage)])
            if (rank := plan._rank_for(product, _plain(revision or product.sudo().design_revision))) is not None
        ]
        return min(ranked, key=lambda pair: (pair[0], -pair[1].id))[1] if ranked else self.sudo().browse()

    def _rank_for(self, product, revision):
        """Smaller says more; None: the plan is not for it."""
        if product in self.product_ids:
            wanted = _plain(self.design_revision)
            return (1,) if not wanted else (0,) if wanted == revision else None
        if self.process_ids and (positions := [at for at, process in enumerate(self._processes_of(product)) if process in self.process_ids]):
            return (2, -max(positions))
        above = list(map(int, (product.sudo().categ_id.parent_path or "").split("/")[:-1]))[::-1]
        return (3, above.index(self.categ_id.id)) if self.categ_id.id in above else None

    @api.model
    def _processes_of(self, product):
        """In the order in which they are done."""
        return product.sudo().bom_ids.requirement_ids.sorted("sequence").mapped("process_id")

    def _bench_values(self):
        """{points, hold} for the shop-floor app; which blocks of a sample are drawn is known when they are made."""
        if self.sampling not in (False, "all"):
            return {"points": [], "hold": False}
        lines = self.env["wcm.inspection.line"]
        return {"points": [lines.new(point._frozen_values())._bench_values() for point in self.checkpoint_ids], "hold": self.has_hold_point}

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | {"design_revision", "process_ids"}

    def _is_for_something(self):
        return bool(self.product_ids or self.categ_id or self.process_ids)

    def _check_alone(self):
        """Two approved plans for the same thing would leave the choice to chance."""
        others = self.search([("state", "=", "approved"), ("stage", "=", self.stage), ("id", "not in", (self | self.previous_id).ids)])
        if rivals := others.filtered(self._is_rival):
            raise UserError(self.env._(
                "%(rival)s is already approved for the same components at this stage. Make a new version of that one.",
                rival=rivals[0].display_name,
            ))

    def _is_rival(self, other):
        same_component = other.product_ids & self.product_ids and _plain(other.design_revision) == _plain(self.design_revision)
        return bool(same_component or other.process_ids & self.process_ids or (self.categ_id and other.categ_id == self.categ_id))


def _plain(revision):
    """Revisions are typed by people: “V2 ” is v2."""
    return (revision or "").strip().casefold()
