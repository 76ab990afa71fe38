from odoo import models


class WcmBenchAction(models.Model):
    """With what it was measured, told by the shop-floor app."""

    _inherit = "wcm.bench.action"

    def _answers(self, args, inspection):
        answers = super()._answers(args, inspection)
        for told, answer in zip(args["answers"], answers, strict=True):
            if told.get("instrument"):
                [answer["instrument_id"]] = self._known_ids([told["instrument"]])
        return answers
