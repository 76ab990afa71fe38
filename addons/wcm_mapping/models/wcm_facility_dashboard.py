from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

FRESH_MONTHS = (6, 12, 24)
SOON_DAYS = 60
WEEKS_AHEAD = 8
MOST_BARS = 12


class WcmFacility(models.Model):
    """What a coordinator looks at in the morning: what waits in the own regions, and how they stand.

    Every number is a search with the reader's own rights, and opens as that search.
    """

    _inherit = "wcm.facility"

    @api.model
    @api.readonly
    def dashboard(self):
        """{cards: [{key, title, count, action}], figures: [{title, rows: [{name, count, action}]}]}"""
        self._check_dashboard()
        figures = (self._region_figures, self._process_figures, self._organisation_figures)
        return {
            "cards": [card for waiting in self._dashboard_waiting() if (card := self._dashboard_card(*waiting))],
            "figures": [make() for make in (*figures, self._evidence_figures, self._freshness_figures)],
        }

    @api.model
    @api.readonly
    def dashboard_free_hours(self):
        """{title, rows: [{name, free, offered, action}]}: clock hours of the next weeks, by process."""
        self._check_dashboard()
        return {
            "title": self.env._("Free hours in the next %s weeks", WEEKS_AHEAD),
            "rows": sorted(self._free_hours_rows(), key=lambda row: -row["free"])[:MOST_BARS],
        }

    def _free_hours_rows(self):
        monday = self.env["wcm.capability"]._this_monday()
        last = monday + timedelta(weeks=WEEKS_AHEAD - 1)
        own = self._own_regions()
        domain = own & Domain("week_start", ">=", monday) & Domain("week_start", "<=", last)
        totals = self.env["wcm.capacity"]._totals_by_process(own, monday, last)
        return [
            {
                "name": process.display_name,
                "free": free,
                "offered": offered,
                "action": self._dashboard_action("action_capacity", domain & Domain("process_id", "=", process.id)),
            }
            for process, (free, offered) in totals.items()
            if offered
        ]

    @api.model
    def _check_dashboard(self):
        if not self.env.user.has_group("wcm_mapping.group_mapping_user"):
            raise AccessError(self.env._("These figures are for the coordinators of production spaces."))

    @api.model
    def _own_regions(self):
        """Regions of the reader's own; of a manager all."""
        if self.env.user.has_group("wcm_mapping.group_mapping_manager"):
            return Domain.TRUE
        return Domain("region_id.coordinator_ids", "in", self.env.uid)

    @api.model
    def _dashboard_waiting(self):
        """(key, title, model, domain, names of the action, best first): what asks for somebody, most pressing first.

        Hook: other addons add theirs. What is not installed, or not for the reader, is left out.
        """
        soon = f"today +{SOON_DAYS}d"
        return [
            ("suggestion", self.env._("Suggestions to review"), "wcm.facility.suggestion", [("state", "=", "review")], ["action_facility_suggestion"]),
            ("claim", self.env._("Claims to decide"), "wcm.facility.claim", [("state", "=", "waiting")], ["action_facility_claim"]),
            ("proposal", self.env._("Capability proposed"), "wcm.capability.proposal", [("state", "=", "waiting")], ["action_capability_proposal"]),
            ("import", self.env._("Imports to look at"), "wcm.facility.import", [("state", "=", "previewed")], ["action_facility_import"]),
            ("duplicate", self.env._("Possible duplicates"), "wcm.facility.duplicate", [("state", "=", "open")], ["action_facility_duplicate"]),
            ("to_fix", self.env._("Places to fix"), "wcm.facility", [("location_issue", "!=", False)], ["action_facility_to_fix", "action_facility"]),
            ("audit", self.env._("Audits due"), "wcm.facility", [("next_audit_due", "<=", "today +30d")], ["action_facility"]),
            ("finding", self.env._("Findings overdue"), "wcm.audit.finding", [("is_overdue", "=", True)], ["action_audit_finding"]),
            ("certificate", self.env._("Certificates that run out"), "wcm.certificate", [("expires_on", "<=", soon)], ["action_certificate"]),
            ("changed", self.env._("Listings that changed"), "wcm.facility", [("confirmation_id.state", "=", "changed")], ["action_facility"]),
            ("confirm", self.env._("Listings to confirm"), "wcm.facility", self._not_verified(12), ["action_facility"]),
            ("gone", self.env._("Gone at their source"), "wcm.facility", [("source_gone_on", "!=", False)], ["action_facility"]),
        ]

    @api.model
    def _dashboard_card(self, key, title, model, domain, actions):
        if model not in self.env or not self.env[model].has_access("read"):
            return None
        domain = self._own_regions() & Domain(domain)
        action = self._dashboard_action(*actions, domain=domain, title=title)
        return action and {"key": key, "title": title, "count": self.env[model].search_count(domain), "action": action}

    @api.model
    def _dashboard_action(self, *names, domain=None, title=None):
        """The first of the actions that there is, showing what was counted and nothing else. Those of other addons by
        their whole name."""
        if domain is None:
            *names, domain = names
        for name in names:
            xmlid = name if "." in name else f"wcm_mapping.{name}"
            if self.env.ref(xmlid, raise_if_not_found=False):
                action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
                return {**action, "domain": list(domain), "context": {}, "display_name": title or action["name"], "path": False}
        return None

    @api.model
    def _not_verified(self, months):
        before = fields.Date.context_today(self) - relativedelta(months=months)
        return Domain("status", "=", "active") & (Domain("verified_on", "=", False) | Domain("verified_on", "<", before))

    @api.model
    def _figures(self, title, rows, action="action_facility"):
        """:param rows: [(name, count, domain)]"""
        own = self._own_regions()
        return {
            "title": title,
            "rows": [
                {"name": name, "count": count, "action": self._dashboard_action(action, domain=own & Domain(domain), title=name)}
                for name, count, domain in rows[:MOST_BARS]
            ],
        }

    @api.model
    def _region_figures(self):
        groups = self._read_group(self._own_regions(), ["region_id"], ["__count"], order="__count desc")
        nowhere = self.env._("No region")
        rows = [(region.display_name or nowhere, count, [("region_id", "=", region.id)]) for region, count in groups]
        return self._figures(self.env._("Spaces by region"), rows)

    @api.model
    def _process_figures(self):
        groups = self._read_group(self._own_regions(), ["process_ids"], ["__count"], order="__count desc")
        none = self.env._("No process")
        rows = [
            (process.display_name or none, count, [("process_ids", "in", process.ids or [False])])
            for process, count in groups
        ]
        return self._figures(self.env._("Spaces by process"), rows)

    @api.model
    def _organisation_figures(self):
        groups = self._read_group(self._own_regions(), ["organisation_type"], ["__count"], order="__count desc")
        names = dict(self._fields["organisation_type"]._description_selection(self.env))
        unknown = self.env._("Not known")
        rows = [(names.get(kind, unknown), count, [("organisation_type", "=", kind)]) for kind, count in groups]
        return self._figures(self.env._("Spaces by type of organisation"), rows)

    @api.model
    def _evidence_figures(self):
        """Capability, not spaces: the same space may have shown one process and only declared another."""
        capabilities = self.env["wcm.capability"]
        counts = dict(capabilities._read_group(self._own_regions(), ["evidence_level"], ["__count"]))
        levels = capabilities._fields["evidence_level"]._description_selection(self.env)
        rows = [(name, counts.get(level, 0), [("evidence_level", "=", level)]) for level, name in levels]
        return self._figures(self.env._("Capability by evidence"), rows, "action_capability")

    @api.model
    def _freshness_figures(self):
        """Bands that do not overlap, so that they add up to all the spaces."""
        today = fields.Date.context_today(self)
        days = [today - relativedelta(months=months) for months in FRESH_MONTHS]
        bands = [(self.env._("Within %s months", FRESH_MONTHS[0]), [("verified_on", ">=", days[0])])]
        for months, later, earlier in zip(FRESH_MONTHS[1:], days, days[1:], strict=False):
            bands.append((self.env._("Within %s months", months), [("verified_on", "<", later), ("verified_on", ">=", earlier)]))
        bands.append((self.env._("Longer ago"), [("verified_on", "<", days[-1])]))
        bands.append((self.env._("Never"), [("verified_on", "=", False)]))
        own = self._own_regions()
        rows = [(name, self.search_count(own & Domain(domain)), domain) for name, domain in bands]
        return self._figures(self.env._("Spaces by when somebody last looked"), rows)
