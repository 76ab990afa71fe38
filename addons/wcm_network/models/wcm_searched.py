from odoo import fields, models


class WcmSearched(models.AbstractModel):
    """What is looked for in the background (`wcm.solver.run`): its page shows how far the last time is, or how it ended."""

    _name = "wcm.searched"
    _description = "Looked for in the background"

    solve_state = fields.Selection(
        selection=lambda self: self.env["wcm.solver.run"]._fields["state"].selection,
        string="Search", compute="_compute_solving",
    )
    solve_message = fields.Text(compute="_compute_solving")
    solve_progress = fields.Json(compute="_compute_solving", help="Seconds, and how good the best so far is.")

    def _compute_solving(self):
        for record in self:
            run = record._last_run()
            record.solve_state, record.solve_message = run.state, run.message
            record.solve_progress = run and run._progress()

    def _last_run(self):
        """Hook: the latest time that it was looked for, if any."""
        raise NotImplementedError

    def _forget_solving(self):
        """It has moved on since these were read."""
        self.invalidate_recordset(["solve_state", "solve_message", "solve_progress"])
