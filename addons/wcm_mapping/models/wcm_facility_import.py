import base64
import contextlib
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from .. import readers
from ..matching import Place, Places
from ..place import place_issue
from ..postcode import normalise_postcode, sector_of, sector_position

KINDS = [("okw", "Open Know-Where"), ("gogocarto", "GoGoCarto"), ("csv", "CSV or Excel")]
OUTCOMES = ("create", "update", "conflict", "same", "duplicate", "skip", "gone", "error")
# How people write the country whose code is GB.
UK_NAMES = ("uk", "great britain", "england", "scotland", "wales", "northern ireland")
POSITION = ("latitude", "longitude", "location_precision")


@dataclass
class Known:
    """What the rows of one file are compared with: read once, not row by row."""

    countries: dict
    outlines: list
    facilities: dict
    places: Places
    rows: dict
    own_regions: set | None


class WcmFacilityImport(models.Model):
    """One file of production spaces: looked at row by row first, then written."""

    _name = "wcm.facility.import"
    _description = "Import of Production Spaces"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False)
    kind = fields.Selection(KINDS, required=True, default="okw")
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    profile_id = fields.Many2one(
        "wcm.import.profile",
        string="Columns",
        ondelete="restrict",
        help="Which column of the table means what. Without one, columns are found by their names.",
    )
    source_host = fields.Char(
        "Source",
        required=True,
        help="Who publishes the file, for example internetofproduction.org. With the "
        "record's id it tells a record that is already here.",
    )
    licence = fields.Char(help="Licence of the data, for example CC BY 4.0. A file that names its own needs none here.")
    attribution = fields.Char(help="How the licence asks the source to be named.")
    source_id = fields.Many2one("wcm.facility.source", string="Saved Source", readonly=True, index="btree_not_null", ondelete="set null")
    state = fields.Selection(
        [("draft", "Draft"), ("previewed", "Previewed"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many("wcm.facility.import.line", "import_id", string="Rows")
    create_count = fields.Integer("New", compute="_compute_counts")
    update_count = fields.Integer("Changed", compute="_compute_counts")
    conflict_ids = fields.One2many("wcm.facility.import.conflict", "import_id", string="Changed on Both Sides")
    conflict_count = fields.Integer("Spaces Changed on Both Sides", compute="_compute_counts")
    same_count = fields.Integer("Same", compute="_compute_counts")
    duplicate_count = fields.Integer("Duplicates", compute="_compute_counts")
    gone_count = fields.Integer("Gone", compute="_compute_counts")
    skip_count = fields.Integer("Left Out", compute="_compute_counts")
    error_count = fields.Integer("Errors", compute="_compute_counts")
    to_fix_count = fields.Integer("To Fix", compute="_compute_counts")

    @api.depends("filename", "kind", "source_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            run.name = run.source_id.name or run.filename or kinds.get(run.kind)

    @api.depends("line_ids.outcome", "line_ids.warning")
    def _compute_counts(self):
        lines = self.env["wcm.facility.import.line"]
        domain = [("import_id", "in", self.ids)]
        counts = dict.fromkeys(((run.id, outcome) for run in self for outcome in OUTCOMES), 0)
        for run, outcome, count in lines._read_group(domain, ["import_id", "outcome"], ["__count"]):
            counts[run.id, outcome] = count
        to_fix = dict(lines._read_group([*domain, ("warning", "!=", False)], ["import_id"], ["__count"]))
        for run in self:
            for outcome in OUTCOMES:
                run[f"{outcome}_count"] = counts[run.id, outcome]
            run.to_fix_count = to_fix.get(run, 0)

    @api.onchange("file", "kind")
    def _onchange_file(self):
        """The columns as they were matched the last time that a table had the same headers."""
        self.profile_id = False
        if self.kind == "csv" and self.file:
            with contextlib.suppress(UserError):
                self.profile_id = self.profile_id._find_for(self._read_headers())

    def write(self, vals):
        """Another file or source makes the preview untrue."""
        if vals.keys() & {"kind", "file", "profile_id", "source_host", "licence", "attribution"}:
            if self.filtered(lambda run: run.state == "done"):
                raise UserError(self.env._("This import is done. Start a new one for another file."))
            self.line_ids.unlink()
            vals = {"state": "draft", **vals}
        return super().write(vals)

    def action_preview(self):
        """Read the file and say what would become of each row; writes no production space."""
        self.ensure_one()
        self._check_not_done()
        rows = self._read_rows()
        known = self._read_known(rows)
        self.line_ids.unlink()
        lines = [*(self._plan_row(row, known) for row in rows), *self._plan_gone(rows)]
        self.env["wcm.facility.import.line"].create([{"import_id": self.id, **line} for line in lines])
        self.state = "previewed"

    def action_match_columns(self):
        """Say which column means what; what is said is kept for the next table with these headers."""
        self.ensure_one()
        self._check_not_done()
        profiles = self.env["wcm.import.profile"]
        headers = self._read_headers()
        profile = self.profile_id or profiles._find_for(headers) or profiles._create_for(headers, self.filename)
        self.profile_id = profile if profile.has_access("write") else profile.copy()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Match Columns"),
            "res_model": profiles._name,
            "res_id": self.profile_id.id,
            "views": [(self.env.ref("wcm_mapping.wcm_import_profile_view_form").id, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Write what the preview said; a row that fails keeps its reason and costs no other."""
        self.ensure_one()
        self._lock()
        if self.state != "previewed":
            raise UserError(self.env._("Preview the file before you apply it."))
        lines = self.line_ids
        lines.filtered(lambda line: line._action() == "create")._create_facilities()
        lines.filtered(lambda line: line._action() == "update")._update_facilities()
        lines.filtered(lambda line: line._action() == "gone")._flag_gone()
        self.state = "done"

    def action_open_lines(self):
        """The rows of one outcome, which the button names in its context."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility_import_line")
        action["domain"] = [("import_id", "=", self.id)]
        action["context"] = {f"search_default_{self.env.context.get('rows')}": 1}
        return action

    @api.model
    def _import_bytes(self, content, kind, source_host, licence, attribution, apply=True):
        """Preview, and with `apply` write, a file's bytes.

        The same way as the screen's, for a shell and for loaders.

        :return: the import, with a line per row
        :raise UserError: the file as a whole cannot be read
        """
        run = self.create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "source_host": source_host,
                "licence": licence,
                "attribution": attribution,
            }
        )
        run.action_preview()
        if apply:
            run.action_apply()
        return run

    def _lock(self):
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(self.env._("Somebody is applying this import just now. Open it again shortly.")) from None

    def _check_not_done(self):
        if self.state == "done":
            raise UserError(self.env._("This import is done. Start a new one to import again."))

    def _read_rows(self):
        matching = self.profile_id._matching() if self.kind == "csv" else None
        return self._read(lambda content: readers.read(self.kind, content, matching))

    def _read_headers(self):
        return self._read(readers.table.headers)

    def _read(self, reader):
        """What a reader makes of the file's bytes; what it cannot read is said to the user."""
        if not self.file:
            raise UserError(self.env._("Choose a file. If you did, it is empty."))
        try:
            return reader(base64.b64decode(self.file))
        except readers.ReadError as error:
            raise UserError(str(error)) from None

    def _read_known(self, rows):
        everywhere = self.env.user.has_group("wcm_mapping.group_mapping_manager")
        regions = self.env["wcm.region"].search([("boundary", "!=", False)])
        facilities = self._known_facilities(rows)
        return Known(
            countries=self._known_countries(),
            outlines=regions._outlines(),
            facilities={facility.external_id: facility for facility in facilities},
            places=self._known_places(),
            rows={},
            own_regions=None if everywhere else set(regions.filtered(lambda r: self.env.user in r.coordinator_ids).ids),
        )

    def _known_facilities(self, rows):
        """The source's records that are here, also those that the user may not see."""
        ids = [row.external_id for row in rows if row.external_id]
        found = self.env["wcm.facility"].sudo().with_context(active_test=False)
        found = found.search([("source_host", "=", self.source_host), ("external_id", "in", ids)])
        return found.sudo(self.env.su)

    def _known_countries(self):
        countries = self.env["res.country"].with_context(lang="en_US").search([("code", "!=", False)])
        uk = self.env.ref("base.uk")
        return {
            **{country.code.casefold(): country for country in countries},
            **{country.name.casefold(): country for country in countries},
            **dict.fromkeys(UK_NAMES, uk),
        }

    def _known_places(self):
        facilities = self.env["wcm.facility"].with_context(active_test=False)
        needed = ["name", "latitude", "longitude", "location_precision", "zip", "source_host"]
        places = Places()
        for facility in facilities.search_fetch([], needed):
            place = Place(facility, facility._position(), facility.zip or "")
            places.add(facility.name, place)
        return places

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
        values = self._facility_values(row, country, known)
        line.update(values=values, warning=row.note or self._find_warning(values, country))
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

    def _has_news(self):
        """Whether a person has anything to decide here."""
        return any(self[f"{outcome}_count"] for outcome in OUTCOMES if outcome not in ("same", "skip"))

    def _find_country(self, row, known):
        """The row's country; empty when neither it nor its postcode tells; None if unknown."""
        if row.country:
            return known.countries.get(row.country.casefold())
        code = "gb" if sector_of(row.zip) else None
        return known.countries.get(code, self.env["res.country"])

    def _facility_values(self, row, country, known):
        """Only what the row says: an empty cell never empties a field."""
        texts = {name: getattr(row, name) for name in row.text_fields()}
        texts.pop("country")
        texts.pop("location_precision")
        values = {
            **texts,
            "zip": normalise_postcode(row.zip),
            "country_id": country.id,
            "source_extra": row.extra,
            "licence": row.licence or self.licence,
            "attribution": row.attribution or self.attribution,
            "source": self.kind,
            "source_host": self.source_host,
            "visibility": "public",
        }
        values = {name: value for name, value in values.items() if value}
        values.update(self._position_values(row))
        if "latitude" in values:
            region = self.env["wcm.region"]._containing(values["latitude"], values["longitude"], known.outlines)
            values["region_id"] = region.id
        return values

    def _position_values(self, row):
        if row.has_position:
            return dict(zip(POSITION, (row.latitude, row.longitude, row.location_precision or "exact"), strict=True))
        middle = sector_position(row.zip)
        return dict(zip(POSITION, (*middle, "postcode_sector"), strict=True)) if middle else {}

    def _find_warning(self, values, country):
        position = (values["latitude"], values["longitude"]) if "latitude" in values else None
        issue = place_issue(position, country.code, values.get("zip"))
        labels = dict(self.env["wcm.facility"]._fields["location_issue"]._description_selection(self.env))
        if not issue and values.get("location_precision") == "postcode_sector":
            return self.env._("Placed by its postcode only")
        return labels.get(issue, False)

    def _decide(self, row, values, known):
        """Outcome, reason and space of a row that can be used."""
        first = known.rows.get(row.external_id) if row.external_id else None
        if first:
            return self._decide_repeated(row, first)
        known.rows.setdefault(row.external_id, row)
        facility = known.facilities.get(row.external_id)
        if facility:
            return self._decide_known(facility, values)
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

    def _decide_known(self, facility, values):
        """The same id of the same source is here already."""
        if not facility.has_access("write"):
            reason = self.env._("It is here already, in a region that is not yours.")
            return {"outcome": "error", "reason": reason}
        changed = facility._changed_fields(values)
        asked = facility._conflicting_fields(values)
        labels = ", ".join(dict.fromkeys(map(facility._import_label, asked or changed)))
        if asked:
            reason = self.env._("Changed here and at the source: %(fields)s", fields=labels)
            conflicts = self._conflict_commands(facility, values)
            return {"outcome": "conflict", "reason": reason, "facility_id": facility.id, "conflict_ids": conflicts}
        if not changed:
            return self._decide_unchanged(facility)
        reason = self.env._("Changed: %(fields)s", fields=labels)
        return {"outcome": "update", "reason": reason, "facility_id": facility.id}

    def _decide_unchanged(self, facility):
        if facility.source_gone_on:
            reason = self.env._("It is back at the source.")
            return {"outcome": "update", "reason": reason, "facility_id": facility.id}
        return {"outcome": "same", "facility_id": facility.id}

    def _conflict_commands(self, facility, values):
        """A line for each field to choose; none for a space that the user may not change."""
        if not facility.has_access("write"):
            return []
        names = facility._conflicting_fields(values)
        return [Command.create(facility._conflict_values(name, values)) for name in names]

    def _decide_new(self, row, values, known):
        """Unknown id: a possible duplicate when the name is known nearby."""
        position = (values["latitude"], values["longitude"]) if "latitude" in values else None
        postcode = values.get("zip", "")
        twin = known.places.find(row.name, position, postcode)
        known.places.add(row.name, Place(row.row_number, position, postcode))
        if not twin:
            return {"outcome": "create"}
        if self._is_same_without_id(row, twin):
            return self._decide_known(twin.key, values)
        if isinstance(twin.key, int):
            reason = self.env._("The name and place of row %(row)s", row=twin.key)
            return {"outcome": "duplicate", "reason": reason, "repeats_row": twin.key}
        reason = self.env._("The name and place of “%(name)s”, which is here", name=twin.key.name)
        conflicts = self._conflict_commands(twin.key, values)
        return {"outcome": "duplicate", "reason": reason, "facility_id": twin.key.id, "conflict_ids": conflicts}

    def _is_same_without_id(self, row, twin):
        """A source without ids: there, the name and the place are the identity."""
        if row.external_id or isinstance(twin.key, int):
            return False
        return twin.key.source_host == self.source_host and not twin.key.external_id
