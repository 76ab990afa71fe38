import hashlib
import hmac

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache


class WcmErasedIdentity(models.Model):
    """Fingerprint of an address, or of a source's record, whose person was erased: the next import leaves them out.

    Keyed with the database's own secret, so that nobody else can try addresses against a copy of the table.
    """

    _name = "wcm.erased.identity"
    _description = "Fingerprint of What Was Erased"
    _rec_name = "digest"

    digest = fields.Char(required=True, readonly=True)

    _digest_uniq = models.UniqueIndex("(digest)", "This was erased already.")

    @api.model
    def _add(self, emails, identities):
        """:param identities: (source, id at the source) of spaces that held the person's contact"""
        wanted = {self._digest(email) for email in emails} | {self._digest(*identity) for identity in identities}
        known = set(self.search([("digest", "in", list(wanted))]).mapped("digest"))
        self.create([{"digest": digest} for digest in sorted(wanted - known)])
        self.env.registry.clear_cache()

    @api.model
    def _is_erased(self, *words):
        return bool(self._digests()) and self._digest(*words) in self._digests()

    @api.model
    @ormcache()
    def _digests(self):
        return frozenset(self.sudo().search_fetch(Domain.TRUE, ["digest"]).mapped("digest"))

    def _digest(self, *words):
        key = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        text = "\n".join((word or "").strip().lower() for word in words)
        return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
