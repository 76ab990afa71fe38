from odoo import api, fields, models
from odoo.exceptions import UserError

MOST_STEPS = 20


class WcmWorkSequence(models.Model):
    """What the member moved can be taken back, save by save, until the proposal stands again."""

    _inherit = "wcm.work.sequence"

    _guarded = frozenset({"moved"})
    _member_readable = frozenset({"can_undo"})

    moved = fields.Json(readonly=True, help="For each save, oldest first: where the lines stood before it, [[line, position], …].")
    can_undo = fields.Boolean(compute="_compute_can_undo", compute_sudo=True)

    @api.depends("moved")
    def _compute_can_undo(self):
        for sequence in self:
            sequence.can_undo = bool(sequence.moved)

    def write(self, vals):
        if self.env.su or "line_ids" not in vals:
            return super().write(vals)
        self._check_not_searching()
        before = {sequence: sequence._places() for sequence in self}
        result = super().write(vals)
        for sequence, places in before.items():
            sequence._remember(places)
        return result

    def _places(self):
        return [[line.id, line.position] for line in self.sudo().line_ids]

    def _remember(self, places):
        if sorted(places) != sorted(self._places()):
            self.sudo().moved = [*(self.sudo().moved or []), places][-MOST_STEPS:]

    def action_undo(self):
        """Where the lines stood before the last save."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_searching()
        moved = self.sudo().moved
        if not moved:
            raise UserError(self.env._("Nothing was moved since the proposal."))
        lines = {line.id: line for line in self.sudo().line_ids}
        for number, position in moved[-1]:
            if number in lines:
                lines[number].position = position
        self.sudo().moved = moved[:-1]
        return True
