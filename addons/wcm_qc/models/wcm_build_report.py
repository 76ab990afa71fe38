from odoo import api, models

from odoo.addons.wcm_network.writers.report import Section


class WcmBuildReport(models.Model):
    """The quality of a home, for its report."""

    _inherit = "wcm.build.report"

    @api.model
    def _section_makers(self):
        makers = super()._section_makers()
        place = makers.index("_section_cost") + 1
        return [*makers[:place], "_section_quality", *makers[place:]]

    @api.model
    def _section_quality(self, build, published, told):
        section = Section(self.env._("Quality"))
        self._add_inspections(section, build)
        self._indicators(section, build, ["first_pass_yield", "nonconformities", "nonconformities_open"])
        self._add_nonconformities(section, build)
        if build._waits_for_checks():
            section.missing.append(self.env._("Checks at the site are still open."))
        if still_open := section.figure("nonconformities_open"):
            section.missing.append(self.env._("Nonconformities that are not closed yet: %s.", int(still_open)))
        return section

    @api.model
    def _add_inspections(self, section, build):
        """Closed ones that were not corrected, by stage; those of material that came in belong to no home."""
        groups = self.env["wcm.inspection"]._read_group([("build_id", "=", build.id), ("state", "in", ("passed", "failed"))], ["stage", "state"], ["__count"])
        counts = {(stage, state): count for stage, state, count in groups}
        stages = self.env["wcm.control.plan"]._fields["stage"]._description_selection(self.env)
        checked = self.env["wcm.first.check"].search_count([("build_id", "=", build.id)])
        section.figures += [
            self._figure("inspections", self.env._("Inspections"), sum(counts.values()), note=self.env._("Measured")),
            self._figure("blocks_checked", self.env._("Blocks that were checked"), checked, self.env._("blocks"), note=self.env._("Measured")),
        ]
        section.add_table(self.env._("Inspections by stage"), [self.env._("Stage"), self.env._("Passed"), self.env._("Failed")], [
            (label, counts.get((stage, "passed"), 0), counts.get((stage, "failed"), 0)) for stage, label in stages if (stage, "passed") in counts or (stage, "failed") in counts
        ])
        if not counts:
            section.missing.append(self.env._("No inspection of its blocks is closed."))

    @api.model
    def _add_nonconformities(self, section, build):
        found = self.env["wcm.nonconformity"]
        groups = found._read_group([("build_id", "=", build.id), ("state", "!=", "cancelled")], ["cause_category", "disposition"], ["__count"])
        causes, decisions = (dict(found._fields[name]._description_selection(self.env)) for name in ("cause_category", "disposition"))
        section.add_table(
            self.env._("Nonconformities by kind of cause and decision"), [self.env._("Kind of cause"), self.env._("Decision"), self.env._("Nonconformities")],
            [(causes.get(cause, self.env._("Not said yet")), decisions.get(decision, self.env._("Not decided yet")), count) for cause, decision, count in groups],
        )

    @api.model
    def _lesson_keys(self, build):
        found = self.env["wcm.nonconformity"].search([("build_id", "=", build.id)])
        return [*super()._lesson_keys(build), *(f"wcm.nonconformity,{id_}" for id_ in found.ids)]
