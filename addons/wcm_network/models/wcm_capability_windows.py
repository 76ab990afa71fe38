from datetime import datetime, timedelta

import pytz

from odoo import models

WEEKS = 8


class WcmCapability(models.Model):
    _inherit = "wcm.capability"

    def _windows(self, monday):
        """[from, to] in minutes from that Monday on its own clock: of each shift, from its start, the share offered."""
        zone = pytz.timezone(self.calendar_id.tz or "UTC")
        begin = zone.localize(datetime.combine(monday, datetime.min.time()))
        intervals = self.calendar_id._work_intervals_batch(begin, begin + timedelta(weeks=WEEKS))[False]
        shifts = ([self._minutes(moment, begin) for moment in (start, end)] for start, end, _ in intervals)
        return [[start, start + round((end - start) * self.share_offered)] for start, end in shifts if self.share_offered]

    def _minutes(self, moment, begin):
        return round((moment.replace(tzinfo=None) - begin.replace(tzinfo=None)).total_seconds() / 60)
