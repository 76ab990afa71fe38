from odoo import api, fields, models
from odoo.fields import Domain


class WcmFacilityImportLine(models.Model):
    """A row's own words (categories, processes), taken for what people have said that they mean."""

    _inherit = "wcm.facility.import.line"

    words = fields.Text("Its Words", readonly=True, help="One a line.")

    @api.model
    def _pending_domain(self):
        """Also a space that is the same may lack what a word of its means by now."""
        said = Domain("outcome", "=", "same") & Domain("words", "!=", False) & Domain("facility_id", "!=", False)
        return super()._pending_domain() | said & Domain("is_applied", "=", False)

    def _apply(self):
        super()._apply()
        said = self.filtered(
            lambda line: line.words and line.facility_id and (line.is_applied or line.outcome == "same")
        )
        said._mine()._try_words()

    def _try_words(self):
        if self:
            self._try(self._take_words)

    def _take_words(self):
        meanings = {word.key: word for word in self.import_id.sudo().word_ids.meaning_id.sudo(self.env.su)}
        missing = {}
        for line in self:
            found = self.import_id._meanings_of(line.words.split("\n"), meanings)
            for values in line.facility_id.with_context(tracking_disable=True)._take_words(found):
                missing[values["facility_id"], values["process_id"]] = values
        self.env["wcm.capability"].with_context(tracking_disable=True).create(list(missing.values()))
        self.sudo().is_applied = True
