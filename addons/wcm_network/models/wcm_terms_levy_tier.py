from odoo import fields, models


class WcmTermsLevyTier(models.Model):
    """From which turnover of a calendar year which levy is taken."""

    _name = "wcm.terms.levy.tier"
    _description = "Tier of the levy"
    _inherit = ["wcm.terms.piece"]
    _order = "from_turnover, id"
    _rec_name = "from_turnover"

    from_turnover = fields.Float("From", digits=(16, 2), help="Price of what was received and accepted in the calendar year, in money. The first tier begins at 0.")
    percent = fields.Float("Levy (%)", digits=(5, 2))

    _figures_sound = models.Constraint("CHECK(from_turnover >= 0 AND percent BETWEEN 0 AND 100)", "A tier begins at 0 or more, and its levy lies between 0 and 100%.")
    _once_in_terms = models.UniqueIndex("(terms_id, from_turnover) WHERE terms_id IS NOT NULL", "Two tiers begin at the same turnover.")
    _once_in_annex = models.UniqueIndex("(annex_id, from_turnover) WHERE annex_id IS NOT NULL", "Two tiers begin at the same turnover.")
