from odoo import models


class WcmFacilityDuplicate(models.Model):
    """Why two spaces cannot be merged as it stands."""

    _inherit = "wcm.facility.duplicate"

    def _blockers(self, rows):
        """Sentences; empty when they can be merged."""
        return self._merged_blockers() or [*self._archived_blockers(), *self._choice_blockers(rows)]

    def _merged_blockers(self):
        """A record that is a part of another space by now is neither side: a space that lives would go with it."""
        merged = (self.facility_id | self.other_id).filtered("merged_into_id")
        words = self.env._("%(space)s was merged into another space since: compare that one.", space=merged[:1].name)
        return [words] if merged else []

    def _archived_blockers(self):
        """Only a row of an import, which is no space yet, becomes a part of an archived one."""
        into_archived = self.env.context.get("into_archived")
        both = self.other_id if into_archived else self.facility_id | self.other_id
        return [
            self.env._("%(space)s is archived. Unarchive it first, or leave it as it is.", space=space.name)
            for space in both.filtered(lambda space: not space.active)
        ]

    def _choice_blockers(self, rows):
        unchosen = ", ".join(row["label"] for row in rows if not row["choice"])
        words = self.env._("Choose: %(rows)s. Both agreed to publish, but not the same.", rows=unchosen)
        return [words] if unchosen else []
