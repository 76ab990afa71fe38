from odoo import api, fields, models

# What an import sets on a new space only: afterwards these belong to the coordinators.
FIRST_TIME_ONLY = {"visibility", "region_id"}
IDENTITY = {"source", "source_host", "external_id"}
POSITION = {"latitude", "longitude", "location_precision"}
# Each source's own, and kept apart where two records were merged.
PROVENANCE = IDENTITY | {"source_extra", "licence", "attribution"}
# What only imports write: nobody is asked about it.
NOT_ASKED = FIRST_TIME_ONLY | PROVENANCE | {"equipment_ids"}


def point_of(values):
    """Latitude and longitude of an import's values."""
    return values.get("latitude"), values.get("longitude")


class WcmFacility(models.Model):
    """What an import says of a space, and what of it is taken: a person's words are not overwritten unasked."""

    _inherit = "wcm.facility"

    def _changed_fields(self, values):
        """Names of the fields that an import's values would change without asking."""
        self.ensure_one()
        last = self._last_said(values)
        return [name for name in self._differing_fields(values) if not self._is_own(name, last)]

    def _conflicting_fields(self, values):
        """Names of the fields that a person has changed and the source says anew: one of them has to stay."""
        self.ensure_one()
        last = self._last_said(values)
        asked = [n for n in self._differing_fields(values) if self._is_own(n, last) and self._is_news(n, values, last)]
        place = POSITION.intersection(asked)
        return [name for name in asked if name not in place] + (["latitude"] if place else [])

    def _differing_fields(self, values):
        kept, record = self._kept_fields(values), self._source_record(values)
        here = {name: record if name in PROVENANCE else self for name in values}
        return [n for n in values if n not in kept and here[n]._plain_value(n) != values[n]]

    def _source_record(self, values):
        """The record that holds what this source said: of a space that others were merged into, perhaps one of those."""
        identity = values.get("source_host"), values.get("external_id", False)
        if (self.source_host, self.external_id) == identity:
            return self
        return next(
            (record for record in self.sudo().merged_ids if (record.source_host, record.external_id) == identity), self
        )

    def _last_said(self, values):
        """What the source of these values said the last time."""
        return self._source_record(values).source_values or {}

    def _kept_fields(self, values):
        """Names of the fields that an import leaves alone.

        An exact pin stays when the source knows no more than the postcode, and so does one that a
        person has put where the source says. A space that has an identity at one source keeps it,
        and kit that is known here is not mixed with the kit of a file.
        """
        kept = set(FIRST_TIME_ONLY)
        by_postcode = values.get("location_precision") in ("postcode_sector", "town")
        if self.location_precision in ("exact", "manual", "street") and by_postcode:
            kept |= POSITION
        if self.location_precision == "manual" and point_of(values) == (self.latitude, self.longitude):
            kept |= POSITION
        if self.external_id or not values.get("external_id"):
            kept |= IDENTITY
        if "equipment_ids" in values and self.equipment_ids:
            kept.add("equipment_ids")
        return kept

    def _is_own(self, name, last):
        """Whether a person wrote what stands here: it is something, and not what the last import wrote."""
        if name in NOT_ASKED:
            return False
        if name in POSITION:
            return bool(self._position()) and point_of(last) != (self.latitude, self.longitude)
        if name not in last:
            return bool(self[name])
        return self._plain_value(name) != last[name]

    def _is_news(self, name, values, last):
        """Whether the source says something else than the last time."""
        if name in POSITION:
            return point_of(last) != point_of(values)
        return last.get(name) != values[name]

    def _plain_value(self, name):
        value = self[name]
        return value.id if self._fields[name].relational else value

    def _import_label(self, name):
        """What to call a field that an import asks about."""
        if name in POSITION:
            return self.env._("Place on the map")
        return self._fields[name]._description_string(self.env) if name in self._fields else name

    def _conflict_values(self, name, values):
        """Both sides of a field for a person to choose from."""
        return {"field": name, "ours": self._import_text(name, self), "theirs": self._import_text(name, values)}

    def _import_text(self, name, values):
        """:param values: the space itself, or an import's values"""
        if name in POSITION:
            return f"{values['latitude']:.5f}, {values['longitude']:.5f}"
        field, value = self._fields[name], values[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(int(value)).display_name if value else ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value or "")

    def _take_values(self, values, chosen=()):
        """Write an import's values; of what a person has changed, only the chosen fields."""
        names = {*self._changed_fields(values), *chosen, *(POSITION if "latitude" in chosen else ())}
        changed = {name: values[name] for name in names if name in values}
        record = self._source_record(values)
        said = {name: changed.pop(name) for name in PROVENANCE & changed.keys()}
        last = {**(record.source_values or {}), **self._remembered(values)}
        said.update(source_values=last, source_date=fields.Date.context_today(self), source_gone_on=False)
        if record == self:
            changed.update(said)
        else:
            record.write(said)
        self.write(changed)

    @api.model
    def _remembered(self, values):
        """Of an import's values, those that tell later whether a person has changed them."""
        return {name: value for name, value in values.items() if name not in NOT_ASKED}
