import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import SQL, format_datetime

HASHED = ("biz_step", "event_time", "place", "note", "data", "is_public", "previous_hash")


@dataclass(frozen=True)
class Doing:
    """When something was done that is only told now, and by which of the member's people.

    It travels in the context (`wcm_doing`), where no caller can put one: JSON makes no such object.
    """

    time: datetime
    person_id: int | bool = False


class WcmPartEvent(models.Model):
    """One step in the life of a part; append-only, each carrying the hash of the one before.

    The hash is SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8) of the
    step, time, place, note, data, publicity, part, user and the previous hash.
    """

    _name = "wcm.part.event"
    _description = "Part event"
    _inherit = ["wcm.facade"]
    _order = "part_id, id"
    _rec_name = "biz_step"

    _member_readable = frozenset({"part_id", "biz_step", "event_time", "place", "note", "event_hash"})

    part_id = fields.Many2one("wcm.part", required=True, ondelete="restrict", readonly=True)
    biz_step = fields.Selection(
        [
            ("commissioning", "Label issued"),
            ("assembling", "Made"),
            ("inspecting", "Checked"),
            ("holding", "Held"),
            ("repairing", "Reworked"),
            ("releasing", "Released"),
            ("packing", "Packed"),
            ("loading", "Loaded"),
            ("shipping", "Dispatched"),
            ("receiving", "Received on site"),
            ("installing", "Installed"),
            ("returning", "Returned to its maker"),
            ("replacing", "Replaced"),
            ("destroying", "Scrapped"),
        ],
        "Step", required=True, readonly=True, help="Business step, by the names of EPCIS 2.0 where it has one.",
    )
    event_time = fields.Datetime("Time", required=True, readonly=True, default=fields.Datetime.now)
    record_time = fields.Datetime("Recorded", readonly=True, help="When the network was told; later than the time where it was done offline.")
    person_id = fields.Many2one("wcm.member.person", readonly=True, ondelete="restrict", help="Who of the member's people did it, by PIN or badge.")
    user_id = fields.Many2one("res.users", "By", readonly=True, default=lambda self: self.env.uid, ondelete="restrict")
    place = fields.Char(readonly=True)
    note = fields.Char(readonly=True)
    data = fields.Json(readonly=True)
    is_public = fields.Boolean("Public", readonly=True, default=True)
    previous_hash = fields.Char(readonly=True)
    event_hash = fields.Char("Hash", readonly=True, required=True)

    _last_idx = models.Index("(part_id, id)")
    _chain_uniq = models.UniqueIndex(
        "(part_id, COALESCE(previous_hash, ''))",
        "Somebody else has just recorded a step on this part. Reload the page and try again.",
    )

    @api.depends("biz_step", "event_time")
    @api.depends_context("tz", "lang")
    def _compute_display_name(self):
        """As a person chooses one of several."""
        for event in self:
            event.display_name = event.event_time and f"{event._step_label()}, {format_datetime(self.env, event.event_time, dt_format='short')}"

    def init(self):
        """The database refuses changes too, so that no code, import or SQL rewrites history by accident."""
        self.env.cr.execute(SQL("""
            CREATE OR REPLACE FUNCTION wcm_part_event_append_only() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'The history of a part is never changed; append a new event.' USING ERRCODE = 'restrict_violation';
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER wcm_part_event_append_only BEFORE UPDATE OR DELETE ON wcm_part_event
                FOR EACH ROW EXECUTE FUNCTION wcm_part_event_append_only();
        """))

    def write(self, vals):  # pylint: disable=method-required-super; nobody ever writes one
        raise UserError(self.env._("The history of a part is never changed. A correction is a new event."))

    def unlink(self):  # pylint: disable=method-required-super; nobody ever deletes one
        raise UserError(self.env._("The history of a part is never deleted. A correction is a new event."))

    def _public_values(self):
        """One step for the public page: what and when, never who."""
        return {"step": self._step_label(), "date": self.event_time}

    def _step_label(self):
        return dict(self._fields["biz_step"]._description_selection(self.env))[self.biz_step]

    def _append(self, parts, biz_step, note, data, is_public):
        """One event for each part, after its last one.

        :param data: the same for all, or a function of the part
        :raise ConcurrencyError: somebody else recorded one since this request began, which starts it again
        """
        parts = parts.union()  # each once
        last, common = self._last_hashes(parts), self._common_values(biz_step, note, is_public)
        data_of = data if callable(data) else lambda _part: data
        vals_list = [
            {
                **common, "part_id": part.id, "place": part._place_of(biz_step), "data": data_of(part) or False,
                "previous_hash": last.get(part.id) or False,
            }
            for part in parts.sudo()
        ]
        return self._refusing_races(lambda: self.create(vals_list))

    def _common_values(self, biz_step, note, is_public):
        doing = self._doing()
        return {
            "biz_step": biz_step, "note": note or False, "is_public": is_public, "event_time": doing.time,
            "record_time": fields.Datetime.now(), "person_id": doing.person_id, "user_id": self.env.uid,
        }

    def _refusing_races(self, insert):
        try:
            return insert()
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _doing(self):
        """What is being recorded was done now, unless the shop-floor app says otherwise."""
        doing = self.env.context.get("wcm_doing")
        return doing if isinstance(doing, Doing) else Doing(fields.Datetime.now())

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The history of a part is written by what happens to it, not by hand."))
        for vals in vals_list:
            vals["event_hash"] = self._hash(vals)
        return super().create(vals_list)

    def _last_hashes(self, parts):
        self.flush_model()
        rows = self.env.execute_query(SQL(
            """SELECT part.id, last.event_hash FROM unnest(%s::int[]) part(id) CROSS JOIN LATERAL
                   (SELECT event_hash FROM wcm_part_event WHERE part_id = part.id ORDER BY id DESC LIMIT 1) last""",
            list(parts.ids),
        ))
        return dict(rows)

    def _hash(self, vals):
        return hashlib.sha256(self._sealed(vals).encode()).hexdigest()

    def _sealed(self, vals):
        """The text that is hashed; whoever has it can check the hash without this program."""
        content = {name: vals.get(name) or None for name in HASHED}
        content |= {"part": vals["part_id"], "user": vals.get("user_id") or None, "event_time": _text(vals["event_time"])}
        content |= self._hashed_since(vals)
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def _hashed_since(self, vals):
        """What earlier events do not have stays out of their hash."""
        later = {"record_time": _text(vals.get("record_time")), "person": vals.get("person_id")}
        return {name: value for name, value in later.items() if value}

    def _first_broken(self):
        """The first event that does not follow from the one before it."""
        previous = None
        for event in self:
            if event._breaks(previous):
                return event
            previous = event.event_hash
        return self.browse()

    def _breaks(self, previous):
        """:param previous: hash of the event before, None for the first"""
        return (self.previous_hash or None) != previous or self.event_hash != self._hash(self._hashed_values())

    def _hashed_values(self):
        told = {name: self[name] for name in (*HASHED, "record_time")}
        return {**told, "part_id": self.part_id.id, "user_id": self.user_id.id, "person_id": self.person_id.id}


def _text(time):
    """A time as it is hashed; None for none."""
    return fields.Datetime.to_string(fields.Datetime.to_datetime(time)) or None
