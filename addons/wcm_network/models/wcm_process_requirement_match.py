from odoo import models


class WcmProcessRequirement(models.Model):
    """What a capability lacks for a requirement, in plain words. wcm_plan_match.py asks this of every member."""

    _inherit = "wcm.process.requirement"

    def _misfit(self, capability, worked=None, least=""):
        """All that this capability lacks; empty when it can do it.

        :param capability: a wcm.capability of the same process, or none
        :param worked: {material: thickest in mm, 0: not said} that its kit lists
        :param least: evidence that is asked of every component
        """
        self.ensure_one()
        if not capability:
            return self.env._("does not offer %(process)s", process=self.process_id.name)
        return "; ".join(filter(None, (
            self._misfit_envelope(capability),
            self._misfit_tolerance(capability),
            self._misfit_material(worked or {}),
            self._misfit_evidence(capability, least),
        )))

    def _misfit_envelope(self, capability):
        """The sheet may be turned on the bed, not stood on edge. 0 mm: no limit, or any."""
        bed = sorted(length or float("inf") for length in (capability.envelope_x_mm, capability.envelope_y_mm))
        sheet = sorted((self.envelope_x_mm, self.envelope_y_mm))
        height = capability.envelope_z_mm or float("inf")
        if sheet[0] <= bed[0] and sheet[1] <= bed[1] and self.envelope_z_mm <= height:
            return ""
        return self.env._(
            "envelope too small: %(process)s takes %(bed)s mm, the component needs %(sheet)s mm",
            process=self.process_id.name,
            bed=_lengths(capability),
            sheet=_lengths(self),
        )

    def _misfit_tolerance(self, capability):
        if not self.tolerance_mm or 0 < capability.tolerance_mm <= self.tolerance_mm:
            return ""
        if not capability.tolerance_mm:
            return self.env._("has not said which tolerance its %(process)s holds", process=self.process_id.name)
        return self.env._(
            "%(process)s holds ± %(held)g mm, the component needs ± %(needed)g mm",
            process=self.process_id.name,
            held=capability.tolerance_mm,
            needed=self.tolerance_mm,
        )

    def _misfit_material(self, worked):
        """As the capability finder: what the kit of the process lists. As thick as the workpiece is high."""
        if not self.material_id:
            return ""
        words = {"process": self.process_id.name, "material": self.material_id.name}
        if not worked:
            return self.env._("has not said which materials its %(process)s works", **words)
        if self.material_id not in worked:
            return self.env._("its %(process)s does not work %(material)s", **words)
        thickest = worked[self.material_id]
        if not thickest or self.envelope_z_mm <= thickest:
            return ""
        return self.env._(
            "its %(process)s works %(material)s up to %(most)g mm, the component needs %(asked)g mm",
            **words, most=thickest, asked=self.envelope_z_mm,
        )

    def _misfit_evidence(self, capability, least):
        """The more of what the component asks and what the plan asks."""
        if not (self.evidence_level or least):
            return ""
        order = [level for level, _label in capability._fields["evidence_level"].selection]
        asked = max(filter(None, (self.evidence_level, least)), key=order.index)
        if order.index(capability.evidence_level) >= order.index(asked):
            return ""
        labels = dict(capability._fields["evidence_level"]._description_selection(self.env))
        return self.env._(
            "evidence for %(process)s: %(held)s, asked: %(asked)s",
            process=self.process_id.name, held=labels[capability.evidence_level].lower(), asked=labels[asked].lower(),
        )


def _lengths(record):
    """ "2440 × 1220 × 18", leaving out what is 0 (any, or no limit)."""
    lengths = (record.envelope_x_mm, record.envelope_y_mm, record.envelope_z_mm)
    return " × ".join(f"{length:g}" for length in lengths if length)
