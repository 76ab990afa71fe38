from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

# Who had the work will not make it.
FALLEN_STATES = ("declined", "expired", "cancelled")
WEEK = timedelta(weeks=1)


class WcmPlan(models.Model):
    """What is made when, for which home."""

    _inherit = "wcm.plan"

    def _picture_timeline(self):
        lines = self.env["wcm.plan.line"].search([("plan_id", "=", self.id)])
        left = dict(self._sums(["build_line_id"], ["quantity:sum"], model="wcm.plan.unplaced"))
        demands = lines.build_line_id.union(*left)
        own = lines.grouped("build_line_id")
        rows = [self._timeline_row(demand, own.get(demand, lines.browse()), left.get(demand, 0)) for demand in demands]
        return {
            "members": self._picture_members(lines.membership_id),
            "weeks": self._picture_weeks([*lines.mapped("week_start"), *demands.mapped("date_required")]),
            "demands": sorted(rows, key=lambda row: (row["home"], row["due"], row["code"])),
        }

    def _timeline_row(self, demand, lines, unplaced):
        cells = Counter()
        for line in lines:
            cells[fields.Date.to_string(line.week_start), line.membership_id.id] += line.quantity
        return {
            "id": demand.id,
            "home": demand.build_id.name,
            "home_id": demand.build_id.id,
            "code": demand.product_id.default_code or "",
            "name": demand.product_id.name,
            "due": fields.Date.to_string(demand.date_required),
            "unplaced": unplaced,
            "risk": self._timeline_risk(demand, lines),
            "cells": [[*key, quantity] for key, quantity in sorted(cells.items())],
        }

    @api.model
    def _timeline_risk(self, demand, lines):
        """ "late", "fallen" (its order was declined, expired or cancelled), "tight" (no whole week to spare) or ""."""
        if not lines:
            return ""
        spare = demand.date_required - max(lines.mapped("week_start")) - WEEK
        if spare < timedelta():
            return "late"
        if set(lines.sudo().work_order_id.mapped("state")) & set(FALLEN_STATES):
            return "fallen"
        return "tight" if spare < WEEK else ""
