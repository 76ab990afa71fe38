import re

from odoo import models

# Words of a source that tell of a person.
PERSONAL = re.compile(r"mail|phone|mobile|contact|person|owner|leader|manager|name_of|twitter|facebook|linkedin", re.I)


class WcmFacilityImport(models.Model):
    """The contact of somebody who was erased here stays out, however often a source says it again."""

    _inherit = "wcm.facility.import"

    def _facility_values(self, row, country, known):
        if self._was_erased(row):
            row.email = row.phone = ""
            row.extra = {key: value for key, value in row.extra.items() if not PERSONAL.search(key)}
            left_out = self.env._("The contact is left out: the person asked to be erased here.")
            row.note = f"{row.note} {left_out}".strip()
        return super()._facility_values(row, country, known)

    def _was_erased(self, row):
        erased = self.env["wcm.erased.identity"]
        return (row.email and erased._is_erased(row.email)) or (
            row.external_id and erased._is_erased(self.source_host, row.external_id)
        )
