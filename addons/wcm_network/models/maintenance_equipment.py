from odoo import models


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    def _booked(self):
        """[(from, to)] in UTC: maintenance that is booked for this machine and not done."""
        requests = self.env["maintenance.request"].search([
            ("equipment_id", "in", self.ids), ("archive", "=", False), ("stage_id.done", "=", False),
            ("schedule_date", "!=", False), ("schedule_end", "!=", False),
        ])
        return [(request.schedule_date, request.schedule_end) for request in requests if request.schedule_date < request.schedule_end]

    def _machines_told(self):
        """As the history of a part names them; nothing where nobody knows."""
        return {"machines": [{"name": machine.name, "id": machine.id} for machine in self]} if self else {}
