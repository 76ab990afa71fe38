from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models

# Rounding of hours in the database.
HOURS_NOISE = 0.1


@dataclass(slots=True)
class Scarce:
    """One process in one region over the weeks of the plans, in clock hours.

    :ivar months: {first day: [load, capacity]}
    :ivar saves: {Monday: currency that one more hour in that week would save, at the member where most}
    """

    process: models.Model
    region: models.Model
    hours: float = 0.0
    capacity: float = 0.0
    months: dict = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    saves: dict = field(default_factory=dict)
    is_taken_twice: bool = False

    def add(self, monday, hours, capacity, saves):
        self.hours += hours
        self.capacity += capacity
        month = self.months[monday.replace(day=1)]
        month[0] += hours
        month[1] += capacity
        self.is_taken_twice |= hours > capacity + HOURS_NOISE
        if saves:
            self.saves[monday] = max(saves, self.saves.get(monday, 0))

    @property
    def share(self):
        return self.hours / self.capacity if self.capacity else 0.0

    @property
    def fullest(self):
        """The month with the largest share, and that share."""
        shares = {month: hours / capacity for month, (hours, capacity) in self.months.items() if capacity}
        return max(shares.items(), key=lambda item: item[1], default=(None, 0.0))

    @property
    def saving(self):
        """Of one more hour in each of the weeks that are short."""
        return sum(self.saves.values())


class WcmBuild(models.Model):
    """Where the plans in force are full."""

    _inherit = "wcm.build"

    @api.model
    def _scarce(self, plans):
        """What each process of each region has to do from this week on, the scarcest first. A coordinator sees the
        hours of the own regions only.

        Two plans share one capacity: the later one knew what the earlier had taken, so loads add up and the larger
        capacity is the whole.
        """
        today = fields.Date.context_today(self)
        groups = self.env["wcm.plan.load"]._read_group(
            [("plan_id", "in", plans.ids), ("week_start", ">", today - timedelta(weeks=1))],
            ["process_id", "region_id", "membership_id", "week_start:day"],
            ["hours:sum", "capacity:max", "shadow_value:max"],
        )
        found = {}
        for process, region, _member, monday, *figures in groups:
            row = found.setdefault((process, region), Scarce(process, region))
            row.add(fields.Date.to_date(monday), *figures)
        return sorted(found.values(), key=lambda row: (-row.saving, -row.fullest[1], row.process.name, row.region.name or ""))

    @api.model
    def _load_row(self, row):
        month, share = row.fullest
        return {
            "process": row.process.name,
            "region": row.region.name or self.env._("No region"),
            "hours": row.hours,
            "capacity": row.capacity,
            "share": row.share,
            "fullest": fields.Date.to_string(month) if month else False,
            "fullest_share": share,
            "saving": row.saving,
            "domain": [["process_id", "=", row.process.id], ["region_id", "=", row.region.id]],
        }
