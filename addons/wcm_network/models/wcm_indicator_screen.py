from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..scope import Scope


class WcmIndicator(models.Model):
    """The screen “What came of it”: figures of a grant, home, region or all, in a period, each with what it means."""

    _inherit = "wcm.indicator"

    @api.model
    @api.readonly
    def outcomes(self, asked):
        """{choices, asked, currency_id, categories: [{title, figures: [{id, name, value, …, groups}]}]}

        :param asked: {grant, build, region: id; start, end: day}, all of which may be left out
        """
        self._check_reader()
        scope = self._scope(asked)
        labels = dict(self._fields["category"]._description_selection(self.env))
        shown = self.search([("category", "!=", False)]).grouped("category")
        return {
            "choices": self._choices(),
            "currency_id": self.env.company.currency_id.id,
            "categories": [{"title": labels[name], "figures": [indicator._shown(scope) for indicator in indicators]} for name, indicators in shown.items()],
        }

    @api.model
    @api.readonly
    def action_open_records(self, code, asked, condition=None):
        """A window with exactly the records behind a figure, or behind one row of it.

        :param condition: of the row, as `outcomes` gave it: [field, "=", value]
        """
        self._check_reader()
        indicator = self.search([("code", "=", str(code or ""))], limit=1)
        if not indicator:
            raise UserError(self.env._("There is no such indicator. Reload the page."))
        source = indicator._source(self._scope(asked))
        views = ["list", "form"] if self.env[source.model]._auto else ["list"]
        return {
            "type": "ir.actions.act_window", "name": indicator.name, "res_model": source.model, "views": [[False, view] for view in views],
            "domain": [*source.domain, *([indicator._checked(condition)] if condition else [])], "context": {"active_test": True},
        }

    def _checked(self, condition):
        """Only by what it is split by: a caller asks for no field of its own choice."""
        names = (self.breakdowns or "").split(",")
        if len(condition) != 3 or condition[0] not in names or condition[1] != "=" or isinstance(condition[2], (list, dict)):
            raise UserError(self.env._("“%s” cannot be split like that.", self.name))
        return tuple(condition)

    def _shown(self, scope):
        figure = self._figure(scope)
        bases = dict(self._fields["basis"]._description_selection(self.env))
        basis = self._basis_in(scope)
        return {
            "id": self.id, "code": self.code, "name": self.name, "unit": self.unit, "kind": self.kind, "definition": self.definition,
            "formula": self.formula, "source": self.source, "owner": self.owner_id.sudo().name or "", "basis": basis, "basis_label": bases[basis],
            "is_snapshot": self.is_snapshot, "value": figure.value, "withheld": figure.withheld, "groups": self._groups(scope),
        }

    @api.model
    def _check_reader(self):
        if not (self.env.su or self.env.user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("What came of the work is shown to coordinators and managers of the network."))

    @api.model
    def _choices(self):
        """Grants, homes and regions that the reader may choose, with the days of each grant."""
        regions = self.env["wcm.region"].search(self._own_regions(), order="name")
        builds = self.env["wcm.build"].search([("state", "!=", "cancelled"), ("region_id", "in", regions.ids)], order="name")
        return {
            "regions": [{"id": region.id, "name": region.name} for region in regions],
            "builds": [{"id": build.id, "name": build.name, "grant": build.grant_id.id, "region": build.region_id.id} for build in builds],
            "grants": [
                {"id": grant.id, "name": grant.name, "start": fields.Date.to_string(grant.date_start) or "", "end": fields.Date.to_string(grant.date_end) or ""}
                for grant in self.env["wcm.grant"].search([])
            ],
        }

    @api.model
    def _own_regions(self):
        return [] if self._sees_all() else [("coordinator_ids", "in", self.env.uid)]

    @api.model
    def _sees_all(self):
        return self.env.su or self.env.user.has_group("wcm_network.group_manager")

    @api.model
    def _scope(self, asked):
        """What was asked for, as far as the reader may see it: a coordinator homes of the own regions only.

        :raise UserError: a day or id that is none, or one that the reader may not see
        """
        grant, build, region = (self._asked_record(model, asked.get(name)) for name, model in (("grant", "wcm.grant"), ("build", "wcm.build"), ("region", "wcm.region")))
        regions = region or (self.env["wcm.region"] if self._sees_all() else self.env["wcm.region"].search(self._own_regions()))
        all_of_them = self._sees_all() and not region
        try:
            return Scope(grant.id or None, build.id or None, None if all_of_them else tuple(regions.ids), self._asked_day(asked.get("start")), self._asked_day(asked.get("end")))
        except ValueError as error:
            raise UserError(self.env._("The period ends before it begins.")) from error

    @api.model
    def _asked_record(self, model, record_id):
        """By search, so that the record rules decide; what is not there and what is not the reader's are told alike."""
        if not record_id:
            return self.env[model]
        own = self._own_regions() if model == "wcm.region" else []
        found = self.env[model].search([("id", "=", record_id), *own]) if isinstance(record_id, int) else self.env[model]
        if not found:
            raise UserError(self.env._("You see no figures of this %s.", self.env["ir.model"].sudo()._get(model).name.lower()))
        return found

    @api.model
    def _asked_day(self, value):
        try:
            return fields.Date.to_date(value) or None
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("“%s” is no day. Write it as 2026-11-24.", value)) from error
