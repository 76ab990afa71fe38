from dataclasses import dataclass

from odoo import models

HERE = ("received", "installed")


@dataclass
class LotsToState:
    """Ids of lots, by what the statement says of them.

    :ivar owed: accepted, or not to be paid for by the member
    :ivar credited: were scrapped after they arrived, and the member agreed that it bears that
    :ivar tracked: of all parts; what is not tracked is accepted when it is received
    """

    owed: set
    credited: set
    tracked: set

    def take(self, lots):
        """(owed, credited) of these; they are counted no more."""
        taken = self.owed & set(lots), self.credited & set(lots)
        self.owed -= taken[0]
        self.credited -= taken[1]
        return taken


class WcmPart(models.Model):
    """Whether a block that arrived is owed, by what the terms say: nothing is taken off without a fault that was recorded and agreed."""

    _inherit = "wcm.part"

    def _lots_to_state(self):
        credited = self.filtered(lambda part: part.state == "scrapped" and part._is_credited())
        return LotsToState(set(self.filtered(lambda part: part._is_owed()).lot_id.ids), set(credited.lot_id.ids), set(self.lot_id.ids))

    def _is_owed(self):
        """On site and not held; of one that was scrapped there, see wcm_qc: without a fault on record it is owed."""
        return (self.state in HERE and not self.is_held) or (self.state == "scrapped" and not self._is_fault_on_record())

    def _is_fault_on_record(self):
        """Hook: somebody has to say who bears it."""
        return False

    def _is_credited(self):
        """Hook: the member bears it, and agreed."""
        return False

    def _waits_for_decision(self):
        """Arrived, and neither owed nor credited for now."""
        return (self.state in HERE and self.is_held) or (self.state == "scrapped" and self._is_fault_on_record() and not self._is_credited())

    def _waits_words(self):
        """Why it is billed and not owed for now."""
        return self.hold_reason or self.env._("held")
