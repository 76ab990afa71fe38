from odoo import api, fields, models
from odoo.fields import Domain

from ..scales import fold


class WcmInstrument(models.Model):
    """Whether it may be used for a check, and why not."""

    _inherit = "wcm.instrument"

    @api.model
    def _to_choose(self, membership):
        """In date, and with the member, or for people of the network with the network; what the caller used last comes first."""
        place = Domain("keeper_id", "=", membership.id)
        if self.env.user._is_internal():
            place |= Domain("keeper_id", "=", False)
        found = self.search(place & Domain("result", "=", "good") & Domain("due_on", ">=", fields.Date.today()))
        used = self.env["wcm.inspection.line"].sudo()._read_group(
            [("instrument_id", "in", found.ids), ("checked_by_id", "=", self.env.uid)], ["instrument_id"], ["checked_at:max"],
        )
        last = {one.id: when for one, when in used}
        return found.sorted(lambda one: last[one.id].timestamp() if one.id in last else 0, reverse=True)

    def _obstacle(self, when, membership, user, kind):
        """Empty where it might be used then; whose it is comes first, for nothing is said about what somebody has not.

        :param membership: at whose block it is used
        :param kind: that is asked for, if any
        """
        keeper = self.exists()._keeper_at(when)
        if not self.exists() or (keeper != membership and (keeper or not user._is_internal())):
            return self.env._("this instrument was not with who checked it; take one that is with you")
        if kind and self.kind_id != kind:
            return self.env._("%(name)s is no %(kind)s; take one", name=self.name, kind=kind.name.lower())
        return self._date_obstacle(when.date())

    def _date_obstacle(self, day):
        calibration = self._calibration_on(day)
        state = calibration._state_on(day) if calibration else "never"
        return {
            "never": self.env._("%s has no calibration; take another", self.display_name),
            "overdue": self.env._("%(name)s was due for calibration by %(day)s; take another", name=self.display_name, day=calibration.due_on),
            "failed": self.env._("%(name)s failed its calibration of %(day)s; take another", name=self.display_name, day=calibration.date),
        }.get(state, "")

    def _range_obstacle(self, values, units):
        """:param values: Fractions in the unit of the checkpoint
        :param units: {folded name of a unit: how many of the checkpoint's unit it holds}
        """
        if not self.range_max or not values:
            return ""
        factor = units.get(fold(self.unit))
        if not factor:
            return self.env._("%(name)s measures in %(unit)s, which is something else; take another", name=self.display_name, unit=self.unit)
        beyond = [value for value in values if value is not None and not self.range_min <= float(value / factor) <= self.range_max]
        return beyond and self.env._("%(name)s measures %(range)s, so it cannot have shown that; take another", name=self.display_name, range=self.range_words)

    def _wrong_since(self, when):
        """Found wrong on a later day than that of the check, and not known to be right in between."""
        later = self.calibration_ids.filtered(lambda one: one.is_wrong and one.date > when.date())
        return later.filtered(lambda one: not one.doubt_from or one.doubt_from <= when.date())[:1]
