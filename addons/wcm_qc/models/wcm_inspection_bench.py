from odoo import models


class WcmInspection(models.Model):
    """Four eyes on a shared tablet, where one login stands for many people."""

    _inherit = "wcm.inspection"

    def _is_by_maker(self, makers):
        """By the people, where both said who they are by PIN or badge; by the logins otherwise."""
        person, maker = self.env["wcm.part.event"]._doing().person_id, self.part_id._made_by_person()
        if person and person == maker.id:
            return True
        return self.env.user in makers and not (person and maker and makers == self.part_id.made_by_id and not self._was_reworked())

    def _was_reworked(self):
        """Who reworked a block is known by login only."""
        return bool(self.rework_nonconformity_id or self.part_id.nonconformity_ids.reworked_by_id)
