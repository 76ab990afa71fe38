from odoo import api, models


class WcmPart(models.Model):
    """Blocks that nobody drew: what their order's sample says holds for them too."""

    _inherit = "wcm.part"

    @api.depends("state", "work_order_id.sample_ids.state", "work_order_id.sample_ids.drawn_part_ids")
    def _compute_quality_state(self):
        return super()._compute_quality_state()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "scrapped":
            self.env["wcm.sample"]._judge(self.sudo().work_order_id)
        return result

    def _sample(self, stage="final"):
        """The sample that speaks for this block; none where it was drawn itself."""
        samples = self.sudo().work_order_id.sample_ids.filtered(lambda sample: sample.stage == stage)
        return samples if self not in samples.drawn_part_ids else samples.browse()

    def _current_quality_state(self):
        """What its final check would say, said by the sample; a check in process does not stand in for it."""
        state = super()._current_quality_state()
        sample = self._sample()
        if state not in ("not_checked", "passed") or not sample or self.state in ("to_make", "scrapped") or self._latest_inspection("final"):
            return state
        return "sampled" if sample.state == "accepted" else "not_checked"

    def _is_cleared(self, stage):
        return super()._is_cleared(stage) or self._is_cleared_by_sample(stage)

    def _is_cleared_by_sample(self, stage):
        """Not drawn, and accepted with its order; drawn as they are made, nobody waits for the end of the order unless a check has failed."""
        sample = self._sample(stage)
        if not sample or self._latest_inspection(stage):
            return False
        return sample.state == "accepted" or (sample.method in ("nth", "share") and sample.state == "open")

    def _uncleared_words(self, stage):
        sample = self._sample(stage)
        if sample.state != "open":
            return super()._uncleared_words(stage)
        return self.env._(
            "It waits for the sample of its order (%(sample)s, %(checked)s of %(all)s blocks checked); an inspector who did not make them checks the others, or a quality lead",
            sample=sample.name, checked=sample.checked_count, all=sample.sample_size,
        )

    def _public_quality(self):
        if self.sudo().quality_state != "sampled":
            return super()._public_quality()
        return self.env._("Accepted by checks on a sample of its batch on %s", self._sample().decided_on.strftime("%-d %B %Y"))
