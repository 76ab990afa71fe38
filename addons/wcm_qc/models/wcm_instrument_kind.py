from odoo import fields, models


class WcmInstrumentKind(models.Model):
    """What a control plan can ask to be measured with: a caliper, whichever it is."""

    _name = "wcm.instrument.kind"
    _description = "Kind of instrument"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    months = fields.Integer(
        "Calibrated every (months)", default=12, required=True, help="At the latest: no calibration of this kind is good for longer.",
    )
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(name)", "There is a kind of instrument of this name already.")
    _months_range = models.Constraint("CHECK(months BETWEEN 1 AND 120)", "Give a number of months from 1 to 120.")
