from fractions import Fraction

from odoo import api, fields, models
from odoo.tools import ormcache

from ..scales import SPELLINGS, fold


class UomUom(models.Model):
    """Units that readings are taken in: by their exact factors, where Odoo converts with floats."""

    _inherit = "uom.uom"

    is_measured = fields.Boolean("For checks", help="Checkpoints of control plans can be measured in it, and readings are converted from it.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _forget_conversions(self):
        self.env.registry.clear_cache()

    @ormcache("self.id")
    def _conversions(self):
        """{folded name: how many of this unit it holds} of this unit and all for checks that it converts to; "" is this one."""
        self.ensure_one()
        family = self._measured([("id", "child_of", self._root().id)]) | self
        own = self._exact_factor()
        return {"": Fraction(1)} | {fold(unit.with_context(lang=None).name): unit._exact_factor() / own for unit in family}

    @api.model
    @ormcache()
    def _spelled_conversions(self):
        """{name of a unit: {each spelling of a unit that converts to it: how many it holds}}, for the shop-floor app."""
        found = {}
        for unit in self._measured():
            holds = unit._conversions()
            spelled = {spelling: holds[name] for spelling, name in SPELLINGS.items() if name in holds}
            found[unit.with_context(lang=None).name] = {name: float(factor) for name, factor in {**spelled, **holds}.items()}
        return found

    def _exact_factor(self):
        """How many of the smallest unit of its kind it holds: what was typed into Odoo, digit by digit."""
        factor = Fraction(repr(self.relative_factor))
        return factor * self.relative_uom_id._exact_factor() if self.relative_uom_id else factor

    def _root(self):
        return self.relative_uom_id._root() if self.relative_uom_id else self

    @api.model
    def _measured(self, domain=()):
        """Units for checks, also those that nothing is bought in and that Odoo therefore has archived, such as the inch."""
        return self.with_context(active_test=False).search([("is_measured", "=", True), *domain])

    @api.model
    def _named(self, name):
        """The unit for checks that somebody writes so; none where there is none."""
        return self._measured().filtered(lambda unit: fold(unit.with_context(lang=None).name) == fold(name or ""))[:1]
