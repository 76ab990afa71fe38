import re

from odoo import models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """On which machines and to which files its blocks are made."""

    _inherit = "wcm.work.order"

    def _machines_used(self, names=None):
        """Those that are named; else of each process the one in the accepted order of work, else the only one there is."""
        self.ensure_one()
        kit = self._kit()
        wanted = re.split(r"[\n,;]", names) if isinstance(names, str) else [str(name) for name in names or []]
        wanted = [name.strip() for name in wanted if name.strip()]
        return kit.browse().union(*(self._machine_named(kit, name) for name in wanted)) if wanted else self._usual_machines(kit)

    def _kit(self):
        """The member's machines of the processes that this order takes."""
        return self.env["maintenance.equipment"].sudo().search([
            ("facility_id", "=", self.membership_id.facility_id.id), ("process_id", "in", self.bom_id.requirement_ids.process_id.ids),
        ])

    def _machine_named(self, kit, name):
        found = kit.filtered(lambda machine: name.lower() == machine.name.lower() or name == str(machine.id))
        if not found:
            raise UserError(self.env._(
                "“%(name)s” is no machine of yours for this work. Yours are: %(machines)s.",
                name=name[:80], machines=", ".join(kit.mapped("name")) or self.env._("none is listed"),
            ))
        return found[0]

    def _usual_machines(self, kit):
        planned = self.env["wcm.work.sequence.line"].sudo().search([
            ("work_order_id", "in", self.ids), ("sequence_id.state", "=", "accepted"), ("equipment_id", "in", kit.ids),
        ]).equipment_id
        open_kinds = kit.filtered(lambda machine: machine.process_id not in planned.process_id)
        return planned.union(*(machines for machines in open_kinds.grouped("process_id").values() if len(machines) == 1))

    def _files_told(self):
        """The files that its blocks are made to, each with its SHA-256; nothing where there are none."""
        files = [{"name": file.name, "sha256": self._sha256(file)} for file in self.sudo()._drawings()]
        return {"files": files} if files else {}
