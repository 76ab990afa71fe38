from odoo import api, fields, models


class WcmPlanCompare(models.TransientModel):
    """Plans side by side."""

    _name = "wcm.plan.compare"
    _description = "Comparison of plans"

    plan_ids = fields.Many2many("wcm.plan", required=True)
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends("plan_ids")
    def _compute_display_name(self):
        self.display_name = self.env._("Compare plans")

    @api.depends("plan_ids")
    def _compute_body(self):
        for compare in self:
            compare.body = self.env["ir.qweb"]._render("wcm_network.plan_compare_body", compare._values())

    def _values(self):
        plans = self.plan_ids._origin.sorted("id")
        plans.check_access("read")
        return {
            "plans": plans,
            "rules": {plan: ", ".join(self._rules(plan)) for plan in plans},
            "figures": self._figures(plans),
            "types": self._shares(plans, "organisation_type"),
            "members": self._shares(plans, "membership_id"),
        }

    @api.model
    def _rules(self, plan):
        """What distinguishes the plan, in a few words."""
        if plan.state == "draft":
            yield self.env._("not solved yet")
        if plan.min_community_share:
            yield self.env._("at least %(share)s with community organisations", share=f"{plan.min_community_share:.0%}")
        else:
            yield self.env._("cheapest")
        if plan.max_facility_share < 1:
            yield self.env._("at most %(share)s with one member", share=f"{plan.max_facility_share:.0%}")
        if plan.carbon_price:
            yield self.env._("carbon at %(price)s a kg", price=self._money(plan, plan.carbon_price, 2))
        if plan.min_evidence_level != "declared":
            yield self.env._("evidence at least: %s", plan._rule_text("min_evidence_level").lower())

    @api.model
    def _money(self, plan, amount, digits):
        return f"{plan.currency_id.symbol}{amount:,.{digits}f}"

    @api.model
    def _figures(self, plans):
        """Rows: label, unit text per plan, which plans are best; lower is better unless said."""
        rows = [
            (self.env._("Cost"), "cost", lambda plan: self._money(plan, plan.cost, 0), min, ""),
            (self.env._("Cost per block"), "cost_per_block", lambda plan: self._money(plan, plan.cost_per_block, 2), min, ""),
            (self.env._("Proven lower bound"), "bound", lambda plan: self._money(plan, plan.bound, 0), None, ""),
            (self.env._("Gap"), "gap", lambda plan: f"{plan.gap:.1%}", None, self.env._("at most this could still be saved")),
            (self.env._("Placed"), "placed_quantity", lambda plan: f"{plan.placed_quantity:,}", max, self.env._("blocks")),
            (self.env._("Not placed"), "unplaced_quantity", lambda plan: f"{plan.unplaced_quantity:,}", min, self.env._("blocks")),
            (self.env._("Transport"), "distance_km", lambda plan: f"{plan.distance_km:,.0f}", min, self.env._("block km")),
            (self.env._("Transport carbon"), "kgco2e", lambda plan: f"{plan.kgco2e:,.0f}", min, "kgCO2e"),
            (self.env._("With community organisations"), "community_share", lambda plan: f"{plan.community_share:.0%}", max, self.env._("of making cost")),
        ]
        return [self._figure(plans, *row) for row in rows]

    @api.model
    def _figure(self, plans, label, field, text, better, unit):
        """Draft plans have no figures, so they are never the best."""
        solved = plans.filtered(lambda plan: plan.state in ("solved", "offered"))
        values = {plan: plan[field] for plan in solved}
        best = better(values.values()) if better and len(set(values.values())) > 1 else None
        return {
            "label": label,
            "unit": unit,
            "texts": {plan: text(plan) if plan in values else "–" for plan in plans},
            "best": {plan for plan, value in values.items() if best is not None and value == best},
        }

    @api.model
    def _shares(self, plans, field):
        """Rows: label, and per plan quantity and share of the making cost, largest first."""
        lines = self.env["wcm.plan.line"].sudo()
        groups = lines._read_group([("plan_id", "in", plans.ids)], ["plan_id", field], ["quantity:sum", "cost_making:sum"])
        rows = {}
        for plan, key, quantity, making in groups:
            share = making / plan.making_cost if plan.making_cost else 0
            rows.setdefault(self._label(field, key), {})[plan.id] = {"quantity": quantity, "share": share, "text": f"{share:.0%}", "blocks": self.env._("1 block") if quantity == 1 else self.env._("%s blocks", f"{quantity:,}"), "bar": f"height: .5rem; width: {share:.1%}"}
        order = sorted(rows, key=lambda label: -max(cell["share"] for cell in rows[label].values()))
        return [{"label": label, "cells": rows[label]} for label in order]

    @api.model
    def _label(self, field, key):
        if field == "membership_id":
            return key.sudo().name
        labels = dict(self.env["wcm.plan.line"]._fields[field]._description_selection(self.env))
        return labels.get(key) or self.env._("Type not given")
