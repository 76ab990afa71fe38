from odoo import fields, models


class WcmFacility(models.Model):
    """What a source's own words add to a space: what it can do is declared, and offers no hours until somebody asks."""

    _inherit = "wcm.facility"

    material_ids = fields.Many2many(
        "wcm.material", string="Materials", help="What it works with, as its source or somebody says."
    )

    def _news_of_words(self, meanings):
        """Names of what the words' meanings would add."""
        self.ensure_one()
        added = [*self._new_processes(meanings), *(meanings.material_id - self.material_ids)]
        kind = self._new_kind(meanings)
        return [record.name for record in added] + ([self._import_label("organisation_type")] if kind else [])

    def _take_words(self, meanings):
        """Add what is missing and take nothing away.

        :return: values of the capability that is missing
        """
        self.ensure_one()
        if materials := meanings.material_id - self.material_ids:
            self.material_ids |= materials
        if kind := self._new_kind(meanings):
            self.organisation_type = kind
        processes = self._new_processes(meanings)
        return [{"facility_id": self.id, "process_id": process.id, "share_offered": 0} for process in processes]

    def _new_processes(self, meanings):
        """Not those that somebody has archived here."""
        known = self.with_context(active_test=False).capability_ids.process_id
        return meanings.process_id - self.process_ids - known

    def _new_kind(self, meanings):
        kinds = [kind for kind in meanings.mapped("organisation_type") if kind]
        return kinds[0] if kinds and not self.organisation_type else None
