"""Everything that exists, in one region; and everybody who has no business with it.

Birch's world is in Cumbria, the callers are not: what one of them learns or changes there is a hole.
"""

import html
from datetime import date, datetime

from odoo import Command
from odoo.models import MAGIC_COLUMNS

from odoo.addons.wcm_qc.tests.common import picture

from .test_members_apart import SECRET, MembersCase

OUTSIDE = ("portal", "operator", "member", "funder")
INSIDE = ("employee", "mapping_elsewhere", "coordinator_elsewhere")
SAMPLES = {
    "char": SECRET, "text": SECRET, "html": SECRET, "integer": 1, "float": 1, "monetary": 1, "boolean": False,
    "date": date(2030, 1, 7), "datetime": datetime(2030, 1, 7, 10), "binary": picture(), "json": {}, "reference": False,
}  # fmt: skip
# Any of it in an answer is one too many. "Birch" alone is also a plywood.
PRIVATE = (SECRET, html.escape(SECRET), "Birch Joinery", "birch.example", "birch@example.com")
# What a model wants that its fields do not say.
SAID = {
    "wcm.membership.archive": {"until": date(2030, 1, 7)},
    "wcm.application.document": {"expires_on": date(2030, 1, 7)}, "wcm.build.report": {"content": {"title": SECRET, "facts": [], "words": [], "sections": []}}, "wcm.capability.week": {"hours": 0}, "wcm.carbon.factor": {"kind": "vehicle", "per": "km", "year": 2026},
    "wcm.facility.source": {"source_host": "birch.example"}, "wcm.job.report": {"month": "2026-01-01"}, "wcm.lesson.person": {"role": "a maker"}, "wcm.running.cost": {"amount": 77},
}


