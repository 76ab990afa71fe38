import re

from odoo import models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """On which machines and to which files its blocks are made."""

    _inherit = "wcm.work.order"

    def _machines_used(self, names=None):
        """Those that are named; of each other process the one in the accepted order of work, else the only one there is."""
        self.ensure_one()
        kit = self._kit()
        wanted = re.split(r"[\n,;]", names) if isinstance(names, str) else [str(name) for name in names or []]
        named = kit.browse().union(*(self._machine_named(kit, name.strip()) for name in wanted if name.strip()))
        return named | self._usual_machines(kit.filtered(lambda machine: machine.process_id not in named.process_id))

    def _kit(self):
        """The members' machines of the processes that these orders take."""
        return self.env["maintenance.equipment"].sudo().search([
            ("facility_id", "in", self.membership_id.facility_id.ids), ("process_id", "in", self.bom_id.requirement_ids.process_id.ids),
        ])

    def _machines_to_choose(self):
        """{order: [{id, name, process, planned}]}: where the kit has several machines of a process, somebody says which one it was."""
        kit, planned = self._kit(), self._planned_machines()
        return {order: order._choice(kit, planned.get(order, kit.browse())) for order in self}

    def _choice(self, kit, planned):
        processes = self.bom_id.requirement_ids.process_id
        fitting = kit.filtered(lambda machine: machine.facility_id == self.membership_id.facility_id and machine.process_id in processes)
        return [
            {"id": machine.id, "name": machine.name, "process": process.name, "planned": machine in planned}
            for process, machines in fitting.grouped("process_id").items() if len(machines) > 1 for machine in machines
        ]

    def _planned_machines(self):
        """{order: machines in the accepted order of work}"""
        lines = self.env["wcm.work.sequence.line"].sudo().search([("work_order_id", "in", self.ids), ("sequence_id.state", "=", "accepted")])
        return {order: found.equipment_id for order, found in lines.grouped("work_order_id").items()}

    def _machine_named(self, kit, name):
        found = kit.filtered(lambda machine: name.lower() == machine.name.lower() or name == str(machine.id))
        if not found:
            raise UserError(self.env._(
                "“%(name)s” is no machine of yours for this work. Yours are: %(machines)s.",
                name=name[:80], machines=", ".join(kit.mapped("name")) or self.env._("none is listed"),
            ))
        return found[0]

    def _usual_machines(self, kit):
        planned = self._planned_machines().get(self, kit.browse()) & kit
        open_kinds = kit.filtered(lambda machine: machine.process_id not in planned.process_id)
        return planned.union(*(machines for machines in open_kinds.grouped("process_id").values() if len(machines) == 1))

    def _files_told(self):
        """The files that its blocks are made to, each with its SHA-256; nothing where there are none."""
        files = [{"name": file.name, "sha256": self._sha256(file)} for file in self.sudo()._drawings()]
        return {"files": files} if files else {}
