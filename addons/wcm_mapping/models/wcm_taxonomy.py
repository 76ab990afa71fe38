import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql


class WcmTaxonomy(models.AbstractModel):
    """A word of a shared vocabulary: what people call it changes, its code does not."""

    _name = "wcm.taxonomy"
    _description = "Shared Vocabulary"
    _order = "sequence, name"
    _rec_names_search = ["name", "code", "aliases"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Stable name in snake_case. Files and other systems refer to it; it never changes.",
    )
    aliases = fields.Char(
        help="Other names that people search for, separated by commas.",
    )
    uri = fields.Char(
        "Public Address",
        help="Address of the same concept in a public vocabulary such as Wikidata.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.constrains("code")
    def _check_code(self):
        for record in self:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", record.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” cannot be a code: use lower-case letters, digits and "
                        "underscores, starting with a letter, for example cnc_routing.",
                        code=record.code,
                    )
                )

    @api.model
    def _public_words(self, address, text=""):
        """What anybody may see of the vocabulary: all of it.

        :param address: where it stands; a word's own address begins with it
        :param text: part of a name, code or alias
        """
        found = self.search(Domain.OR(Domain(name, "ilike", text) for name in self._rec_names_search))
        return [
            {
                "@id": f"{address}/{word.code}.json",
                "id": word.code,
                "name": word.name,
                "aliases": word._aliases(),
                "same_as": word.uri or None,
            }
            for word in found
        ]

    def _aliases(self):
        return [alias.strip() for alias in (self.aliases or "").split(",") if alias.strip()]

    @api.model
    def _find_by_word(self, word):
        """The record that `word` names: by code, name or alias; empty when none does."""
        word = (word or "").strip()
        if not word:
            return self.browse()
        exact = Domain("code", "=", word.lower().replace(" ", "_")) | Domain("name", "=ilike", escape_psql(word))
        return self.search(exact, limit=1) or self._find_by_alias(word)

    @api.model
    def _find_by_alias(self, word):
        for record in self.search([("aliases", "ilike", word)]):
            if word.casefold() in map(str.casefold, record._aliases()):
                return record
        return self.browse()
