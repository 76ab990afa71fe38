from datetime import datetime, timedelta

import pytz

from odoo import models
from odoo.tools.intervals import Intervals

WEEKS = 8
WEEK = 7 * 24 * 60


class WcmCapability(models.Model):
    _inherit = "wcm.capability"

    def _windows(self, booked, monday):
        """[from, to] in minutes from that Monday on its own clock: of each shift, less what is booked, from its start
        the share offered; of a week of which hours were said, as much as these are of all hours.

        :param booked: [(from, to)] in UTC when the machine is out of work
        """
        zone = pytz.timezone(self.calendar_id.tz or "UTC")
        begin = zone.localize(datetime.combine(monday, datetime.min.time()))
        shares = self._shares_by_week(monday)
        intervals = self.calendar_id._work_intervals_batch(begin, begin + timedelta(weeks=WEEKS))[False] - self._in_zone(booked, zone)
        shifts = ([self._minutes(moment, begin) for moment in (start, end)] for start, end, _ in intervals)
        windows = ([start, start + round((end - start) * shares(start))] for start, end in shifts)
        return [window for window in windows if window[0] < window[1]]

    def _shares_by_week(self, monday):
        """minutes from that Monday -> share of the machines' hours that is offered"""
        said = self.env["wcm.capability.week"].search([("capability_id", "=", self.id), ("week_start", ">=", monday)])
        domain = [("capability_id", "=", self.id), ("week_start", "in", said.mapped("week_start"))]
        rows = self.env["wcm.capacity"].search(domain) if said else ()
        shares = {
            (row.week_start - monday).days // 7: row.hours_capacity / row.hours_possible if row.hours_possible else 0
            for row in rows
        }
        return lambda minutes: shares.get(minutes // WEEK, self.share_offered)

    def _in_zone(self, booked, zone):
        """Odoo keeps moments in UTC without saying so."""
        return Intervals([(*(pytz.utc.localize(moment).astimezone(zone) for moment in span), self.env["resource.calendar"]) for span in booked])

    def _minutes(self, moment, begin):
        return round((moment.replace(tzinfo=None) - begin.replace(tzinfo=None)).total_seconds() / 60)
