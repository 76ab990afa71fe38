from odoo import api, models

from ..writers.report import Section, number


class WcmBuildReport(models.Model):
    """Carbon, and by whose factors."""

    _inherit = "wcm.build.report"

    @api.model
    def _section_carbon(self, build, published, told):
        section = Section(self.env._("Carbon"))
        self._indicators(section, build, ["transport_km", "transport_carbon", "embodied_carbon"])
        sheets = self.env["wcm.sheet.use"]._read_group([("build_id", "=", build.id)], ["product_id", "made_on:day", "has_factor"])
        section.add_table(
            self.env._("Factors that were used"), [self.env._("Of"), self.env._("Factor"), self.env._("Source"), self.env._("Year")],
            [*self._vehicle_rows(build), *self._sheet_rows(sheets)],
        )
        without = {product for product, _day, known in sheets if not known}
        if without:
            section.missing.append(self.env._("No carbon factor holds for: %s (Funders > Carbon Factors).", ", ".join(sorted(product.sudo().name for product in without))))
        section.words.append(self.env._("Estimates: kilometres by road and sheets times a published factor. What the factors leave out, they say themselves."))
        return section

    @api.model
    def _factor_row(self, factor):
        per = dict(factor._fields["per"]._description_selection(self.env))[factor.per]
        return factor.name, self.env._("%(value)s kgCO2e a %(per)s", value=number(factor.value, 6), per=per), factor.source, factor.year

    @api.model
    def _sheet_rows(self, sheets):
        """Each factor once: of a kind of sheet the newest that held when it was cut."""
        known = self.env["wcm.carbon.factor"].search([("kind", "=", "material"), ("product_tmpl_id", "in", [product.product_tmpl_id.id for product, _day, _known in sheets])], order="valid_from desc, id desc")
        used = known.browse().union(*(self._held_on(known, product.product_tmpl_id, cut.date()) for product, cut, has_factor in sheets if has_factor))
        return [self._factor_row(factor) for factor in used]

    @api.model
    def _held_on(self, known, template, day):
        """:param known: the newest first"""
        return known.filtered(lambda one: one.product_tmpl_id == template and one.valid_from <= day)[:1]

    @api.model
    def _vehicle_rows(self, build):
        """By the vehicle of a run, else by the factor of the day on which the shipment left."""
        shares = self.env["wcm.shipment.share"].search([("build_id", "=", build.id), ("date_dispatched", "!=", False)])
        known = self.env["wcm.carbon.factor"].search([("kind", "=", "vehicle")], order="valid_from desc")
        return sorted({self._vehicle_row(share, known) for share in shares if share.distance_km}, key=str)

    @api.model
    def _vehicle_row(self, share, known):
        vehicle = share.shipment_id.run_id.vehicle_id
        factor = known.filtered(lambda one: one.valid_from <= share.date_dispatched.date())[:1]
        if factor and not vehicle:
            return self._factor_row(factor)
        value = self.env._("%s kgCO2e a km", number(share.kgco2e / share.distance_km, 6))
        if vehicle:
            return self.env._("Vehicle of a delivery run"), value, self.env._("Stated on the vehicle"), ""
        return self.env._("Vehicle kilometre"), value, self.env._("Set by the network"), ""
