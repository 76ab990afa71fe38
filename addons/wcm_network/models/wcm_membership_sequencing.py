from datetime import timedelta
from functools import partial

from odoo import models
from odoo.exceptions import UserError

DAY = 24 * 60
WORKED_STATES = ("accepted", "released", "in_production")


class WcmMembership(models.Model):
    """What the order of work of a week is made of: this member's orders, kit and hours."""

    _inherit = "wcm.membership"

    def _sequencing_question(self, monday):
        """(time zone, question as JSON, {(job, operation, machine): values of the line}).

        :raise UserError: no orders, or a process that it does not offer
        """
        self.ensure_one()
        orders = self._orders_of_week(monday)
        capabilities = self.sudo().facility_id.capability_ids
        machines = {key: row for capability in capabilities for key, row in self._machines(capability).items()}
        tz = capabilities.calendar_id[:1].tz or "UTC"
        question = {
            "format": 1,
            "machines": [
                {"id": key, "processes": [str(row["capability"].process_id.id)], "windows": row["windows"](monday)}
                for key, row in machines.items()
            ],
            "jobs": [self._job(order, monday, capabilities) for order in orders],
        }
        return tz, question, self._sequenced_lines(orders, machines)

    def _orders_of_week(self, monday):
        """Accepted, not all made, and to begin by the end of that week."""
        orders = self.env["wcm.work.order"].sudo().search([
            ("membership_id", "=", self.id), ("state", "in", WORKED_STATES), ("on_hold", "=", False),
            ("date_start", "<", monday + timedelta(weeks=1)),
        ]).filtered(lambda order: order.quantity > order.quantity_made and order.bom_id.requirement_ids)
        if not orders:
            raise UserError(self.env._("There is nothing to put in order: no accepted order with known minutes begins by the end of this week."))
        return orders

    def _job(self, order, monday, capabilities):
        return {
            "id": str(order.id),
            "item": str(order.product_id.id),
            "quantity": order.quantity - order.quantity_made,
            "release": max(0, (order.date_start - monday).days) * DAY,
            "due": ((order.date_due - monday).days + 1) * DAY,
            "operations": [self._operation(step, capabilities) for step in order.bom_id.requirement_ids],
        }

    def _operation(self, step, capabilities):
        """Clock minutes: at this member's pace."""
        capability = capabilities.filtered(lambda row: row.process_id == step.process_id)
        if not capability:
            raise UserError(self.env._("%s is needed, and this factory does not offer it.", step.process_id.name))
        pace = 60 / capability.minutes_per_hour
        return {
            "process": str(step.process_id.id),
            "minutes_per_unit": step.minutes_per_unit * pace,
            "setup_minutes": round(step.setup_minutes * pace),
        }

    def _machines(self, capability):
        """{name in the question: machine}: the kit that is listed, else as many as the capability says.

        Of machines that are listed together, maintenance stops one.
        """
        kit = self.env["maintenance.equipment"].sudo().search([
            ("facility_id", "=", capability.facility_id.id), ("process_id", "=", capability.process_id.id),
            ("condition", "!=", "out_of_order"),
        ])
        named = [(machine, machine.name, machine.quantity) for machine in kit]
        named = named or [(kit, capability.process_id.name, capability.machine_count)]
        return {
            f"{capability.id}/{machine.id}/{number}": {
                "capability": capability,
                "equipment": machine,
                "name": name if count == 1 else f"{name} {number}",
                "windows": partial(capability._windows, machine._booked() if number == 1 else []),
            }
            for machine, name, count in named
            for number in range(1, count + 1)
        }

    def _sequenced_lines(self, orders, machines):
        return {
            (str(order.id), index, key): {
                "work_order_id": order.id, "operation": index, "process_id": step.process_id.id,
                "equipment_id": row["equipment"].id, "machine": row["name"],
                "quantity": order.quantity - order.quantity_made,
            }
            for order in orders
            for index, step in enumerate(order.bom_id.requirement_ids)
            for key, row in machines.items()
            if row["capability"].process_id == step.process_id
        }
