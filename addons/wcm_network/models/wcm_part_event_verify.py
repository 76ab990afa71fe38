from odoo import api, models
from odoo.tools import SQL

PARTS = 2000  # whose events are read at once


class WcmPartEvent(models.Model):
    """Does every history still follow from itself, to its end? Read as rows, some thousand parts at once."""

    _inherit = "wcm.part.event"

    @api.model
    def _broken(self):
        """(part id, event id) of each part whose history is broken: its first event that does not follow.

        Where steps were cut off the end it is the last one that is left, and False where none is.
        """
        self.flush_model()
        after = 0
        while heads := self._next_heads(after):
            after = max(heads)
            yield from self._broken_in(heads)

    def _next_heads(self, after):
        """{part id: (steps, hash of the last one)} of the next parts, as the database wrote them down when they were told.

        Parts without any are among them: their steps may all have been cut off.
        """
        rows = self.env.execute_query(SQL(
            """SELECT part.id, COALESCE(head.steps, 0), head.event_hash FROM wcm_part part LEFT JOIN wcm_part_head head ON head.part_id = part.id
                WHERE part.id > %s ORDER BY part.id LIMIT %s""", after, PARTS,
        ))
        return {part_id: (steps, event_hash) for part_id, steps, event_hash in rows}

    def _broken_in(self, heads):
        """Whole histories of these parts beside how they should end."""
        ends, found = dict.fromkeys(heads, (0, None, False)), {}
        for row in self._rows_of(min(heads), max(heads)):
            steps, previous, _last = ends[row["part_id"]]
            if row["previous_hash"] != previous or row["event_hash"] != self._hash(row):
                found.setdefault(row["part_id"], row["id"])
            ends[row["part_id"]] = steps + 1, row["event_hash"], row["id"]
        for part_id, (steps, event_hash, last) in ends.items():
            if part_id in found or heads[part_id] != (steps, event_hash):
                yield part_id, found.get(part_id, last)

    def _rows_of(self, first, last):
        self.env.cr.execute(SQL(
            """SELECT id, part_id, biz_step, event_time, record_time, person_id, user_id, place, note, data, is_public, previous_hash, event_hash
                 FROM wcm_part_event WHERE part_id BETWEEN %s AND %s ORDER BY part_id, id""", first, last,
        ))
        return self.env.cr.dictfetchall()

    def _missing(self, ids):
        """{part id: how many steps are missing}, more than none where they were cut off, less where some were put in."""
        self.flush_model()
        rows = self.env.execute_query(SQL(
            """SELECT part.id, COALESCE(head.steps, 0) - told.steps, COALESCE(head.event_hash, '') = COALESCE(told.event_hash, '')
                 FROM unnest(%s::int[]) part(id) LEFT JOIN wcm_part_head head ON head.part_id = part.id
                CROSS JOIN LATERAL (SELECT count(*) AS steps, (array_agg(event_hash ORDER BY id DESC))[1] AS event_hash
                                      FROM wcm_part_event WHERE part_id = part.id) told""", list(ids),
        ))
        return {part_id: missing for part_id, missing, is_same in rows if missing or not is_same}
