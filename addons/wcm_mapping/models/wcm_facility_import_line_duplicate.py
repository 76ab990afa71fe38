from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .wcm_facility_duplicate_comparison import GROUPS
from .wcm_facility_imported import NOT_ASKED


class WcmFacilityImportLine(models.Model):
    """A row that may be a space that is here: both beside each other, and what becomes of it is a person's choice."""

    _inherit = "wcm.facility.import.line"

    choices = fields.Json(help="Which side of a field stays, by key of the comparison's row.")
    comparison = fields.Json(compute="_compute_comparison")

    @api.constrains("choices")
    def _check_choices(self):
        for line in self.filtered("choices"):
            known = isinstance(line.choices, dict) and all(side in ("ours", "theirs") for side in line.choices.values())
            if not known or line.outcome != "duplicate":
                raise ValidationError(self.env._("Choose one of the two sides of a possible duplicate."))
            line.import_id._check_not_done()

    @api.depends("facility_id", "values", "choices", "outcome")
    @api.depends_context("uid", "lang")
    def _compute_comparison(self):
        for line in self:
            both = line.outcome == "duplicate" and line.facility_id
            line.comparison = line._compare() if both else False

    def _compare(self):
        pairs, run = self.env["wcm.facility.duplicate"], self.import_id
        values = self.values or {}
        row = {
            "role": self.env._("Row %(row)s of the file", row=self.row_number),
            "title": self.name,
            "town": ", ".join(filter(None, (values.get("city"), values.get("zip")))),
            "source": self.env._("From %(host)s", host=run.source_host),
            "licence": values.get("licence") or "",
            "date": "",
        }
        return {
            "sides": [pairs._side(self.facility_id, self.env._("Here already")), row],
            "rows": [
                row for row in map(self._compare_row, self._compared_fields().items()) if row["ours"] or row["theirs"]
            ],
            "related": [],
            "blockers": [],
            "editable": run.state != "done" and self.facility_id.has_access("write"),
        }

    def _compared_fields(self):
        """{key: names}, of what the row says."""
        said = [name for name in self.values or {} if name not in NOT_ASKED]
        grouped = {name: key for key, names in GROUPS.items() for name in names}
        compared = {"name": ["name"]}
        for name in said:
            key = grouped.get(name, name)
            compared[key] = [other for other in GROUPS.get(key, (name,)) if other in said]
        return compared

    def _compare_row(self, item):
        key, names = item
        ours, theirs = (self._side_text(key, names, side) for side in (self.facility_id, self.values))
        proposal = "ours" if ours else "theirs"
        chosen = (self.choices or {}).get(key)
        return {
            "key": key,
            "label": self.env["wcm.facility.duplicate"]._row_label(key, self.facility_id._fields[names[0]]),
            "kind": "text",
            "ours": ours,
            "theirs": theirs,
            "same": ours == theirs,
            "choice": chosen if chosen in ("ours", "theirs") else proposal,
            "why": "" if chosen or (ours and theirs) else self.env._("only here"),
            "choices": ["ours", "theirs"],
        }

    def _side_text(self, key, names, side):
        """:param side: the space, or the row's values"""
        if key == "place":
            known = "latitude" in side if isinstance(side, dict) else side._position()
            return self.facility_id._import_text("latitude", side) if known else ""
        return ", ".join(filter(None, (self.facility_id._import_text(name, side) for name in names)))

    def _chosen_fields(self):
        """Names of the fields that take what the row says."""
        rows = {row["key"]: row for row in map(self._compare_row, self._compared_fields().items())}
        chosen = {key for key, row in rows.items() if row["choice"] == "theirs" and row["theirs"]}
        return [name for key, names in self._compared_fields().items() if key in chosen for name in names]

    def _update_one(self):
        """A space that has a source already gets the row as a record of its own beside it, and can be parted again."""
        space = self.facility_id
        if self.outcome != "duplicate" or not space:
            super()._update_one()
            return
        host = self.values["source_host"]
        if space.external_id or (space.source_host or host) != host:
            self._merge_into(space)
        else:
            space._take_values(self.values, self._chosen_fields())
        self.sudo().is_applied = True

    def _merge_into(self, space):
        keys = {row["key"]: row["choice"] for row in map(self._compare_row, self._compared_fields().items())}
        record = self._create_record(space.region_id, without=("equipment_ids",) if space.equipment_ids else ())
        pair = self.env["wcm.facility.duplicate"]._of(space, record)
        pair.choices = {**keys, "publication": "ours", "region_id": "ours"}
        pair.with_context(into_archived=True).action_merge()

    def _create_record(self, region, without):
        """The space that the row would have become, in the region of the space that it is a part of."""
        values = {name: value for name, value in self.values.items() if name not in without}
        facilities = self.env["wcm.facility"].with_context(tracking_disable=True)
        said = {"source_date": fields.Date.context_today(self), "source_values": facilities._remembered(self.values)}
        return facilities.create({**values, **said, "region_id": region.id}).with_context(tracking_disable=False)

    def action_compare(self):
        """The row beside the space that it may be."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is it the same space?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("wcm_mapping.wcm_facility_import_line_view_form_compare").id, "form")],
            "target": "new",
        }

    def action_choose(self):
        """Keep the choice that the button names in its context; nothing is written before the import is applied."""
        self.check_access("write")
        self.choice = self.env.context.get("choice")
        return {"type": "ir.actions.act_window_close"}
