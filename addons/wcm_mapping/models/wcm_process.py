from odoo import models


class WcmProcess(models.Model):
    """A way of making: what a facility can do and what a component needs."""

    _name = "wcm.process"
    _description = "Process"
    _inherit = ["wcm.taxonomy"]

    _code_uniq = models.UniqueIndex("(code)", "Another process already has this code.")
