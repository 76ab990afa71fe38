from odoo import models

from .wcm_control_plan_table import _cell, _field

MEASURED = ("nominal", "tolerance_minus", "tolerance_plus", "unit", "reading_count")


class WcmControlPlan(models.Model):
    """What is different in another plan, in words. Checkpoints are the same where their names are."""

    _inherit = "wcm.control.plan"

    def _differences(self, other):
        """[(title, what: added, removed or changed, [(field, here, there)])] from this plan to the other."""
        heads = [(header, _said(self, name), _said(other, name)) for name, header in self._plan_columns().items()]
        changed = [row for row in heads if row[1] != row[2]]
        rows = [(self.env._("The plan"), "changed", changed)] if changed else []
        here, there = ({point.name.strip().casefold(): point for point in plan.checkpoint_ids} for plan in (self, other))
        rows += [(point.name, "removed", self._point_rows(point)) for key, point in here.items() if key not in there]
        rows += [(point.name, "added", self._point_rows(point)) for key, point in there.items() if key not in here]
        both = ((point.name, self._point_changes(point, there[key])) for key, point in here.items() if key in there)
        return rows + [(name, "changed", changes) for name, changes in both if changes]

    def _point_changes(self, point, other):
        rows = [(header, _said(point, _field(name)), _said(other, _field(name))) for name, header in self._point_columns().items()]
        changes = [row for row in rows if row[1] != row[2]]
        if point.picture_sha256 != other.picture_sha256:
            words = [self.env._("a picture") if one.picture_sha256 else self.env._("none") for one in (point, other)]
            changes.append((self.env._("Picture"), words[0], self.env._("another picture") if words[0] == words[1] else words[1]))
        return changes

    def _point_rows(self, point):
        """Of one that comes or goes: what says something about it."""
        unsaid = {"name", "sequence", *(MEASURED if point.kind != "measurement" else ()), *(("release_by",) if point.point_type != "hold" else ()), *(("notice_hours",) if point.point_type != "witness" else ())}
        columns = {header: _field(name) for name, header in self._point_columns().items() if _field(name) not in unsaid}
        return [(header, value, value) for header, name in columns.items() if (value := _said(point, name))]

    def _is_like(self, other):
        return not self._differences(other)

    def action_compare(self):
        """Two plans side by side: the chosen ones, or a version and the one that it replaces."""
        self.check_access("read")
        first, second = (self[0], self[1]) if len(self) == 2 else (self[:1].previous_id, self[:1])
        compare = self.env["wcm.control.plan.compare"].create({"first_id": first.id, "second_id": second.id})
        return {**compare._get_records_action(), "name": self.env._("Compare control plans")}

    def action_copy_to(self):
        """A draft with the same checkpoints, for components that are still to be named."""
        self.ensure_one()
        self._check_quality_lead()
        values = {"name": self.env._("%s (copy)", self.name), "product_ids": False, "process_ids": False, "categ_id": False, "design_revision": False}
        return self.copy(values)._get_records_action()


def _said(record, name):
    """As a person reads it: 19, not 19.0."""
    value = _cell(record, name)
    return f"{value:g}" if isinstance(value, float) else value
