from odoo import models
from odoo.fields import Command

PROPOSED = ("envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "tolerance_mm", "machine_count")


class WcmFacility(models.Model):
    """What the kit of a space says about its capability, for a person to confirm."""

    _inherit = "wcm.facility"

    def action_propose_from_kit(self):
        self.ensure_one()
        lines = [Command.create(values) for values in self._kit_proposals()]
        proposal = self.env["wcm.kit.proposal"].create({"facility_id": self.id, "line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose from Kit"),
            "res_model": proposal._name,
            "res_id": proposal.id,
            "view_mode": "form",
            "target": "new",
        }

    def _kit_proposals(self):
        """Values of a line per process whose kit says something else than what is recorded."""
        recorded = {capability.process_id: capability for capability in self.capability_ids}
        lines = []
        for process, machines in self.equipment_ids.grouped("process_id").items():
            capability = recorded.get(process, self.env["wcm.capability"])
            figures = self._kit_figures(machines, capability)
            if process and (not capability or any(figures[name] != capability[name] for name in PROPOSED)):
                lines.append({"process_id": process.id, "capability_id": capability.id, **figures})
        return lines

    def _kit_figures(self, machines, capability):
        """Sizes and tolerance of the machine with the largest bed; what it does not say stays as recorded.

        Machines out of order count: capacity takes them off by itself.
        """
        largest = max(machines, key=lambda machine: machine.envelope_x_mm * machine.envelope_y_mm)
        figures = {name: largest[name] or capability[name] for name in PROPOSED if name != "machine_count"}
        return {**figures, "machine_count": sum(machines.mapped("quantity"))}
