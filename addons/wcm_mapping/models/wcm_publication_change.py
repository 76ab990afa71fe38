from odoo import api, fields, models


class WcmPublicationChange(models.Model):
    """One change of what a space publishes: who, when, from, to and on whose word. Written once, by the space."""

    _name = "wcm.publication.change"
    _description = "Change of What Is Published"
    _order = "id desc"

    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, index=True, ondelete="cascade")
    changed_on = fields.Datetime("On", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    field_name = fields.Char(required=True)
    value_from = fields.Char()
    value_to = fields.Char()
    agreement = fields.Text("On Whose Word", help="Who at the space agreed, when and how; or where it was public already.")
    agreement_file = fields.Binary("Agreement", attachment=True)
    agreement_filename = fields.Char("File Name")
    what = fields.Char(compute="_compute_labels")
    from_label = fields.Char("From", compute="_compute_labels")
    to_label = fields.Char("To", compute="_compute_labels")

    @api.depends("field_name", "value_from", "value_to")
    def _compute_labels(self):
        facilities = self.env["wcm.facility"]
        for change in self:
            field = facilities._fields.get(change.field_name)
            change.what = field._description_string(self.env) if field else change.field_name
            change.from_label = change._label(field, change.value_from)
            change.to_label = change._label(field, change.value_to)

    def _label(self, field, value):
        """A choice by its name; yes and no as they are."""
        choices = dict(field._description_selection(self.env)) if field and field.type == "selection" else {}
        words = {"yes": self.env._("Yes"), "no": self.env._("No")}
        return choices.get(value) or words.get(value) or value or ""
