from odoo import models


class WcmDeliveryRun(models.Model):
    """What each shipment stands for of a run that carried several."""

    _inherit = "wcm.delivery.run"

    def _shares(self):
        """{shipment: share}, adding up to one: by kg times km on board; by km alone where no weight is known."""
        ridden = dict.fromkeys(self.shipment_ids, 0.0)
        board = self.env["wcm.shipment"]
        for stop in self.stop_ids:
            for shipment in board:
                ridden[shipment] += stop.km
            board = board | stop.shipment_ids if stop.membership_id else board - stop.shipment_ids
        weighed = {shipment: km * shipment.weight_kg for shipment, km in ridden.items()}
        counted = weighed if all(weighed.values()) else ridden if any(ridden.values()) else dict.fromkeys(ridden, 1.0)
        total = sum(counted.values())
        return {shipment: amount / total for shipment, amount in counted.items()}
