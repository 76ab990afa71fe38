from odoo import api, models
from odoo.tools import SQL

PARTS = 2000  # whose events are read at once


class WcmPartEvent(models.Model):
    """Does every history still follow from itself? Read as rows, some thousand parts at once."""

    _inherit = "wcm.part.event"

    @api.model
    def _broken(self):
        """(part id, event id) of each part whose history is broken: its first event that does not follow."""
        self.flush_model()
        after = 0
        while rows := self._next_rows(after):
            after = rows[-1]["part_id"]
            yield from self._broken_in(rows)

    def _next_rows(self, after):
        """Whole histories of the next parts, in order."""
        self.env.cr.execute(SQL(
            """SELECT id, part_id, biz_step, event_time, record_time, person_id, user_id, place, note, data, is_public, previous_hash, event_hash
                 FROM wcm_part_event
                WHERE part_id > %(after)s AND part_id <= (
                    SELECT max(id) FROM (SELECT id FROM wcm_part WHERE id > %(after)s ORDER BY id LIMIT %(parts)s) next)
                ORDER BY part_id, id""", after=after, parts=PARTS,
        ))
        return self.env.cr.dictfetchall()

    def _broken_in(self, rows):
        part, previous, broken = None, None, False
        for row in rows:
            if row["part_id"] != part:
                part, previous, broken = row["part_id"], None, False
            if not broken and (row["previous_hash"] != previous or row["event_hash"] != self._hash(row)):
                broken = True
                yield part, row["id"]
            previous = row["event_hash"]
