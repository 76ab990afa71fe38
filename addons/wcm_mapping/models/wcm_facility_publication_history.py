from odoo import api, fields, models

# What decides what leaves the house, and how much of it.
CONSENTS = (
    "visibility", "published_precision", "publish_contact", "publish_kit", "publish_evidence", "publish_capacity", "active",
)  # fmt: skip
# What a new space publishes when nobody says anything: nothing.
CLOSED = {
    "visibility": "private", "published_precision": "postcode_sector", "publish_contact": "no", "publish_kit": "no",
    "publish_evidence": "no", "publish_capacity": "no", "active": "yes",
}  # fmt: skip


class WcmFacility(models.Model):
    """Who published what of a space, when and on whose word: written by every change, whatever way it comes."""

    _inherit = "wcm.facility"

    publication_change_ids = fields.One2many(
        "wcm.publication.change", "facility_id", "What Was Published", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        facilities = super().create(vals_list)
        facilities._record_changes(dict.fromkeys(facilities.ids, CLOSED))
        return facilities

    def write(self, vals):
        if not vals.keys() & set(CONSENTS):
            return super().write(vals)
        before = {facility.id: facility._consents() for facility in self}
        result = super().write(vals)
        self._record_changes(before)
        return result

    def _consents(self):
        """{field: its value as text}"""
        return {name: _text(self[name]) for name in CONSENTS}

    def _record_changes(self, before):
        """:param before: {space: what it published before}"""
        self.env["wcm.publication.change"].sudo().create(
            [
                {"facility_id": facility.id, "user_id": self.env.uid, **facility._agreement(), **change}
                for facility in self
                for change in facility._changes_since(before[facility.id])
            ]
        )

    def _changes_since(self, before):
        now = self._consents()
        return [
            {"field_name": name, "value_from": before[name], "value_to": now[name]}
            for name in CONSENTS
            if now[name] != before[name]
        ]

    def _agreement(self):
        """On whose word: as the change was asked for; of what came from elsewhere the licence that it came with."""
        given = self.env.context.get("publication_agreement")
        if given or not self.source_host or self.publication_change_ids:
            return given or {}
        came = self.env._("Public already at %(host)s, under %(licence)s.", host=self.source_host, licence=self.licence or "?")
        return {"agreement": came}

    def _change_publication(self, values, agreement, file=False, filename=False):
        """Change what is published on somebody's word.

        :param values: of the fields in CONSENTS
        :param agreement: who agreed, when and how
        """
        word = {"agreement": agreement, "agreement_file": file, "agreement_filename": filename}
        allowed = {name: value for name, value in values.items() if name in CONSENTS}
        self.with_context(publication_agreement=word).write(allowed)

    def _was_public(self):
        """Whether anybody could once see it: its address answers that it is gone, not that it never was."""
        domain = [("facility_id", "in", self.ids), ("field_name", "=", "visibility"), ("value_to", "=", "public")]
        return bool(self.env["wcm.publication.change"].sudo().search_count(domain, limit=1))

    def action_change_publication(self):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change What Is Published"),
            "res_model": "wcm.publication.wizard",
            "views": [(False, "form")],
            "context": {"default_facility_id": self.id},
            "target": "new",
        }


def _text(value):
    return {True: "yes", False: "no"}.get(value, value)
