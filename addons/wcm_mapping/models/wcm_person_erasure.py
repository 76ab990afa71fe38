import io
import secrets
import zipfile

from psycopg2.extras import Json

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .wcm_person_data import REDACTED
from .wcm_person_export import MEANING

MANAGERS = "wcm_mapping.group_mapping_manager"
# A partner's own fields that say who it is; whatever other addons add is found by name.
PARTNER_EMPTIED = ("street", "street2", "city", "zip", "state_id", "country_id", "function", "website", "vat", "comment", "ref", "image_1920", "parent_id", "category_id")  # fmt: skip
# Of one part of a workbook.
MOST_BYTES = 100_000_000
TO_LEAVE = {"base.user_root", "base.user_admin", "base.public_user", "base.default_user"}


class WcmPersonData(models.AbstractModel):
    _inherit = "wcm.person.data"

    @api.model
    def _erase(self, person, basis):
        """All or nothing, within the caller's transaction.

        :return: the log of it, which names nobody
        """
        self._check_may_erase(person)
        self.env["res.partner"].sudo().browse(person.partners).lock_for_update()
        holdings, done = self._find(person), {}
        self._remember(person, holdings)
        # Texts first: what is deleted or emptied afterwards may be what told us where they are.
        for action in ("redact", "empty", "unlink", "delete"):
            for holding in holdings:
                if holding.action == action:
                    getattr(self, f"_{action}")(holding, person)
                    done[f"{holding.label}: {MEANING[action]}"] = len(holding.records)
        done[self.env._("Files: deleted")] = self._erase_files(person)
        self._erase_people(person)
        kept = {holding.label: (len(holding.records), holding.ground) for holding in holdings if holding.action == "keep"}
        return self.env["wcm.erasure"].sudo()._log(basis, done, kept, len(person.partners) + len(person.users))

    @api.model
    def _check_may_erase(self, person):
        if not self.env.su and not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only a manager of all regions may erase a person's data."))
        kept = {self.env.uid, *(self.env.ref(name).id for name in TO_LEAVE if self.env.ref(name, raise_if_not_found=False))}
        if kept & set(person.users):
            raise UserError(self.env._("You cannot erase yourself, nor the logins that the system itself needs."))
        if not person.partners and not person.emails:
            raise UserError(self.env._("Nobody is chosen."))

    def _remember(self, person, holdings):
        """So that the next import leaves the contact out: only hashes, of the address and of the records that held it."""
        spaces = self.env["wcm.facility"].sudo().browse(
            {id_ for holding in holdings if holding.records._name == "wcm.facility" and holding.field.type in ("char", "json") for id_ in holding.records.ids}
        )
        spaces |= spaces.merged_ids
        identities = [(space.source_host, space.external_id) for space in spaces if space.external_id]
        self.env["wcm.erased.identity"].sudo()._add(person.emails, identities)

    def _delete(self, holding, person):
        holding.records.exists().unlink()

    def _empty(self, holding, person):
        """By SQL: many of these records refuse to be written, and a tracked field would tell its old value in the chatter."""
        field = holding.field
        value = REDACTED if field.required else None
        self._update(holding, value)

    def _redact(self, holding, person):
        """The person's words only; the rest of the text stays. By SQL, as `_empty` says."""
        table, column = SQL.identifier(holding.records._table), SQL.identifier(holding.field.name)
        holding.records.flush_model([holding.field.name])
        for record in holding.records:
            value = person.redacted(record[holding.field.name])
            value = Json(value) if holding.field.type == "json" else value
            self.env.cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, value, record.id))
        holding.records.invalidate_model()

    def _unlink(self, holding, person):
        """Take the person out of a list, or off a record."""
        field = holding.field
        if field.type == "many2one":
            self._update(holding, None)
            return
        holding.records.flush_model([field.name])
        people, table = list(person.ids_of(field.comodel_name)), SQL.identifier(field.relation)
        ours, theirs = SQL.identifier(field.column1), SQL.identifier(field.column2)
        rows = list(holding.records.ids)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE %s = ANY(%s) AND %s = ANY(%s)", table, ours, rows, theirs, people))
        self.env.invalidate_all()

    def _update(self, holding, value):
        table, column = SQL.identifier(holding.records._table), SQL.identifier(holding.field.name)
        holding.records.flush_model([holding.field.name])
        self.env.cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = ANY(%s)", table, column, value, list(holding.records.ids)))
        holding.records.invalidate_model()

    def _erase_files(self, person):
        """Files on the person's own records; files of imports that hold their words, as nobody can blot out a file."""
        own = self._attachments(person).filtered(lambda file: file.res_model in ("res.partner", "res.users"))
        files = self.env["ir.attachment"].sudo().search(
            [("res_model", "in", ("wcm.facility.import", "wcm.facility.source")), ("res_field", "=", "file")]
        )
        told = files.filtered(lambda file: person.is_told_by(_unpacked(file.raw or b"")))
        count = len(own | told)
        (own | told).unlink()
        self.env.invalidate_all()
        return count

    def _erase_people(self, person):
        """Logins first: Odoo archives no partner whose login is in use."""
        for user in self.env["res.users"].sudo().with_context(active_test=False).browse(person.users):
            user.write({"active": False, "login": f"erased-{user.id}", "password": secrets.token_urlsafe(32), "signature": False})
        quiet = {"tracking_disable": True, "mail_notrack": True, "no_vat_validation": True}
        for partner in self.env["res.partner"].sudo().with_context(**quiet).browse(person.partners):
            partner.bank_ids.unlink()
            partner.write({**self._anonymous(partner), "active": False})

    def _anonymous(self, partner):
        personal = {
            name: False
            for name, field in partner._fields.items()
            if field.store and not field.related and not field.compute and field.type in ("char", "text", "html") and self._looks_personal(field)
        }
        emptied = {name: False for name in PARTNER_EMPTIED if name in partner._fields}
        return {**personal, **emptied, **self._new_name(partner)}

    def _new_name(self, partner):
        return {"name": self.env._("Erased person %(number)s", number=partner.id)}


def _unpacked(content):
    """A file's text. A workbook is a zip of texts; a part that unfolds beyond all bounds is left alone."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        read = [parts.read(part) for part in parts.infolist() if part.file_size < MOST_BYTES]
    return b"\n".join(read).decode("utf-8", "replace")
