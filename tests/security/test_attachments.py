"""Who may read which file, written down: attachments.csv beside this file.

One line per file of Birch's: "(attached)" is what somebody attached to a record of the model, the others are its binary
fields. One column per role; r: /web/content and /web/image give it out. After a change that is meant:

    WCM_WRITE_ACCESS_TABLE=1 scripts/devtest NAME wcm_mapping,wcm_network,wcm_qc tests/security/test_attachments.py --odoo-http
"""

import base64
import csv
import os
from pathlib import Path

from odoo.exceptions import AccessError, MissingError
from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_qc.tests.common import picture

from .common import INSIDE, OUTSIDE, ForeignCase

TABLE = Path(__file__).with_name("attachments.csv")
ATTACHED = "(attached)"
ROLES = ("public", *OUTSIDE, *INSIDE)
LOGINS = {"public": (None, None), "operator": ("operator_t", "operator_t"), "member": ("alder@example.com", "alder-password")}


@tagged("post_install", "-at_install")
class TestAttachments(ForeignCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.callers = {**cls.callers, "public": cls.env.ref("base.public_user")}
        cls.files = {}
        for model, record in cls.elsewhere.items():
            cls.files[model, ATTACHED] = cls._attach(record)
            cls.files.update({(model, name): record for name in cls._binary_fields(record)})

    @classmethod
    def _attach(cls, record):
        values = {"name": "secret.jpg", "raw": base64.b64decode(picture()), "res_model": record._name, "res_id": record.id}
        return cls.env["ir.attachment"].sudo().create(values)

    @classmethod
    def _binary_fields(cls, record):
        """Of ours; each with a picture in it."""
        fields = [field for field in record._fields.values() if field.type == "binary" and cls._is_ours_or_of_ours(record, field)]
        own = {field.name: picture() for field in fields if field.store and not field.compute and not field.related}
        if own:
            cls._write_in(record.sudo(), own)
        return sorted(field.name for field in fields)

    @classmethod
    def _write_in(cls, record, values):
        """Also into what nobody writes once it is made."""
        if record._name == "wcm.terms.acceptance":
            return BaseModel.write(record, values)
        return record.write(values)

    @classmethod
    def _is_ours_or_of_ours(cls, record, field):
        return cls.is_ours(record._name) or any(module.startswith("wcm_") for module in field._modules)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_who_may_read_which_file(self):
        found = {key: {role: self.letter(*key, role) for role in ROLES} for key in self.files}
        if os.environ.get("WCM_WRITE_ACCESS_TABLE"):
            self.write_table(found)
        known = self.read()
        problems = [
            *(f"No line: {'.'.join(key)}: {', '.join(role for role in ROLES if found[key][role])}" for key in sorted(found.keys() - known.keys())),
            *(f"Gone: {'.'.join(key)}" for key in sorted(known.keys() - found.keys())),
            *(f"Changed: {'.'.join(key)}: {known[key]} is {found[key]}" for key in sorted(found.keys() & known.keys()) if known[key] != found[key]),
        ]
        self.assertFalse(problems, "\n".join(["May they really? If so, write the table again.", *problems]))

    def test_nobody_from_outside_reads_a_file_of_others(self):
        """But what all members read: the terms."""
        told = {key for key, line in self.read().items() if any(line[role] for role in ("public", *OUTSIDE))}
        self.assertLessEqual(told, {("wcm.terms", ATTACHED), ("wcm.process", ATTACHED)})

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.sql_db", "werkzeug")
    def test_the_addresses_of_files_give_out_the_same(self):
        known = self.read()
        for role, (login, password) in LOGINS.items():
            self.authenticate(login, password)
            for key in self.files:
                for address in self.addresses(*key):
                    with self.subTest(role=role, address=address):
                        answer = self.url_open(address)
                        self.assertLess(answer.status_code, 500)
                        # A picture that is refused is Odoo's placeholder.
                        served = "r" if answer.content.startswith(b"\xff\xd8") else ""
                        self.assertEqual(served, known[key][role], f"{role}: {address}")

    def letter(self, model, field, role):
        """As the routes look for it: by `ir.binary`, with the caller's rights and no token."""
        self.env.invalidate_all()
        binary, record = self.env["ir.binary"].with_user(self.callers[role]), self.files[model, field]
        try:
            name = "raw" if field == ATTACHED else field
            return "r" if binary._find_record(None, record._name, record.id, field=name).sudo()[name] else ""
        except (AccessError, MissingError):
            return ""

    def addresses(self, model, field):
        record = self.files[model, field]
        if field == ATTACHED:
            return f"/web/content/{record.id}", f"/web/image/{record.id}"
        return f"/web/content/{model}/{record.id}/{field}", f"/web/image/{model}/{record.id}/{field}"

    def write_table(self, found):
        with TABLE.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["model", "field", *ROLES])
            writer.writerows([*key, *letters.values()] for key, letters in sorted(found.items()))

    def read(self):
        if not TABLE.exists():
            return {}
        with TABLE.open(newline="") as file:
            return {(line.pop("model"), line.pop("field")): line for line in csv.DictReader(file)}
