from dataclasses import dataclass
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..charts import LARGEST_GROUP


@dataclass(frozen=True)
class Question:
    """What a chart is asked of, as it came over RPC: every value checked for its kind.

    :ivar plan: any version of the control plan, 0 where all plans are meant
    :ivar size: readings of a group; 1 for single readings
    """

    plan: int = 0
    checkpoint: str = ""
    member: int = 0
    machine: int = 0
    since: date | None = None
    until: date | None = None
    size: int = 1


class WcmQualityChart(models.AbstractModel):
    """Charts of readings and checks, with the rights of who asks: the record rules of inspections decide.

    Corrected inspections never count, and what was not measured is no reading.
    """

    _name = "wcm.quality.chart"
    _description = "Quality charts"

    @api.model
    @api.readonly
    def choices(self, member=0):
        """{characteristics: [{plan, checkpoint, label}], first: which one to show, members, machines of the member}: where there are readings."""
        self._check_reader()
        question = self._question({"member": member})
        characteristics = self._characteristics()
        return {
            "characteristics": characteristics,
            "first": self._first(characteristics),
            "members": self._named("wcm.membership", self._member_ids()),
            "machines": self._named("maintenance.equipment", self._machine_ids(question)),
            "is_member": not self.env.user._is_internal(),
        }

    @api.model
    def _first(self, characteristics):
        """The one with the newest signal, for those who look after signals; else the first in the list."""
        signals = self.env["wcm.quality.signal"]
        newest = signals.search([], limit=1) if signals.has_access("read") else signals
        wanted = (newest.plan_id.id, newest.checkpoint)
        return next((place for place, one in enumerate(characteristics) if (one["plan"], one["checkpoint"]) == wanted), 0)

    @api.model
    @api.readonly
    def control_chart(self, question):
        """The chart of one characteristic, its signals, and what the machine or member is capable of.

        :param question: {plan, checkpoint, member, machine, since, until, size}, of which only the first two are needed
        :return: see `_chart_values`; without readings, `count` is 0 and nothing else is there
        """
        self._check_reader()
        asked = self._question(question)
        if not (asked.plan and asked.checkpoint):
            raise UserError(self.env._("Choose what was measured."))
        return self._chart_values(asked)

    @api.model
    def _check_reader(self):
        """Inspections are for members, coordinators and quality leads; the record rules say which."""
        if not self.env["wcm.inspection"].has_access("read"):
            raise AccessError(self.env._("Charts of quality are for quality leads, coordinators and members."))

    @api.model
    def _question(self, values):
        """:raise UserError: for what is no number, name or day"""
        try:
            numbers = {name: int(values.get(name) or 0) for name in ("plan", "member", "machine")}
            days = {name: fields.Date.to_date(values.get(name) or False) or None for name in ("since", "until")}
            size = int(values.get("size") or 1)
        except (AttributeError, TypeError, ValueError):
            raise UserError(self.env._("This chart does not exist: choose again what was measured, and the period."))
        if not 1 <= size <= LARGEST_GROUP or any(not 0 <= number < 2**31 for number in numbers.values()):
            raise UserError(self.env._("A group has 2 to %s readings.", LARGEST_GROUP))
        return Question(checkpoint=str(values.get("checkpoint") or "")[:500], size=size, **numbers, **days)

    @api.model
    def _asked_for(self, question, time):
        """A domain: the question's member, and its first and last day by the field `time`."""
        if question.member:
            yield ("membership_id", "=", question.member)
        if question.since:
            yield (time, ">=", question.since)
        if question.until:
            yield (time, "<", fields.Date.add(question.until, days=1))

    @api.model
    def _inspections(self, question):
        """Closed inspections of parts that stand, of the question's member, machine and period, that the caller may read: a sub-select.

        What came in is left out: it says something about its supplier, and nothing about who made blocks.
        """
        domain = [("state", "in", ("passed", "failed")), ("part_id", "!=", False), *self._asked_for(question, "closed_at")]
        allowed = self.env["wcm.inspection"]._search(domain).subselect()
        if not question.machine:
            return allowed
        return SQL(
            "(SELECT id FROM wcm_inspection WHERE id IN %s AND part_id IN (SELECT part_id FROM wcm_part_equipment_rel WHERE equipment_id = %s))",
            allowed, question.machine,
        )

    @api.model
    def _named(self, model, ids):
        """[{id, name}] of what the caller's own inspections name; names only, as these records are not theirs to read."""
        records = self.env[model].sudo().with_context(active_test=False).browse(ids)
        return [{"id": record.id, "name": record.name} for record in records.sorted("name")]
