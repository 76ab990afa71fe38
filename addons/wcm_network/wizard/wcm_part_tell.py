from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmPartTell(models.TransientModel):
    """What happened to parts on the site, or was told wrongly of one; a coordinator's dialog."""

    _name = "wcm.part.tell"
    _description = "Tell what happened to parts"

    part_ids = fields.Many2many("wcm.part", string="Parts", required=True, default=lambda self: self.env.context.get("active_ids"))
    single_id = fields.Many2one("wcm.part", compute="_compute_single_id")
    kind = fields.Selection(
        [("install", "Installed in the home"), ("replace", "Replaced by another"), ("correct", "A step was told wrongly")],
        "What happened", required=True, default="install",
    )
    position = fields.Char("Position in the home", help="As the drawings of the home say it.")
    replacement = fields.Char("Replaced by", help="Serial number or code of the part that takes its place.")
    event_id = fields.Many2one("wcm.part.event", "Step", domain="[('part_id', '=', single_id)]")
    did_not_occur = fields.Boolean("It never happened")
    right_time = fields.Datetime("When it was really", help="Empty: as it was told.")
    right_place = fields.Char("Where it was really", help="Empty: as it was told.")
    reason = fields.Char("Why")
    consequence = fields.Char("What follows", compute="_compute_consequence")

    @api.depends("part_ids")
    def _compute_single_id(self):
        for tell in self:
            tell.single_id = tell.part_ids[:1]._origin

    @api.depends("kind", "event_id", "did_not_occur")
    def _compute_consequence(self):
        """What the part will be, told before it is recorded."""
        for tell in self:
            event = tell.event_id._origin if tell.kind == "correct" else tell.event_id.browse()
            tell.consequence = event.part_id._undo_consequence(event, tell.did_not_occur) if event else False

    def action_tell(self):
        self.ensure_one()
        self.check_access("write")
        if not self.part_ids:
            raise UserError(self.env._("Choose the parts first."))
        self.part_ids._check_coordinator()
        return getattr(self, f"_tell_{self.kind}")()

    def _tell_install(self):
        return self.part_ids.action_install(self.position)

    def _tell_replace(self):
        return self.part_ids.action_replace(self.replacement, self.reason)

    def _tell_correct(self):
        self.event_id.check_access("read")
        event = self.event_id.sudo().filtered(lambda event: event.part_id in self.part_ids)
        if not event:
            raise UserError(self.env._("Choose the step that was told wrongly."))
        event._correct(self.reason, self.did_not_occur, self.right_time, self.right_place)
        return True
