from odoo import models

OTHERS = ("network", "client", "nobody")


class WcmPart(models.Model):
    """Who bears a block that was scrapped after it arrived: whoever its nonconformity says, and the member only when it agreed."""

    _inherit = "wcm.part"

    def _faults(self):
        """The nonconformities that it was scrapped for; where nobody decided so, those that are open."""
        decided = self.disposition_ids.filtered(lambda one: one.kind == "scrap" and one.state == "done").nonconformity_id
        return decided or self.nonconformity_ids.filtered("is_active")

    def _is_fault_on_record(self):
        return super()._is_fault_on_record() or any(fault.payer not in OTHERS for fault in self._faults())

    def _is_credited(self):
        return super()._is_credited() or any(fault._is_deductible() for fault in self._faults())

    def _waits_words(self):
        if self.state != "scrapped":
            return super()._waits_words()
        names = ", ".join(self._faults().mapped("name"))
        if "member" in self._faults().mapped("payer"):
            return self.env._("%s: scrapped, and the member has not agreed that it pays", names)
        return self.env._("%s: scrapped, and it is not said yet who pays", names)
