from datetime import timedelta
from math import isfinite

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_date

MOST_WEEKS = 52
MOST_ROWS = 60


class WcmCapability(models.Model):
    """The week grid: what a space offers week by week, read and written by whoever may write the capability.

    Who asks is checked once, on the capabilities; their weeks are then worked on with all rights,
    as members of the network have none to the capacity of anybody.
    """

    _inherit = "wcm.capability"

    @api.model
    @api.readonly
    def week_grid(self, facility_id=None, weeks=12):
        """Of the caller's own capabilities: {weeks: [Monday, …], rows: [{id, name, …, cells: [_week_cell, …]}], is_cut}."""
        domain = [("facility_id", "=", facility_id)] if facility_id else []
        found = self.search(domain, limit=MOST_ROWS + 1)
        own = found[:MOST_ROWS]._filtered_access("write").sudo()
        monday = self._this_monday()
        mondays = [monday + timedelta(weeks=week) for week in range(max(1, min(self._asked_number(weeks), MOST_WEEKS)))]
        figures = own._week_figures(mondays)
        typed = {key: week.hours for key, week in own._own_weeks(mondays).items()}
        return {
            "weeks": list(map(str, mondays)),
            "rows": [
                {**row._week_row(), "cells": [row._week_cell(day, figures, typed) for day in mondays]} for row in own
            ],
            "is_cut": len(found) > MOST_ROWS,
        }

    @api.model
    def write_weeks(self, changes, confirmed=False):
        """Offer hours in single weeks.

        :param changes: [{capability_id, week, hours, seen}]: hours None is back to the share of every
            week; seen is what stood there when the caller looked, None when nothing was typed.
        :param confirmed: also below the hours that work already takes; else nothing is written then
        :return: {"warnings": [text, …]}
        """
        wanted = self._read_changes(changes)
        capabilities = self.browse({capability_id for capability_id, _monday in wanted})
        capabilities.check_access("write")
        own = capabilities.sudo()
        own._lock_weeks()
        typed = own._own_weeks([monday for _id, monday in wanted])
        self._check_seen(wanted, typed)
        warnings = own._taken_warnings(wanted)
        if warnings and not confirmed:
            return {"warnings": warnings}
        own._write_own_weeks(wanted, typed, warnings)
        return {"warnings": []}

    @api.model
    def _this_monday(self):
        """As wcm.capacity counts: in UTC."""
        today = fields.Date.today()
        return today - timedelta(days=today.weekday())

    def _own_weeks(self, mondays):
        """{(capability id, Monday): exception}"""
        domain = [("capability_id", "in", self.ids), ("week_start", "in", mondays)]
        weeks = self.env["wcm.capability.week"].search(domain)
        return {(week.capability_id.id, week.week_start): week for week in weeks}

    def _week_figures(self, mondays):
        """{(capability id, Monday): row of wcm.capacity}"""
        domain = [("capability_id", "in", self.ids), ("week_start", ">=", min(mondays)), ("week_start", "<=", max(mondays))]
        return {(row.capability_id.id, row.week_start): row for row in self.env["wcm.capacity"].search(domain)}

    def _week_row(self):
        return {
            "id": self.id,
            "name": self.process_id.name,
            "facility": self.facility_id.name,
            "machines": self.machine_count,
            "share": self.share_offered,
            "contact": self._week_contact(),
        }

    def _week_cell(self, monday, found, typed):
        """Clock hours: possible (machines), usual (the share of them), typed (None: nothing), taken by work."""
        row = found.get((self.id, monday))
        possible = round(row.hours_possible, 2) if row else 0.0
        return {
            "possible": possible,
            "usual": round(possible * self.share_offered, 2),
            "typed": typed.get((self.id, monday)),
            "taken": round(row.hours_load, 1) if row else 0.0,
        }

    def _week_contact(self):
        """Who to talk to before hours that are taken are withdrawn."""
        people = self.facility_id.region_id.coordinator_ids
        named = (f"{person.name} ({person.email})" if person.email else person.name for person in people)
        return ", ".join(named) or self.env._("the coordinator of the network")

    @api.model
    def _read_changes(self, changes):
        """{(capability id, Monday): (hours, seen)}; whatever a client sends is checked here."""
        try:
            wanted = {
                (int(change["capability_id"]), fields.Date.to_date(change["week"])): (
                    self._read_hours(change["hours"]),
                    self._read_hours(change["seen"]),
                )
                for change in changes
            }
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise UserError(self.env._("Hours are a number for a capability and the Monday of a week.")) from error
        self._check_weeks(monday for _id, monday in wanted)
        if any(hours is not None and hours < 0 for hours, _seen in wanted.values()):
            raise UserError(self.env._("Hours cannot be negative. 0 means closed."))
        return wanted

    @api.model
    def _read_hours(self, hours):
        if hours is None or hours is False:
            return None
        if not isfinite(float(hours)):
            raise ValueError(hours)
        return round(float(hours), 2)

    @api.model
    def _check_weeks(self, mondays):
        this_monday = self._this_monday()
        for monday in mondays:
            if not monday or monday.weekday():
                raise UserError(self.env._("A week starts on its Monday."))
            if monday < this_monday:
                raise UserError(self.env._("A week that is over cannot be changed any more."))
            if monday >= this_monday + timedelta(weeks=MOST_WEEKS):
                raise UserError(self.env._("Hours can be given for the next %s weeks.", MOST_WEEKS))

    def _lock_weeks(self):
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(self.env._("Somebody else is saving these weeks right now. Wait a moment, then save again.")) from error

    @api.model
    def _check_seen(self, wanted, typed):
        """Nobody overwrites what somebody else has typed meanwhile, in another tab or at another desk."""
        for key, (_hours, seen) in wanted.items():
            now = typed[key].hours if key in typed else None
            if now != seen:
                raise UserError(
                    self.env._(
                        "Somebody changed the week of %(week)s meanwhile: it says %(hours)s now. Nothing of yours is saved:"
                        " load the weeks again, then type.",
                        week=format_date(self.env, key[1], date_format="d MMMM"),
                        hours=self.env._("%g hours", now) if now is not None else self.env._("“as usual”"),
                    )
                )

    def _taken_warnings(self, wanted):
        """One sentence for each week that would offer less than work takes, and less than it does now."""
        found = self._week_figures([monday for _id, monday in wanted])
        warnings = []
        for (capability_id, monday), (hours, _seen) in wanted.items():
            row, capability = found.get((capability_id, monday)), self.browse(capability_id)
            offered = hours if hours is not None else row and row.hours_possible * capability.share_offered
            if row and offered < min(row.hours_load - 0.005, row.hours_capacity):
                warnings.append(capability._taken_warning(monday, offered, row.hours_load))
        return warnings

    def _taken_warning(self, monday, offered, taken):
        return self.env._(
            "%(process)s, week of %(week)s: work takes %(taken)g hours%(work)s, only %(offered)g would be offered."
            " Talk to %(contact)s first.",
            process=self.process_id.name,
            week=format_date(self.env, monday, date_format="d MMMM"),
            taken=round(taken, 1),
            offered=round(offered, 1),
            work=self._taken_by(monday),
            contact=self._week_contact(),
        )

    def _taken_by(self, monday):
        """Hook: " (this, that)", the work that takes the hours of a week."""
        return ""

    def _write_own_weeks(self, wanted, typed, warnings):
        """Exceptions as wanted, and a line in the chatter of each capability: who, which week, from, to."""
        told = {capability_id: [] for capability_id in self.ids}
        for (capability_id, monday), (hours, seen) in wanted.items():
            week = typed.get((capability_id, monday), self.env["wcm.capability.week"])
            if hours == seen:
                continue
            if hours is None:
                week.unlink()
            elif week:
                week.hours = hours
            else:
                week.create({"capability_id": capability_id, "week_start": monday, "hours": hours})
            told[capability_id].append(self._week_line(monday, seen, hours))
        for capability in self:
            capability._tell_weeks(told[capability.id], warnings)

    def _week_line(self, monday, before, after):
        words = [self.env._("%g h", hours) if hours is not None else self.env._("as usual") for hours in (before, after)]
        return Markup("<li>%s: %s → %s</li>") % (format_date(self.env, monday, date_format="d MMMM y"), *words)

    def _tell_weeks(self, lines, warnings):
        """Who withdraws hours that are taken tells the coordinators by doing so."""
        if not lines:
            return
        body = Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Hours offered:"), Markup().join(lines))
        if warnings:
            body += Markup().join(Markup("<p>%s</p>") % text for text in warnings)
        people = self.facility_id.region_id.coordinator_ids.partner_id if warnings else self.env["res.partner"]
        self.message_post(body=body, partner_ids=people.ids)
