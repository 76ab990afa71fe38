from odoo import api, models


class WcmPlan(models.Model):
    """Who is left out for its quality, and why, in words that the plan keeps."""

    _inherit = "wcm.plan"

    @api.model
    def _free_rules(self):
        return {**super()._free_rules(), "min_rating": ("", "off")}

    def _refusals(self, members, boms, without=""):
        refused = super()._refusals(members, boms, without)
        if without == "min_rating" or self.min_rating == "off":
            return refused
        rows = members._current_ratings()
        for member in members:
            for product, bom in boms.items():
                reasons = list(self._rating_reasons(rows.get(member), bom.min_rating))
                if reasons:
                    refused[member, product] = (*refused.get((member, product), ()), *reasons)
        return refused

    def _rating_reasons(self, row, asked):
        """:param row: the member's rating of this month, if there is one
        :param asked: what the component asks for; 0: nothing
        """
        least = max(asked, int(self.min_rating) if self.min_rating.isdigit() else 0)
        if row and row.late_findings:
            yield self.env._("a major finding of an audit is open past its date")
        if row and row.is_rated and row.score < least:
            yield self.env._("quality rating %(score).0f, at least %(least)s is asked", score=row.score, least=least)
        if asked and not (row and row.is_rated):
            yield self.env._("too few checked blocks to say how good its quality is; this component asks for a rating of %s", asked)
