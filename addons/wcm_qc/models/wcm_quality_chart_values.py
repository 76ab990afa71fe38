from odoo import api, fields, models

from .. import charts
from .wcm_quality_chart_readings import MOST_READINGS


class WcmQualityChart(models.AbstractModel):
    """A chart for a screen: figures as they are, what they mean in words."""

    _inherit = "wcm.quality.chart"

    @api.model
    def _chart_values(self, question):
        """{count, unit, nominal, low, high, points, location, spread, signals, capability, notes}.

        A point is {value, spread, readings: [{inspection, part, day, value}]}: one reading, or those of a group; location
        and spread are {center, lower, upper}, or None where there are too few points; indices are [value, low, high].
        """
        targets = self._targets(question)
        if not targets:
            return {"count": 0}
        readings = self._readings(question, targets[0])
        values = [row["value"] for row in readings]
        size = self._group_size(question, targets[0])
        pair = charts.averages(values, size) if size > 1 else charts.individuals(values)
        low, high = self._limits(readings)
        capability = charts.capability(values, low, high, size)
        return {
            "count": targets[0]["count"], "shown": len(readings), "unit": targets[0]["unit"] or "", "nominal": targets[0]["nominal"],
            "low": low, "high": high, "size": size,
            "points": self._points(pair, readings),
            "location": self._limit_values(pair.location.limits), "spread": self._limit_values(pair.spread.limits),
            "signals": [{"rule": signal.rule, "words": self._rule_words(signal.rule), "points": signal.points} for signal in pair.signals],
            "capability": self._capability_values(capability),
            "notes": list(self._chart_notes(question, targets, readings, pair, capability)),
        }

    @api.model
    def _group_size(self, question, target):
        """The readings of one check are a group of their own; single ones are grouped as is asked for."""
        return target["size"] if target["size"] > 1 else question.size

    @api.model
    def _points(self, pair, readings):
        """The first single reading has no moving range; a group has its own."""
        shift = 1 if pair.size == 1 else 0
        return [
            {
                "value": value,
                "spread": pair.spread.points[number - shift] if number >= shift else None,
                "readings": [self._reading_values(row) for row in readings[number * pair.size : (number + 1) * pair.size]],
            }
            for number, value in enumerate(pair.location.points)
        ]

    @api.model
    def _reading_values(self, row):
        return {"inspection": row["inspection_id"], "part": row["part"], "day": fields.Datetime.to_string(row["closed_at"]), "value": row["value"]}

    @api.model
    def _limit_values(self, limits):
        return limits and {"center": limits.center, "lower": limits.lower, "upper": limits.upper}

    @api.model
    def _limits(self, readings):
        """Allowed by the newest version; nothing can be below 0 where 0 is wanted and no minus allowed, so that is no limit."""
        last = readings[-1]
        nominal = last["nominal"]
        low, high = nominal - last["tolerance_minus"], nominal + last["tolerance_plus"]
        is_bound = not nominal and not last["tolerance_minus"] and min(row["value"] for row in readings) >= 0
        return (None if is_bound else round(low, 6)), round(high, 6)

    @api.model
    def _capability_values(self, found):
        if not found:
            return None
        indices = {name: getattr(found, name) for name in ("cp", "cpk", "pp", "ppk")}
        return {
            "readings": found.readings, "mean": found.mean, "sigma_within": found.sigma_within, "sigma_overall": found.sigma_overall,
            **{name: index and [index.value, index.low, index.high] for name, index in indices.items()},
        }

    @api.model
    def _rule_words(self, rule):
        return {
            1: self.env._("Outside the control limits"),
            2: self.env._("Two of three points far out on one side (beyond two sigma)"),
            3: self.env._("Four of five points out on one side (beyond one sigma)"),
            4: self.env._("Eight or more points in a row on one side of the middle"),
            charts.SPREAD: self.env._("A jump: the spread is above its limit"),
        }[rule]

    @api.model
    def _chart_notes(self, question, targets, readings, pair, capability):
        """What somebody who reads the figures has to know first."""
        yield from self._readings_notes(targets, readings, pair)
        if capability:
            yield from self._capability_notes(readings, pair, capability)
        elif len(pair.location.points) < charts.FEWEST_POINTS:
            yield self.env._(
                "Control limits and indices need %(fewest)s points; there are %(count)s. Until then the readings are shown as they are.",
                fewest=charts.FEWEST_POINTS, count=len(pair.location.points),
            )
        else:
            yield self.env._("The readings are all the same, so there is no spread to judge by: the gauge may be too coarse.")

    @api.model
    def _readings_notes(self, targets, readings, pair):
        if targets[0]["count"] > len(readings):
            yield self.env._("The newest %(most)s of %(count)s readings; choose a shorter period for others.", most=MOST_READINGS, count=targets[0]["count"])
        if len(targets) > 1:
            yield self.env._(
                "%s readings to another nominal, in another unit or of another number in a check, from an earlier version of the control plan, are left out.",
                sum(target["count"] for target in targets[1:]),
            )
        if targets[0]["size"] > 1:
            yield self.env._("Each check has %s readings: they are one group.", targets[0]["size"])
        if len({(row["tolerance_minus"], row["tolerance_plus"]) for row in readings}) > 1:
            yield self.env._("The tolerance has changed; the indices use the newest.")
        if pair.left_over:
            yield self.env._("%s readings at the end do not fill a group yet.", pair.left_over)

    @api.model
    def _capability_notes(self, readings, pair, capability):
        if capability.readings < charts.FEW_READINGS:
            yield self.env._("Fewer than %s readings: trust the range that is given with an index, not the index itself.", charts.FEW_READINGS)
        if pair.signals:
            yield self.env._("There are signals: Cp and Cpk say what could be reached, Pp and Ppk what came out.")
        if capability.is_normal is False:
            yield self.env._("The readings are not spread like a normal distribution, which all four indices suppose.")
        if capability.cp is None:
            yield self.env._("Nothing can be below 0, so only the upper limit counts, and Cp and Pp do not exist.")
        if len({row["membership_id"] for row in readings}) > 1:
            yield self.env._("Readings of several members: what differs between members looks like a shift of one of them.")
