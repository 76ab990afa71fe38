from odoo import fields, models

THEMES = [("jobs", "Jobs"), ("growth", "Growth"), ("social", "Social"), ("environment", "Environment"), ("innovation", "Innovation")]


class WcmSocialProxy(models.Model):
    """What one unit of an indicator is said to be worth to society, by a published source. None comes with the software."""

    _name = "wcm.social.proxy"
    _description = "Social value proxy"
    _inherit = ["mail.thread"]
    _order = "theme, indicator_id, valid_from desc"
    _rec_name = "measure"

    theme = fields.Selection(THEMES, "TOM theme", required=True)
    measure = fields.Char(required=True, help="What is measured, with the number that its source gives it.")
    indicator_id = fields.Many2one("wcm.indicator", required=True, index=True, ondelete="restrict", domain=[("code", "!=", "social_value")])
    value = fields.Monetary("Worth of one unit", required=True, tracking=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    source = fields.Char(required=True, tracking=True, help="Who publishes it, in which document, under which licence.")
    year = fields.Integer(required=True)
    valid_from = fields.Date(required=True)
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex("(indicator_id, measure, valid_from) WHERE active", "This measure is valued already from that day.")
