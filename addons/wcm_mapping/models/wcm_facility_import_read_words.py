from collections import Counter

from odoo import fields, models


class WcmFacilityImport(models.Model):
    """A source's own words (categories, processes): asked about in the preview, remembered for the next run."""

    _inherit = "wcm.facility.import"

    word_ids = fields.One2many("wcm.facility.import.word", "import_id", string="Words of the Source")
    open_word_count = fields.Integer("Words Without Meaning", compute="_compute_open_word_count")

    def _compute_open_word_count(self):
        for run in self:
            run.open_word_count = len(run.word_ids.filtered("is_open"))

    def _read_known(self, rows):
        known = super()._read_known(rows)
        words = {word for row in rows if not row.skipped for word in row.words}
        known.meanings = self.env["wcm.import.word"]._meanings(self.source_host, sorted(words))
        return known

    def _plan_row(self, row, known):
        line = super()._plan_row(row, known)
        return {**line, "words": "\n".join(row.words)} if row.words and "values" in line else line

    def _decide_known(self, row, facility, values, known):
        """A space that is the same has news when a word of its means something that it does not have."""
        decided = super()._decide_known(row, facility, values, known)
        if decided["outcome"] != "same" or not row.words:
            return decided
        news = facility._news_of_words(self._meanings_of(row.words, known.meanings))
        return {**decided, "outcome": "update", "reason": self.env._("New: %s", ", ".join(news))} if news else decided

    def _meanings_of(self, words, meanings):
        found = (meanings.get(word.casefold()) for word in words)
        return self.env["wcm.import.word"].concat(*(record for record in found if record))

    def _end_reading(self):
        self._count_words()
        super()._end_reading()

    def _count_words(self):
        """How many records say each word."""
        said = Counter()
        lines = self.env["wcm.facility.import.line"].sudo()
        for words, count in lines._read_group(
            [("import_id", "=", self.id), ("words", "!=", False)], ["words"], ["__count"]
        ):
            said.update(dict.fromkeys(map(str.casefold, words.split("\n")), count))
        meanings = self.env["wcm.import.word"]._meanings(self.source_host, list(said))
        found = self.env["wcm.facility.import.word"].sudo()
        found.search([("import_id", "=", self.id)]).unlink()
        counts = [(meanings[key].id, count) for key, count in said.items()]
        found.create([{"import_id": self.id, "meaning_id": word, "row_count": count} for word, count in counts])
