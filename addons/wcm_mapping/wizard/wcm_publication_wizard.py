from odoo import api, fields, models

from ..models.wcm_facility_publication_history import CONSENTS

ASKED = tuple(name for name in CONSENTS if name != "active")


class WcmPublicationWizard(models.TransientModel):
    """Asks what a space publishes from now on, and on whose word."""

    _name = "wcm.publication.wizard"
    _description = "Change What Is Published"

    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, readonly=True, ondelete="cascade")
    visibility = fields.Selection(selection=lambda self: self._choices("visibility"), required=True)
    published_precision = fields.Selection(
        selection=lambda self: self._choices("published_precision"), string="Publish the Place", required=True
    )
    publish_contact = fields.Boolean("Publish the Contact", help="Website, e-mail address and telephone.")
    publish_kit = fields.Boolean("Publish the Kit", help="Machines with make, model, size and photo.")
    publish_evidence = fields.Boolean("Publish the Evidence", help="Declared, audited or demonstrated.")
    publish_capacity = fields.Boolean("Publish Free Capacity", help="None, some or plenty in the next four weeks.")
    agreement = fields.Text("On Whose Word", required=True)
    agreement_file = fields.Binary("Agreement", attachment=False)
    agreement_filename = fields.Char("File Name")

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        facility = self.env["wcm.facility"].browse(values.get("facility_id"))
        return {**{name: facility[name] for name in ASKED if facility}, **values}

    def _choices(self, name):
        return self.env["wcm.facility"]._fields[name]._description_selection(self.env)

    def action_apply(self):
        self.ensure_one()
        values = {name: self[name] for name in ASKED}
        self.facility_id._change_publication(values, self.agreement, self.agreement_file, self.agreement_filename)
        return {"type": "ir.actions.act_window_close"}