class ForeignCase(MembersCase):
    """`cls.elsewhere`: {model: one record} of every model of ours; `cls.vacant` is a space without a member. `cls.callers`: {role: user}."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site.region_id = cls.cumbria
        cls.birch.facility_id.write({"visibility": "private", "email": "secret@birch.example"})
        cls.elsewhere = {model: records[:1] for model, records in cls.foreign.items()}
        known = (
            cls.cumbria, cls.site, cls.build, cls.terms, cls.routing, cls.block_bom.requirement_ids, cls.env["wcm.material"].search([]),
            cls.env["wcm.part.head"].search([("part_id", "in", cls.foreign["wcm.part"].ids)]),  # the database alone makes one
        )
        cls.elsewhere |= {records._name: records[:1].sudo() for records in known}
        cls.vacant = cls.make_facility("Birch Joinery Annex", cls.cumbria, "sme", {"latitude": 54.1, "longitude": -3.2})
        cls.env.flush_all()
        for model in sorted(filter(cls.is_ours, cls.env.registry)):
            cls._make(model)
        cls.elsewhere |= cls._make_of_others()
        cls.callers = cls._make_callers()

    @classmethod
    def _make_of_others(cls):
        """Of Odoo's models that ours extend."""
        machine = {"name": SECRET, "facility_id": cls.birch.facility_id.id, "process_id": cls.routing.id}
        quant = {"product_id": cls.block.id, "location_id": cls.env.ref("stock.warehouse0").lot_stock_id.id, "quantity": 1}
        values = {"maintenance.equipment": machine, "stock.quant": quant}
        made = {model: cls.env[model].sudo().create(said) for model, said in values.items()}
        return made | {"ir.attachment": cls.env["ir.attachment"].search([("name", "=", f"{SECRET}.txt")], limit=1)}

    @classmethod
    def _make_callers(cls):
        operator = cls.make_user("operator_t", "wcm_mapping.group_operator")
        own = cls.make_facility("Own Place", cls.bristol, "sme", {"latitude": 51.4, "longitude": -2.6})
        own.operator_user_ids = operator
        mapping = cls.make_user("mapping_elsewhere_t", "wcm_mapping.group_mapping_user")
        cls.bristol.coordinator_ids = [Command.link(mapping.id)]
        return {
            "portal": cls.make_user("portal_t", "base.group_portal"),
            "operator": operator,
            "member": cls.alder_user,
            "funder": cls.make_user("funder_t", "wcm_network.group_funder"),
            "employee": cls.make_user("employee_t", "base.group_user"),
            "mapping_elsewhere": mapping,
            "coordinator_elsewhere": cls.coordinator,
        }

    @classmethod
    def is_ours(cls, model):
        found = cls.env.registry[model]
        return found._original_module.startswith("wcm_") and not found._abstract

    @classmethod
    def _make(cls, model):
        """One record of a model, with what it must have and its places in Birch's world; a view has none to make."""
        if model in cls.elsewhere or not cls.env[model]._auto:
            return
        cls.elsewhere[model] = cls.env[model].sudo()
        values = cls._values(model)
        with cls.env.cr.savepoint():
            cls.elsewhere[model] = cls.env[model].sudo().create(values)
            cls.env.flush_all()

    @classmethod
    def _values(cls, model):
        fields = cls.env[model]._fields.items()
        asked = {name: field for name, field in fields if field.store and not field.compute and not field.related and name not in MAGIC_COLUMNS}
        found = {name: cls._value(model, name, field) for name, field in asked.items() if cls._is_told(model, field)}
        return {name: value for name, value in found.items() if value is not None} | SAID.get(model, {}) | cls._said(model)

    @classmethod
    def _said(cls, model):
        """Hook: what needs other records."""
        if model == "wcm.facility.duplicate":
            return {"other_id": cls.vacant.id}
        if model == "wcm.application.check":  # an application comes with one of each
            cls._one("wcm.membership.application").check_ids.unlink()
        if model == "wcm.terms.annex":
            draft = cls.env["wcm.terms"].search([("version", "=", "test of others")]) or cls.make_terms("of others")
            return {"terms_id": draft.id}
        if model == "wcm.grant.award":
            return {"recipient_id": cls.env.company.partner_id.id}
        if model == "wcm.grant.spend":
            return {"bill_line_id": cls._make_bill().invoice_line_ids.id}
        if model in ("wcm.terms.clause", "wcm.terms.levy.tier"):
            return {"annex_id": cls._one("wcm.terms.annex").id}
        # Each is of parts or of a lot of material; no field of it alone is required.
        of_parts = {"wcm.inspection": "part_id", "wcm.disposition": "part_id", "wcm.nonconformity": "part_ids", "wcm.record.contest": "part_id"}.get(model)
        if not of_parts:
            return {}
        part = cls._one("wcm.part")
        return {of_parts: part.id if of_parts == "part_id" else [Command.set(part.ids)]}

    @classmethod
    def _make_bill(cls):
        """Posted; each can be charged once."""
        line = {"name": SECRET, "quantity": 1, "price_unit": 0.1, "tax_ids": False}
        bill = cls.env["account.move"].sudo().create({
            "move_type": "in_invoice", "partner_id": cls.birch.partner_id.id, "invoice_date": "2026-05-01", "invoice_line_ids": [Command.create(line)],
        })
        bill.action_post()
        return bill

    @classmethod
    def _is_told(cls, model, field):
        """Also what says whose it is: the place, the member, the region."""
        ours = field.type == "many2one" and field.comodel_name in ("wcm.facility", "wcm.membership", "wcm.region")
        return ours or (field.required and not field.default) or (field.type == "many2many" and field.required)

    @classmethod
    def _value(cls, model, name, field):
        if field.type == "many2one":
            return cls._one(field.comodel_name).id or None
        if field.type == "many2many":
            return [Command.set(cls._one(field.comodel_name).ids)]
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        return SAMPLES[field.type]

    @classmethod
    def _one(cls, model):
        """Birch's, or else any."""
        if cls.env.registry[model]._original_module.startswith("wcm_"):
            cls._make(model)
            return cls.elsewhere[model]
        if model == "res.users":
            return cls.other_coordinator
        return cls.env[model].sudo().search([], limit=1)

    def writes(self):
        """{table: rows that this transaction tried to write so far}, also those that were rolled back."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(self.env.cr.fetchall())
