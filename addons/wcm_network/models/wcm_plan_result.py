import re
from collections import defaultdict
from datetime import timedelta

from odoo import Command, models
from odoo.tools.misc import formatLang

POLICY_WORDS = [
    (r'(?:policy )?min_group_share "community" (\d+)%', r"the rule “at least \1 % with community organisations”"),
    (r'(?:policy )?max_share "[^"]*" (\d+)%', r"the rule “at most \1 % with one member”"),
    (r"max_facilities_per_demand (\d+)", r"the rule “at most \1 members per component”"),
    (r"for this demand", "for this component"),
    (r"per demand", "per component"),
    (r"(\d+) demand(s?)", r"\1 component\2"),
    (r"facility", "member"),
    (r"facilities", "members"),
    (r"(\d)%", r"\1 %"),
]


class WcmPlan(models.Model):
    """From the planner's Result to lines."""

    _inherit = "wcm.plan"

    def _in_words(self, message):
        """The planner knows ids only: name demand, member, week and component."""
        message = re.sub(r"^locks(?:\[\d+\])?: ", "", message)
        message = re.sub(r'lock "(\d+)" / "(\d+)" / period (\d+)', self._lock_in_words, message)
        message = re.sub(r'item "(\d+)"', lambda found: self._name_of("product.product", found[1]), message)
        message = message.replace("has no option for", "cannot make now:")
        return self._plain(message)

    def _lock_in_words(self, found):
        return self.env._(
            "Locked for %(demand)s with %(member)s in week %(week)s",
            demand=self._name_of("wcm.build.line", found[1]),
            member=self._name_of("wcm.membership", found[2]),
            week=int(found[3]) + 1,
        )

    def _name_of(self, model, record_id):
        return self.env[model].sudo().browse(int(record_id)).display_name

    def _write_result(self, problem, result):
        """Replace what was solved before, in one write."""
        self.sudo().write(
            {
                "line_ids": [Command.clear(), *(Command.create(vals) for vals in self._line_values(problem, result))],
                "unplaced_ids": [Command.clear(), *(Command.create(vals) for vals in self._unplaced_values(result))],
                **self._figures(problem, result),
            }
        )

    def _figures(self, problem, result):
        """Cost without the penalty for what is not placed; the bound less the same penalty
        is what a plan that leaves out as much must cost at least."""
        costs = result.costs
        bound = max(0.0, result.bound - costs.unmet - costs.stability)
        community = next((group for group in result.groups if group.name == "community"), None)
        return {
            "state": "solved",
            "cost": costs.spend,
            "bound": bound,
            "gap": (costs.spend - bound) / costs.spend if costs.spend else 0.0,
            "making_cost": costs.making,
            "community_share": community.making_share if community else 0.0,
            "distance_km": self._distance(problem, result),
            "kgco2e": sum(line.kgco2e for line in result.lines),
            "solve_seconds": result.seconds,
        }

    def _distances(self, problem):
        """{(facility, site): km by road}, by the planner's ids."""
        members = self.env["wcm.membership"].sudo().browse(int(row.id) for row in problem.facilities)
        sites = self.sudo().build_ids.site_id
        return {
            (str(member.id), str(site.id)): member.facility_id._distance_km(site.latitude, site.longitude)
            for member in members
            for site in sites
        }

    def _distance(self, problem, result):
        """Block km of the whole plan."""
        km = self._distances(problem)
        return sum(line.quantity * km[line.facility, problem.demand[line.demand].site] for line in result.lines)

    def _line_values(self, problem, result):
        km = self._distances(problem)
        for line in result.lines:
            distance = km[line.facility, problem.demand[line.demand].site]
            yield from self._split_line_values(problem, line, distance)

    def _split_line_values(self, problem, line, km):
        """What was locked stays a locked line of its own beside what was added to it."""
        option = problem.option[line.facility, problem.demand[line.demand].item]
        hours = sum(option.hours.values())
        for locked, quantity in ((True, min(line.locked, line.quantity)), (False, line.quantity - line.locked)):
            if quantity > 0:
                part = quantity / line.quantity
                yield {
                    "build_line_id": int(line.demand),
                    "membership_id": int(line.facility),
                    "week_start": self.start_date + timedelta(weeks=line.period),
                    "quantity": quantity,
                    "hours": quantity * hours,
                    "cost_making": line.costs.making * part,
                    "cost_setup": line.costs.setup * part,
                    "setups": line.costs.setup * part / option.setup_cost if option.setup_cost else 0.0,
                    "cost_transport": (line.costs.transport + line.costs.carbon) * part,
                    "cost_carbon": line.costs.carbon * part,
                    "cost": line.costs.spend * part,
                    "distance_km": quantity * km,
                    "kgco2e": line.kgco2e * part,
                    "locked": locked,
                    "reason": self._plain(line.reason),
                }

    def _unplaced_values(self, result):
        for row in result.unplaced:
            yield {"build_line_id": int(row.demand), "quantity": row.quantity, "reason": self._reasons_text(row.reasons)}
        lines = self.sudo()._demand_lines()
        quantities = self.sudo()._quantities_to_plan(lines)
        for line in lines:
            if self._due_period(line) < 0:
                yield {
                    "build_line_id": line.id,
                    "quantity": quantities[line],
                    "reason": self.env._(
                        "Needed on %(date)s, before the first week of this plan ends.", date=line.date_required
                    ),
                }

    def _reasons_text(self, reasons):
        """One line per reason, with the members that it holds for."""
        members = defaultdict(list)
        for reason in reasons:
            name, colon, words = reason.text.partition(": ")
            members[words if colon else name].append(name if colon else "")
        lines = (f"{', '.join(filter(None, names))}: {words}" if any(names) else words for words, names in members.items())
        return self._plain("\n".join(lines))

    def _plain(self, text):
        """The planner's names of policies and money, as the form says them."""
        for pattern, words in POLICY_WORDS:
            text = re.sub(pattern, words, text)
        text = re.sub(r"£([\d,]+\.\d+)", self._money_in_words, text)
        return text[:1].upper() + text[1:]

    def _money_in_words(self, found):
        """The planner knows no currency; the plan does."""
        return formatLang(self.env, float(found[1].replace(",", "")), currency_obj=self.currency_id)
