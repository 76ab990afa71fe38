import json

from psycopg2.extras import Json

from odoo import fields, models
from odoo.tools import SQL, split_every

ROWS = 5000
COLUMNS = (
    "part_id", "biz_step", "event_time", "record_time", "person_id", "user_id", "place", "note", "data", "is_public",
    "previous_hash", "event_hash", "create_uid", "create_date", "write_uid", "write_date",
)


class WcmPartEvent(models.Model):
    """The same step of very many parts, with no record read or made one by one."""

    _inherit = "wcm.part.event"

    def _append_many(self, part_ids, biz_step, note, data, is_public=False):
        """As `_append()`, in a tenth of the time; places are looked up once for each member, home and state.

        :param part_ids: each once
        :raise ConcurrencyError: somebody else recorded one since this request began, which starts it again
        """
        common = self._common_values(biz_step, note, is_public) | {"data": data or False}
        parts = self.env["wcm.part"].browse(part_ids)
        last, places = self._last_hashes(parts), self._places(parts, biz_step)
        for batch in split_every(ROWS, part_ids, list):
            self._insert([
                {**common, "part_id": part_id, "place": places[part_id], "previous_hash": last.get(part_id) or False} for part_id in batch
            ])
        parts.env["wcm.part"].invalidate_model(["event_ids", "history_intact"])

    def _places(self, parts, biz_step):
        """{part id: where it happens}"""
        parts.flush_model()
        rows = self.env.execute_query(SQL(
            "SELECT min(id), array_agg(id) FROM wcm_part WHERE id = ANY(%s) GROUP BY membership_id, build_id, state", list(parts.ids),
        ))
        return {part_id: place for first, ids in rows for place in [parts.browse(first)._place_of(biz_step)] for part_id in ids}

    def _insert(self, vals_list):
        now, uid = fields.Datetime.now(), self.env.uid
        stamps = {"create_uid": uid, "create_date": now, "write_uid": uid, "write_date": now}
        rows = [{**vals, **stamps, "event_hash": self._hash(vals)} for vals in vals_list]
        self._refusing_races(lambda: self.env.cr.execute_values(
            f"INSERT INTO wcm_part_event ({', '.join(COLUMNS)}) VALUES %s",  # pylint: disable=sql-injection; constants of this file
            [[self._to_sql(row, name) for name in COLUMNS] for row in rows], page_size=ROWS,
        ))

    def _to_sql(self, row, name):
        if name == "data":
            return Json(row["data"], dumps=json.dumps) if row["data"] else None
        return row[name] if name == "is_public" else row[name] or None
