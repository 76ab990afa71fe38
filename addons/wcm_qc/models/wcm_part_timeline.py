from odoo import models


class WcmPart(models.Model):
    """Checks on the timeline: each result, and the photos."""

    _inherit = "wcm.part"

    def _timeline_facts(self):
        label = dict(self._fields["quality_state"]._description_selection(self.env)).get(self.quality_state)
        return [*super()._timeline_facts(), (self.env._("Quality"), label)]

    def _timeline_step(self, event):
        step = super()._timeline_step(event)
        name = (event.data or {}).get("inspection")
        check = event.part_id.inspection_ids.filtered(lambda check: check.name == name) if name else event.part_id.inspection_ids.browse()
        lines = check.line_ids
        step["details"] += [[line.name, line._timeline_words()] for line in lines]
        step["photos"] = [f"/web/image/wcm.inspection.line/{line.id}/photo" for line in lines if line.photo]
        return step
