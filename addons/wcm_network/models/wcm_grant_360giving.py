from odoo import fields, models

from odoo.addons.wcm_mapping.writers import Column, Table

# 360Giving's own words for the columns of a spreadsheet, of its schema 1.4.
COLUMNS = (
    ("Identifier", "text", "Of the grant, with the network's 360Giving prefix"), ("Title", "text", "What the grant is for, in short"),
    ("Description", "text", "What it is for"), ("Currency", "text", "ISO 4217"), ("Amount Awarded", "money", "What was promised"),
    ("Award Date", "date", "When it was decided"), ("Planned Dates:Start Date", "date", "When it begins"), ("Planned Dates:End Date", "date", "When it ends"),
    ("Recipient Org:Identifier", "text", "Of the organisation that gets it"), ("Recipient Org:Name", "text", "The organisation that gets it"),
    ("Recipient Org:Company Number", "text", "At Companies House"), ("Funding Org:Identifier", "text", "Of the network"), ("Funding Org:Name", "text", "The network"),
    ("Grant Programme:Title", "text", "The grant that the money comes from"),
)


class WcmGrant(models.Model):
    """What the network hands on of a grant, as a sheet that 360Giving reads."""

    _inherit = "wcm.grant"

    award_ids = fields.One2many("wcm.grant.award", "grant_id", "Handed on")

    def _tables_360giving(self, scope):
        """None where the network hands nothing on."""
        awards = self.env["wcm.grant.award"].search([("grant_id", "=", self.id), *scope.days("award_date")])
        if not self.award_ids:
            return []
        columns = tuple(Column(name, meaning, kind=kind, width=30, total=name == "Amount Awarded") for name, kind, meaning in COLUMNS)
        return [Table(
            "Grants_360Giving", self.env._("Grants handed on, by the 360Giving Data Standard"),
            self.env._("One row for each grant to another organisation. The names of the columns are those of 360Giving, schema 1.4; they stand in the third row."),
            columns, [award._row_360giving() for award in awards],
        )]
