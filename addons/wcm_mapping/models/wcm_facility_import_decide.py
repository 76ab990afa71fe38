from odoo import models
from odoo.fields import Command

from ..matching import Place
from .wcm_facility_import_read import position_of, row_address


class WcmFacilityImport(models.Model):
    """What would become of each row, and why."""

    _inherit = "wcm.facility.import"

    def _plan_row(self, row, known):
        """Values of an import line: what would become of a row, and why."""
        line = {"row_number": row.row_number, "name": row.name or row.external_id}
        if row.skipped:
            return {**line, "outcome": "skip", "reason": row.skipped}
        country = self._find_country(row, known)
        if row.error or country is None:
            reason = row.error or self.env._(
                "The country “%(country)s” is not known. Use its English name or its two-letter code.",
                country=row.country,
            )
            return {**line, "outcome": "error", "reason": reason}
        values, issue = self._placed_values(row, country, known)
        line.update(values=values, warning=row.note or self._warning(values, issue))
        return {**line, **self._decide(row, values, known)}

    def _plan_gone(self, rows):
        """Spaces of a saved source that its whole list no longer holds. A file by hand may be a part of one."""
        ids = {row.external_id for row in rows if row.external_id and not row.skipped}
        if not self.source_id or not ids:
            return []
        domain = [("source_host", "=", self.source_host), ("external_id", "!=", False), ("source_gone_on", "=", False)]
        here = self.env["wcm.facility"].search(domain)._filtered_access("write")
        gone = here.filtered(lambda space: space.external_id not in ids and self.source_id._covers(space))
        reason = self.env._("The source no longer lists it. It stays here, marked.")
        return [{"name": space.name, "outcome": "gone", "reason": reason, "facility_id": space.id} for space in gone]

    def _decide(self, row, values, known):
        """Outcome, reason and space of a row that can be used."""
        first = known.rows.get(row.external_id) if row.external_id else None
        if first:
            return self._decide_repeated(row, first)
        known.rows.setdefault(row.external_id, row)
        facility = known.facilities.get(row.external_id)
        if facility:
            return self._decide_known(row, facility, values, known)
        if known.own_regions is not None and values.get("region_id") not in known.own_regions:
            reason = self.env._("It lies in none of your regions. Ask a manager to import it.")
            return {"outcome": "error", "reason": reason}
        return self._decide_new(row, values, known)

    def _decide_repeated(self, row, first):
        """The id of an earlier row again."""
        alike = all(getattr(row, n) == getattr(first, n) for n in row.text_fields())
        number = first.row_number
        same = alike and (row.latitude, row.longitude) == (first.latitude, first.longitude)
        if same:
            reason = self.env._("The same record as row %(row)s", row=number)
        else:
            reason = self.env._("The id of row %(row)s again, with other values; the first counts", row=number)
        return {
            "outcome": "same" if same else "duplicate",
            "reason": reason,
            "repeats_row": number,
        }

    def _decide_known(self, row, facility, values, known):
        """The same id of the same source is here already."""
        if not facility.has_access("write"):
            reason = self.env._("It is here already, in a region that is not yours.")
            return {"outcome": "error", "reason": reason}
        changed = facility._changed_fields(values)
        asked = facility._conflicting_fields(values)
        labels = ", ".join(dict.fromkeys(map(facility._import_label, asked or changed)))
        if asked:
            reason = self.env._("Changed here and at the source: %(fields)s", fields=labels)
            conflicts = [Command.create(facility._conflict_values(name, values)) for name in asked]
            return {"outcome": "conflict", "reason": reason, "facility_id": facility.id, "conflict_ids": conflicts}
        if not changed:
            return self._decide_unchanged(facility, values)
        reason = self.env._("Changed: %(fields)s", fields=labels)
        return {"outcome": "update", "reason": reason, "facility_id": facility.id}

    def _decide_unchanged(self, facility, values):
        if facility._source_record(values).source_gone_on:
            reason = self.env._("It is back at the source.")
            return {"outcome": "update", "reason": reason, "facility_id": facility.id}
        return {"outcome": "same", "facility_id": facility.id}

    def _decide_new(self, row, values, known):
        """Unknown id: a possible duplicate when the name is known nearby, or the address."""
        position, postcode = position_of(values), values.get("zip", "")
        twin = known.places.find(row.name, position, postcode)
        known.places.add(row.name, Place(row.row_number, position, postcode))
        if not twin:
            return self._decide_by_address(row, known)
        if self._is_same_without_id(row, twin):
            return self._decide_known(row, twin.key, values, known)
        if isinstance(twin.key, int):
            reason = self.env._("The name and place of row %(row)s", row=twin.key)
            return {"outcome": "duplicate", "reason": reason, "repeats_row": twin.key}
        reason = self.env._("The name and place of “%(name)s”, which is here", name=twin.key.name)
        return {"outcome": "duplicate", "reason": reason, "facility_id": twin.key.id}

    def _decide_by_address(self, row, known):
        """Another name at a known address may be a new name, or a neighbour: only a person can tell."""
        twin = known.places.find_at(row_address(row), self.source_host, bool(row.external_id))
        if not twin:
            return {"outcome": "create"}
        reason = self.env._("The address of “%(name)s”, which is here", name=twin.key.name)
        return {"outcome": "duplicate", "reason": reason, "facility_id": twin.key.id}

    def _is_same_without_id(self, row, twin):
        """A source without ids: there, the name and the place are the identity."""
        return not row.external_id and twin.host == self.source_host and not twin.has_id
