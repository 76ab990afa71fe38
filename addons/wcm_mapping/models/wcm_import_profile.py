from odoo import api, fields, models
from odoo.fields import Command

from ..readers import columns


class WcmImportProfile(models.Model):
    """Which column of a table means what: said once, offered again for the same headers."""

    _name = "wcm.import.profile"
    _description = "Matched Columns"
    _order = "name, id"

    name = fields.Char(required=True)
    line_ids = fields.One2many("wcm.import.profile.line", "profile_id", string="Columns", copy=True)
    header_key = fields.Char(
        compute="_compute_header_key", store=True, index=True, help="The headers, in one order and spelling."
    )

    @api.depends("line_ids.header")
    def _compute_header_key(self):
        for profile in self:
            profile.header_key = self._key(profile.line_ids.mapped("header"))

    @api.model
    def _key(self, headers):
        return "|".join(sorted({columns.word_of(header) for header in headers if header}))

    @api.model
    def _find_for(self, headers):
        """The newest profile for a table with these headers, in any order; empty if there is none."""
        return self.search([("header_key", "=", self._key(headers))], order="write_date desc, id desc", limit=1)

    @api.model
    def _create_for(self, headers, name):
        """A profile that starts from what the headers' names tell."""
        lines = [{"header": header, "column": columns.column_of(header)} for header in dict.fromkeys(headers)]
        return self.create({"name": name or self.env._("Table"), "line_ids": [*map(Command.create, lines)]})

    def _matching(self):
        """Header -> our column, "" for a column that is kept as it is."""
        return {line.header: line.column or "" for line in self.line_ids}
