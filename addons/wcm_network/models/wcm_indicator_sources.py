from odoo import fields, models

from .wcm_build_line import PLACED_STATES
from .wcm_indicator import Figure, Source
from .wcm_membership import WORKING_STATES


class WcmIndicator(models.Model):
    """Which records are behind each figure: `_source_<code>(scope)`; `_figure_<code>(scope)` where they are not just added up."""

    _inherit = "wcm.indicator"

    def _source_homes_complete(self, scope):
        return Source("wcm.build", [*scope.homes(), ("state", "=", "complete"), *scope.days("completed_on")])

    def _source_homes_by_stage(self, scope):
        return Source("wcm.build", [*scope.homes(), ("state", "!=", "cancelled")])

    def _source_components_by_stage(self, scope):
        return Source("wcm.build.block", [*scope.homes("build_id"), ("build_id.state", "!=", "cancelled")])

    def _source_components_made(self, scope):
        return Source("wcm.part", [*scope.homes("build_id"), ("state", "not in", ("to_make", "scrapped")), ("made_on", "!=", False), *scope.moments("made_on")])

    def _source_components_on_site(self, scope):
        arrived = [("biz_step", "=", "receiving"), *scope.moments("event_time")]
        return Source("wcm.part", [*scope.homes("build_id"), ("state", "in", ("received", "installed")), ("event_ids", "any", arrived)])

    def _source_spend_received(self, scope):
        return self._spend(scope, "received")

    def _source_spend_billed(self, scope):
        return self._spend(scope, "billed")

    def _source_spend_within_20_km(self, scope):
        return self._spend(scope, "received", ("distance_band", "in", ("5", "20")))

    def _source_spend_charged(self, scope):
        """By the grant that pays, not by that of the home."""
        of_grant = [("grant_id", "=", scope.grant_id)] if scope.grant_id else []
        homes = [condition for condition in scope.homes("build_id") if condition[0] != "build_id.grant_id"]
        return Source("wcm.grant.spend", [*of_grant, *homes, *scope.days("date")], "amount:sum")

    def _spend(self, scope, kind, *more):
        """Condition by condition on the row's own columns: a home's grant and region stand in it."""
        return Source("wcm.spend", [*scope.homes("build_id"), ("kind", "=", kind), *more, *scope.days("date")], "amount:sum")

    def _source_paid_hours(self, scope):
        return self._jobs(scope, "paid_hours")

    def _source_people_paid(self, scope):
        return self._jobs(scope, "people", over="month:count_distinct")

    def _source_apprentices(self, scope):
        return self._jobs(scope, "apprentices", over="month:count_distinct")

    def _source_training_hours(self, scope):
        return self._jobs(scope, "training_hours")

    def _source_first_jobs(self, scope):
        return self._jobs(scope, "first_jobs")

    def _source_living_wage(self, scope):
        return self._jobs(scope, "living_wage_people", over="people:sum")

    def _jobs(self, scope, name, over=None):
        """Of members as they reported; of homes, their share of it."""
        if scope.is_of_homes:
            return Source("wcm.job.share", [*scope.homes("build_id"), *scope.months("month")], f"{name}:sum", over, "membership_id")
        of_region = [("region_id", "in", list(scope.region_ids))] if scope.region_ids is not None else []
        return Source("wcm.job.report", [*of_region, *scope.months("month")], f"{name}:sum", over, "membership_id")

    def _source_members(self, scope):
        """In the network; of homes, those that work for them."""
        conditions = [("state", "in", WORKING_STATES)]
        if scope.is_of_homes:
            orders = [*scope.homes("build_id"), ("state", "in", PLACED_STATES)]
            return Source("wcm.membership", [("work_order_ids", "any", orders)])
        of_region = [("region_id", "in", list(scope.region_ids))] if scope.region_ids is not None else []
        return Source("wcm.membership", [*conditions, *of_region])

    def _source_transport_km(self, scope):
        return Source("wcm.shipment.share", [*scope.homes("build_id"), *scope.moments("date_dispatched")], "distance_km:sum")

    def _source_transport_carbon(self, scope):
        return Source("wcm.shipment.share", [*scope.homes("build_id"), *scope.moments("date_dispatched")], "kgco2e:sum")

    def _source_embodied_carbon(self, scope):
        return self._sheets(scope, "kgco2e:sum", ("has_factor", "=", True))

    def _figure_embodied_carbon(self, scope):
        """Not known as long as sheets were cut whose factor nobody has stated: a part of it would look like the whole."""
        source = self._source_embodied_carbon(scope)
        unknown = [condition for condition in source.domain if condition[0] != "has_factor"]
        missing = self.env[source.model].sudo().search_count([*unknown, ("has_factor", "=", False)], limit=1)
        return Figure(None) if missing else self._counted(source)

    def _source_sheets_used(self, scope):
        return self._sheets(scope, "sheets:sum")

    def _source_sheets_wasted(self, scope):
        return self._sheets(scope, "sheets:sum", ("is_wasted", "=", True))

    def _source_sheet_yield(self, scope):
        source = self._sheets(scope, "sheets_good:sum")
        return Source(source.model, source.domain, source.aggregate, over="sheets:sum")

    def _sheets(self, scope, aggregate, *more):
        return Source("wcm.sheet.use", [*scope.homes("build_id"), *more, *scope.moments("made_on")], aggregate)

    def _source_social_value(self, scope):
        """The proxies that hold on the last day."""
        day = scope.end or fields.Date.context_today(self)
        return Source("wcm.social.proxy", [("valid_from", "<=", fields.Date.to_string(day))])

    def _figure_social_value(self, scope):
        """Not known without a proxy, nor while a figure that is valued is not known or withheld."""
        return self._worth(scope, self._proxies(scope))

    def _proxies(self, scope):
        """Of each measure the newest that holds."""
        found = self.env["wcm.social.proxy"].sudo().search(self._source_social_value(scope).domain, order="valid_from desc, id desc")
        return found.browse().union(*({(proxy.indicator_id, proxy.measure): proxy for proxy in reversed(found)}.values()))

    def _worth(self, scope, proxies):
        figures = [(proxy.indicator_id._figure(scope), proxy.value) for proxy in proxies]
        if not figures or any(figure.value is None for figure, _value in figures):
            return Figure(None, withheld=any(figure.withheld for figure, _value in figures))
        return Figure(sum(figure.value * value for figure, value in figures))
