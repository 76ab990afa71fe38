from collections import defaultdict

from odoo import api, models
from odoo.tools.misc import format_date

MOST_HELPS = 5


class WcmBuild(models.Model):
    """What would make it, in words that a board understands; each figure comes from a plan, none is guessed."""

    _inherit = "wcm.build"

    @api.model
    def _pipeline_headline(self, outlooks):
        finished = sum(bool(outlook.finished) for outlook in outlooks.values())
        in_time = sum(outlook.in_time and not outlook.finished for outlook in outlooks.values())
        return self.env._(
            "%(homes)s: %(finished)s finished, %(in_time)s more in time by the plans, %(open)s late or not wholly planned.",
            homes=self._homes_in_words(len(outlooks)), finished=finished, in_time=in_time, open=len(outlooks) - finished - in_time,
        )

    @api.model
    def _pipeline_helps(self, plans, scarce):
        """Sentences: first what has no place, then what would be cheaper."""
        unplaced = self.env["wcm.plan.unplaced"].search([("plan_id", "in", plans.ids)])
        missing = self._missing_hours(unplaced)
        short = [row for row in scarce if row.saves]
        places = [words for item in missing.items() if (words := self._help_to_place(*item, short))]
        if missing and not places:
            places = [self._help_unknown(missing)]
        cheaper = [self._help_to_save(row) for row in short if row.process not in missing]
        return [*self._unplaced_words(unplaced), *places, *cheaper][:MOST_HELPS]

    @api.model
    def _missing_hours(self, unplaced):
        """{process: standard hours of what the plans could not place}, most first."""
        boms = self.env["wcm.plan"]._boms(unplaced.product_id)
        hours = defaultdict(float)
        for row in unplaced:
            for requirement in boms[row.product_id].requirement_ids:
                hours[requirement.process_id] += row.quantity * requirement.minutes_per_unit / 60
        return dict(sorted(hours.items(), key=lambda item: -item[1]))

    @api.model
    def _unplaced_words(self, unplaced):
        count = sum(unplaced.mapped("quantity"))
        return [self.env._("Blocks that have no place in time: %(count)s, for %(homes)s.", count=count, homes=self._homes_in_words(len(unplaced.build_id)))] if count else []

    @api.model
    def _help_to_place(self, process, hours, short):
        """Which hours of this process, where and when; "" where they are not short."""
        rows = [row for row in short if row.process == process]
        if not rows:
            return ""
        weeks = {monday for row in rows for monday in row.saves}
        return self.env._(
            "They need about %(hours)s hours of %(process)s: about %(weekly)s more hours a week %(when)s, in %(where)s.",
            hours=max(1, round(hours)), process=process.name, weekly=max(1, round(hours / len(weeks))),
            when=self._weeks_in_words(weeks), where=self._regions_in_words(rows),
        )

    @api.model
    def _help_unknown(self, missing):
        """Nobody suitable, a rule, or too few hours for even one block: the plan names the reason of each."""
        hours = [self.env._("%(hours)s of %(process)s", hours=max(1, round(value)), process=process.name) for process, value in missing.items()]
        return self.env._("They need about these hours: %s. More hours of the members alone may not be enough: the plan names the reason for each block.", ", ".join(hours))

    @api.model
    def _help_to_save(self, row):
        return self.env._(
            "%(process)s in %(region)s is short %(when)s: each further hour a week there would save about %(money)s in all, the first hours most.",
            process=row.process.name, region=row.region.name or self.env._("no region"), when=self._weeks_in_words(row.saves),
            money=f"{self.env.company.currency_id.symbol}{row.saving:,.0f}",
        )

    @api.model
    def _homes_in_words(self, count):
        return self.env._("1 home") if count == 1 else self.env._("%s homes", count)

    @api.model
    def _weeks_in_words(self, weeks):
        first, last = (format_date(self.env, day, date_format="MMMM y") for day in (min(weeks), max(weeks)))
        return self.env._("in %s", first) if first == last else self.env._("from %(first)s to %(last)s", first=first, last=last)

    @api.model
    def _regions_in_words(self, rows):
        return self.env._(" or ").join(row.region.name or self.env._("no region") for row in rows[:3])

    @api.model
    def _limit_of_plans(self, outlooks, plans):
        if not plans:
            return self.env._("No home is planned yet: plan some, and this page says what they need.")
        end = max(plan._last_day() for plan in plans)
        later = sum(outlook.promised > end and not outlook.expected for outlook in outlooks.values())
        return self.env._(
            "The plans end on %(date)s. Promised after that and not planned yet: %(later)s.",
            date=format_date(self.env, end, date_format="d MMMM y"), later=self._homes_in_words(later),
        )

    @api.model
    def _limit_of_regions(self, plans):
        Load, domain = self.env["wcm.plan.load"], [("plan_id", "in", plans.ids)]
        if Load.search_count(domain) == Load.sudo().search_count(domain):
            return ""
        return self.env._("Hours of members in other regions are their coordinators' and not in these figures.")

    @api.model
    def _limit_of_hours(self, scarce):
        """Plans know of each other by their offers only."""
        if not any(row.is_taken_twice for row in scarce):
            return ""
        return self.env._("Some hours are taken by two plans that are not on offer yet and do not know of each other. Offer one, and solve the other again.")

    def _limit_of_days(self, finished):
        count = sum(build.state == "complete" and build.id not in finished for build in self)
        return count and self.env._("Marked complete by hand, and counted when they were promised, or today if that is still to come: %s.", self._homes_in_words(count))
