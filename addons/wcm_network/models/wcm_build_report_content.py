from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..scope import Scope
from ..writers.report import Section, number
from .wcm_lesson_public import MAIL

LONGEST = 5000


class Draft(NamedTuple):
    """What a report would say.

    :ivar missing: sentences
    :ivar told: {sum: {order id: [amount, maker id, region id]}}: which orders are in the sums of money that it tells
    :ivar nothing_yet: why there is nothing to report; empty when there is
    """

    content: dict
    missing: list
    told: dict
    nothing_yet: str


class WcmBuildReport(models.Model):
    """What a report says, section by section; every figure by the records that the screens count.

    Another addon adds a section by `_section_makers`.
    """

    _inherit = "wcm.build.report"

    @api.model
    def _drafted(self, build, words, version, before):
        """:param before: reports of the same home, kept already"""
        told = {}
        published = before.filtered("published_on")
        sections = [getattr(self, name)(build, published, told) for name in self._section_makers()]
        content = {
            "title": self.env._("%s: what came of it", build.name), "facts": self._facts(build, version), "words": self._paragraphs(words),
            "sections": [section.content() for section in sections if section.figures or section.tables or section.words],
        }
        return Draft(content, [words for section in sections for words in section.missing], told, self._nothing_yet(build))

    @api.model
    def _section_makers(self):
        """Hook: names of methods (home, published reports of it, what is told) -> Section, in their order."""
        return ["_section_plan", "_section_cost", "_section_people", "_section_carbon", "_section_material", "_section_lessons"]

    @api.model
    def _nothing_yet(self, build):
        if build.state == "cancelled":
            return self.env._("%s was cancelled.", build.name)
        made = self.env["wcm.part"].sudo().search_count([("build_id", "=", build.id), ("made_on", "!=", False)], limit=1)
        return "" if made else self.env._("Nothing of %s has been made yet, so there is nothing to report.", build.name)

    @api.model
    def _facts(self, build, version):
        label = dict(build._fields["kind"]._description_selection(self.env))[build.kind]
        state = dict(build._fields["state"]._description_selection(self.env))[build.state]
        by = build.region_id.run_by_id.name or self.env.company.name
        facts = [
            (self.env._("What"), label), (self.env._("Site"), build.site_id.name), (self.env._("Region"), build.region_id.name or ""),
            (self.env._("Kit"), build.bom_id.product_tmpl_id.name or ""), (self.env._("State"), state),
            (self.env._("Grant"), build.grant_id.name or ""), (self.env._("Version"), str(version)),
            (self.env._("Made on"), self._day(fields.Date.context_today(self))), (self.env._("Made by"), self.env._("the coordinators of %(region)s (%(by)s)", region=build.region_id.name or self.env._("the network"), by=by)),
        ]
        return [[name, words] for name, words in facts if words]

    @api.model
    def _paragraphs(self, words):
        return [line.strip() for line in (words or "").splitlines() if line.strip()]

    @api.model
    def _check_words(self, words):
        """What a coordinator types is published as well: it names nobody.

        :raise UserError: it is too long, or names somebody whom the network knows
        """
        if len(words or "") > LONGEST:
            raise UserError(self.env._("Up to %s letters fit here. Write the rest as a lesson of this home.", f"{LONGEST:,}"))
        found = [*self.env["wcm.lesson"].sudo()._known_people(words or ""), *sorted(set(MAIL.findall(words or "")))]
        if found:
            raise UserError(self.env._("A report names nobody. Write a role instead of: %s", ", ".join(found)))

    @api.model
    def _day(self, day):
        return format_date(self.env, day, date_format="d MMMM y") if day else ""

    @api.model
    def _figure(self, code, name, value, unit="", kind="whole", note="", currency=None, unknown=""):
        """One figure in the words of the screens.

        :param unknown: what stands there when there is no value
        """
        if value is None:
            words = unknown or self.env._("not known")
        elif kind == "money":
            words = format_amount(self.env, value, currency or self.env.company.currency_id)
        else:
            share = kind == "percent"
            words = " ".join(filter(None, [number(100 * value if share else value, 0 if kind == "whole" else 1), "%" if share else unit]))
        return {"code": code, "name": name, "value": value, "words": words, "note": note}

    @api.model
    def _indicators(self, section, build, codes):
        """Figures by indicators: the same as *What Came of It* shows of this home. What is switched off is left out."""
        scope, bases = Scope(build_id=build.id), dict(self.env["wcm.indicator"]._fields["basis"]._description_selection(self.env))
        found = self.env["wcm.indicator"].sudo().search([("code", "in", codes)]).grouped("code")
        for indicator in (found[code] for code in codes if code in found):
            figure = indicator._figure(scope)
            unknown = self.env._("left out: of fewer than three members") if figure.withheld else ""
            section.figures.append(self._figure(indicator.code, indicator.name, figure.value, indicator.unit, indicator.kind, bases[indicator._basis_in(scope)], unknown=unknown))
            if figure.value is None and not figure.withheld:
                section.missing.append(self.env._("%(figure)s: not known. Counted as: %(formula)s", figure=indicator.name, formula=indicator.formula))
            elif figure.withheld:
                section.missing.append(self.env._("%s: left out, as fewer than three members reported.", indicator.name))

    @api.model
    def _section_people(self, build, published, told):
        section = Section(self.env._("People"))
        self._indicators(section, build, ["paid_hours", "people_paid", "apprentices", "training_hours", "first_jobs", "living_wage"])
        section.words.append(self.env._("From members' own monthly reports, shared out over homes by the standard minutes of what was made; figures of fewer than three members are left out."))
        return section

    @api.model
    def _section_material(self, build, published, told):
        section = Section(self.env._("Material, waste and yield"))
        self._indicators(section, build, ["sheets_used", "sheets_wasted", "sheet_yield"])
        section.words.append(self.env._("Sheets in scrapped blocks are waste. What falls off within a sheet is recorded by nobody, so it is not in the yield."))
        return section

    @api.model
    def _section_lessons(self, build, published, told):
        section = Section(self.env._("What was learnt"))
        lessons = self.env["wcm.lesson"].sudo().search([("state", "=", "published"), ("about", "in", self._lesson_keys(build))], order="happened_on, id")
        section.add_table(
            self.env._("Lessons that are published"), [self.env._("Lesson"), self.env._("Kind"), self.env._("Address")],
            [(lesson._title_without_anybody(), dict(lesson._fields["kind"]._description_selection(self.env))[lesson.kind], f"/lessons/{lesson.id}") for lesson in lessons],
        )
        if not lessons:
            section.words.append(self.env._("No lesson of it has been published."))
            section.missing.append(self.env._("No lesson about this home, its orders or blocks is published."))
        return section

    @api.model
    def _lesson_keys(self, build):
        """Hook: records of the home that lessons are attached to."""
        records = (build, build.work_order_ids, build.part_ids, build.site_id)
        return [f"{found._name},{id_}" for found in records for id_ in found.ids]
