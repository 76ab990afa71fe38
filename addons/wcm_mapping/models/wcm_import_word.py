from odoo import api, fields, models
from odoo.fields import Domain

# Whose word it is; what it means is for people to say.
TOLD = {"source_host", "word", "key"}


class WcmImportWord(models.Model):
    """What a source's own word for a kind of space means here: said once, used by every import of that source."""

    _name = "wcm.import.word"
    _description = "Word of a Source"
    _order = "source_host, word"
    _rec_name = "word"

    source_host = fields.Char("Source", required=True, readonly=True)
    word = fields.Char("The Source Says", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, help="The word in small letters.")
    process_id = fields.Many2one("wcm.process", ondelete="set null", help="Spaces with this word can do it: declared.")
    material_id = fields.Many2one("wcm.material", ondelete="set null", help="Spaces with this word work with it.")
    organisation_type = fields.Selection(
        selection=lambda self: self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env),
        help="Taken where nobody has said what kind of organisation runs the space.",
    )
    is_ignored = fields.Boolean("Means Nothing Here", help="The word stays among the other fields of the space.")
    is_open = fields.Boolean(
        compute="_compute_is_open", search="_search_is_open", help="Nobody has said what it means."
    )

    _word_uniq = models.UniqueIndex("(source_host, key)", "This word of that source is here already.")

    @api.depends("process_id", "material_id", "organisation_type", "is_ignored")
    def _compute_is_open(self):
        for word in self:
            word.is_open = not (word.process_id or word.material_id or word.organisation_type or word.is_ignored)

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        names = ("process_id", "material_id", "organisation_type", "is_ignored")
        is_open = Domain.AND(Domain(name, "=", False) for name in names)
        return is_open if True in value else ~is_open

    def _has_field_access(self, field, operation):
        told = operation == "write" and field.name in TOLD and not self.env.su
        return not told and super()._has_field_access(field, operation)

    @api.model
    def _meanings(self, source_host, words):
        """{word in small letters: record}; a word that is new gets what our vocabularies make of it."""
        firsts = {word.casefold(): word for word in reversed(words)}
        here = self.search([("source_host", "=", source_host), ("key", "in", list(firsts))])
        new = sorted(firsts.keys() - set(here.mapped("key")))
        here |= self.sudo().create([self._proposed(source_host, firsts[key]) for key in new]).sudo(self.env.su)
        return {record.key: record for record in here}

    @api.model
    def _proposed(self, source_host, word):
        types = {
            label.casefold(): value
            for value, label in self._fields["organisation_type"]._description_selection(self.env)
        }
        process = self._named("wcm.process", word)
        return {
            "source_host": source_host,
            "word": word,
            "key": word.casefold(),
            "process_id": process.id,
            "material_id": not process and self._named("wcm.material", word).id,
            "organisation_type": types.get(word.casefold(), False),
        }

    @api.model
    def _named(self, model, word):
        """By code, name or alias; else by its address in a public vocabulary."""
        return self.env[model]._find_by_word(word) or self.env[model].search([("uri", "=", word)], limit=1)
