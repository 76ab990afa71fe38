from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .wcm_facility_imported import NOT_ASKED
from .wcm_facility_place import RANK
from .wcm_facility_publication import RECORDED

# What belongs together is chosen together: a street of one and a postcode of the other is nowhere.
GROUPS = {
    "address": ("street", "street2", "city", "county", "zip", "country_id"),
    "place": (
        "latitude", "longitude", "location_precision", "place_source", "place_found", "placed_by_id", "placed_on",
    ),
    "region_id": ("region_id", "region_by_hand"),
    "verified": ("verified_on", "verified_by_id"),
}
# Most open last.
OPENNESS = ("private", "network", "public")
EVIDENCE = ("declared", "audited", "demonstrated")
SIDES = ("ours", "theirs")
NAMES_SHOWN = 4
# What stays with the archived record: its identity in modules, pairs that it is one of, what it published and when.
STAY = {"ir.model.data", "wcm.facility.duplicate", "wcm.publication.change"}


class WcmFacilityDuplicate(models.Model):
    """Both sides of a pair, field by field, as the screen draws them.

    A row: {key, label, kind, ours, theirs, same, choice, why, choices}. `choice` is "ours" (of the space to keep),
    "theirs", "both", or empty where somebody has to choose; `why` says why it is what it is.
    """

    _inherit = "wcm.facility.duplicate"

    choices = fields.Json(help="What somebody chose, by key of the row; the rest follows the proposal.")
    comparison = fields.Json(compute="_compute_comparison")
    snapshot = fields.Json(readonly=True, help="The comparison as it was merged.")

    @api.constrains("choices")
    def _check_choices(self):
        for pair in self.filtered("choices"):
            known = isinstance(pair.choices, dict) and all(c in (*SIDES, "both") for c in pair.choices.values())
            if not known or pair.state != "open":
                raise ValidationError(self.env._("Choose one of the two sides, as long as they are not merged."))

    @api.depends("facility_id", "other_id", "choices", "state", "snapshot")
    @api.depends_context("uid", "lang")
    def _compute_comparison(self):
        for pair in self:
            pair.comparison = pair.snapshot if pair.state == "merged" else pair._compare()

    def _compare(self):
        self.ensure_one()
        rows = self._rows()
        return {
            "sides": [
                self._side(self.facility_id, self.env._("Stays")),
                self._side(self.other_id, self.env._("Becomes a part of it")),
            ],
            "rows": rows,
            "related": self._related_rows(),
            "blockers": self._blockers(rows),
            "editable": self.state == "open",
        }

    def _side(self, facility, role):
        """The head of a column."""
        source = facility.source_host or self._label_of(facility, "source")
        return {
            "role": role,
            "title": facility.name,
            "path": f"/odoo/production-spaces/{facility.id}",
            "town": ", ".join(filter(None, (facility.city, facility.zip))),
            "source": self.env._("From %(host)s", host=source) if facility.source != "manual" else source,
            "licence": facility.licence or "",
            "date": format_date(self.env, facility.source_date or facility.create_date),
        }

    def _label_of(self, facility, name):
        return dict(facility._fields[name]._description_selection(self.env)).get(facility[name], "")

    def _rows(self):
        rows = [self._row(key, names) for key, names in self._compared_fields().items()]
        return [row for row in [*rows, *self._capability_rows()] if row["ours"] or row["theirs"]]

    def _compared_fields(self):
        """{key: names of fields that are chosen together}: what a person or an import writes."""
        space = self.env["wcm.facility"]
        published = [n for n in space._fields if n.startswith("publish") and n not in RECORDED and self._is_written(n)]
        groups = {**GROUPS, "publication": ("visibility", *published)}
        grouped = {name: key for key, names in groups.items() for name in names}
        compared = {"name": ("name",)}
        for name in space._fields:
            key = grouped.get(name, name)
            if name in grouped or self._is_written(name):
                compared[key] = groups.get(key, (name,))
        return compared

    def _is_written(self, name):
        field = self.env["wcm.facility"]._fields[name]
        typed = not field.readonly or name == "operator_user_ids"
        theirs = field.store and typed and not field.compute and not field.related
        provenance = name in NOT_ASKED - {"region_id"} or name.startswith(("message_", "activity_"))
        return theirs and not provenance and name != "active" and field.type not in ("one2many", "json")

    def _row(self, key, names):
        ours, theirs = (self._text(space, key, names) for space in (self.facility_id, self.other_id))
        field = self.env["wcm.facility"]._fields[names[0]]
        kind = {"binary": "image", "many2many": "tags"}.get(field.type, "text")
        same = self._values_of(self.facility_id, names) == self._values_of(self.other_id, names)
        choice, why = ("ours", "") if same else self._proposal(key, names, ours, theirs)
        chosen = (self.choices or {}).get(key)
        choices = [*SIDES, "both"] if field.type in ("many2many", "text") else [*SIDES]
        return {
            "key": key,
            "label": self._row_label(key, field),
            "kind": kind,
            "ours": ours,
            "theirs": theirs,
            "same": same or ours == theirs,
            "choice": chosen if chosen in choices and not same else choice,
            "why": "" if chosen else why,
            "choices": choices,
        }

    def _row_label(self, key, field):
        labels = {
            "address": self.env._("Address"),
            "place": self.env._("Place on the map"),
            "publication": self.env._("What is published"),
            "verified": self.env._("Verified"),
        }
        return labels.get(key) or field._description_string(self.env)

    def _values_of(self, space, names):
        return [space[name] or False for name in names]

    def _text(self, space, key, names):
        """What a side says, in words; a list of words for tags, an address for a picture."""
        if key == "place":
            point = f"{space.latitude:.5f}, {space.longitude:.5f}"
            return f"{point} ({self._label_of(space, 'location_precision')})" if space._position() else ""
        words = [self._word(space, name) for name in names]
        if len(names) > 1:
            return ", ".join(dict.fromkeys(filter(None, words)))
        return words[0]

    def _word(self, space, name):
        field, value = space._fields[name], space[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "many2many":
            return value.mapped("display_name")
        if field.type == "many2one":
            return value.sudo().display_name or ""
        if field.type == "binary":
            return value and f"/web/image/wcm.facility/{space.id}/image_256?unique={space.write_date.timestamp():.0f}"
        if field.type == "boolean":
            return field._description_string(self.env) if value else ""
        return format_date(self.env, value) if field.type == "date" else str(value or "")

    def _proposal(self, key, names, ours, theirs):
        """(choice, why): what is only on one side, then what people here wrote, then what says more."""
        special = getattr(self, f"_propose_{key}", None)
        if special:
            return special()
        if not (ours and theirs):
            return ("ours" if ours else "theirs"), self.env._("only here")
        if isinstance(ours, list):
            return "both", self.env._("together")
        own = [self._wrote_by_hand(space, names[0]) for space in (self.facility_id, self.other_id)]
        if own[0] != own[1]:
            return SIDES[own[1]], self.env._("written by hand")
        return self._propose_fuller(names)

    def _propose_fuller(self, names):
        """The address with more lines, the longer description; of two numbers that of the space to keep."""
        sizes = [self._fullness(space, names) for space in (self.facility_id, self.other_id)]
        if sizes[1] > sizes[0]:
            return "theirs", self.env._("says more")
        return "ours", self.env._("says more") if sizes[0] > sizes[1] else ""

    def _fullness(self, space, names):
        if len(names) > 1:
            return sum(bool(space[name]) for name in names)
        return len(space[names[0]] or "") if space._fields[names[0]].type == "text" else 0

    def _wrote_by_hand(self, space, name):
        return space.source == "manual" or space._is_own(name, space.source_values or {})

    def _propose_place(self):
        """The point that is known best, unless it cannot be right."""
        ranks = [self._place_rank(space) for space in (self.facility_id, self.other_id)]
        if ranks[1] > ranks[0]:
            return "theirs", self.env._("better known")
        return "ours", self.env._("better known") if ranks[0] > ranks[1] else ""

    def _place_rank(self, space):
        return not space.location_issue, RANK[space.location_precision], space.location_precision == "manual"

    def _propose_verified(self):
        days = [space.verified_on or fields.Date.to_date("1900-01-01") for space in (self.facility_id, self.other_id)]
        return SIDES[days[1] > days[0]], self.env._("later")

    def _propose_is_illustrative(self):
        """Illustrative kit of either side makes one of both."""
        return ("ours" if self.facility_id.is_illustrative else "theirs"), self.env._("its kit stays")

    def _propose_operator_user_ids(self):
        """Who may write a listing is a person's decision, never a by-product."""
        return "ours", self.env._("more people can be let in by choosing “together”")

    def _propose_region_id(self):
        return ("ours" if self.facility_id.region_id else "theirs"), ""

    def _propose_publication(self):
        """What gives away less; two agreements to publish are for a person to choose from."""
        ours, theirs = (OPENNESS.index(space.visibility) for space in (self.facility_id, self.other_id))
        if ours == theirs == OPENNESS.index("public"):
            return "", self.env._("they agreed to different things: choose")
        return SIDES[theirs < ours], self.env._("publishes less")

    def _capability_rows(self):
        """What both record for the same process: one of the two stays."""
        return [self._capability_row(ours, theirs) for ours, theirs in self._shared_capability()]

    def _capability_row(self, ours, theirs):
        key, names = f"capability_{ours.process_id.id}", self._capability_fields()
        level = [EVIDENCE.index(capability.evidence_level) for capability in (ours, theirs)]
        chosen = (self.choices or {}).get(key)
        return {
            "key": key,
            "label": self.env._("Capability: %(process)s", process=ours.process_id.name),
            "kind": "text",
            "ours": self._capability_text(ours),
            "theirs": self._capability_text(theirs),
            "same": [ours[name] for name in names] == [theirs[name] for name in names],
            "choice": chosen if chosen in SIDES else SIDES[level[1] > level[0]],
            "why": self.env._("better evidence") if level[0] != level[1] and not chosen else "",
            "choices": [*SIDES],
        }

    def _shared_capability(self):
        """[(ours, theirs)], by process; archived ones too, as they hold the place."""
        capability = self.env["wcm.capability"].sudo().with_context(active_test=False)
        ours, theirs = (
            {c.process_id: c for c in capability.search([("facility_id", "=", space.id)])}
            for space in (self.facility_id, self.other_id)
        )
        return [(ours[process], theirs[process]) for process in ours if process in theirs]

    def _capability_fields(self):
        named = self.env["wcm.capability"]._fields.values()
        fixed = {"facility_id", "process_id"}
        return [
            f.name
            for f in named
            if f.store and not f.readonly and not f.compute and f.type != "one2many" and f.name not in fixed
        ]

    def _capability_text(self, capability):
        size = " × ".join(str(capability[f"envelope_{axis}_mm"] or "…") for axis in "xyz")
        level = dict(capability._fields["evidence_level"]._description_selection(self.env))[capability.evidence_level]
        price = self.env._("%(price)s an hour", price=capability.currency_id.format(capability.cost_per_hour))
        tolerance = f"± {capability.tolerance_mm:g} mm" if capability.tolerance_mm else ""
        machines = self.env._("%(count)s machines", count=capability.machine_count)
        return ", ".join(filter(None, (level, f"{size} mm", tolerance, price, machines)))

    def _related_rows(self):
        """What hangs on both and will hang on one: counts and a few names, as far as the reader may see it."""
        rows = []
        for field in self.env["wcm.facility"]._fields.values():
            ours = field.type == "one2many" and field.comodel_name.startswith(("wcm.", "maintenance."))
            if ours and field.comodel_name not in STAY:
                ours, theirs = (self._readable(space, field) for space in (self.facility_id, self.other_id))
                if ours or theirs:
                    label = field._description_string(self.env)
                    rows.append({"label": label, "ours": self._few(ours), "theirs": self._few(theirs)})
        return rows

    def _readable(self, space, field):
        return space.sudo()[field.name].sudo(self.env.su)._filtered_access("read")

    def _few(self, records):
        names = [record.display_name for record in records[:NAMES_SHOWN]]
        return {"count": len(records), "names": names, "more": max(0, len(records) - NAMES_SHOWN)}
