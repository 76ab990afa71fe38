from odoo import models
from odoo.exceptions import UserError


class WcmBenchAction(models.Model):
    """Checks, told by the shop-floor app."""

    _inherit = "wcm.bench.action"

    def _handlers(self):
        cls = type(self)
        return {**super()._handlers(), "check_lot": cls._do_check_lot, "check": cls._do_check, "check_arrival": cls._do_check_arrival, "report": cls._do_report}

    def _do_check(self, args):
        """All answers of one check, and its end. The check itself may have come into being offline, with the part."""
        part = self._parts(args)
        part.ensure_one()
        part.action_check()
        self._fill_in(self._inspection_told(part, args), args)

    def _do_check_arrival(self, args):
        """The check of one block where it is unloaded: it is here, and booked as such, before its check says whether it is good."""
        part = self._arriving(args.get("parts"))
        part.ensure_one()
        part._check_on_site()
        if part.state == "dispatched":
            part.shipment_id._note_arrival(part)
            part.shipment_id._receive(part)
        inspection = part._latest_inspection("site_receipt")
        if not inspection:
            raise UserError(self.env._("Nothing has to be checked on %s as it arrives.", part.name))
        self._fill_in(inspection, args)

    def _do_check_lot(self, args):
        """The incoming check of a lot of material at the member's own place."""
        number = args.get("check")
        inspection = self.env["wcm.inspection"].search([("id", "=", number if type(number) is int else 0), ("stage", "=", "incoming")])
        if not inspection:
            raise UserError(self._not_yours_message())
        self._fill_in(inspection, args)

    def _fill_in(self, inspection, args):
        inspection._check_open()
        for line, answer in zip(inspection.line_ids, self._answers(args, inspection), strict=True):
            line.write(answer)
        if came := self._text(args, "witness"):
            inspection.action_witness_came(came)
        inspection.action_close()

    def _inspection_told(self, part, args):
        """That of the stage which the person saw; what is due on the part where the app did not say."""
        stage = self._text(args, "stage")
        return part._latest_inspection(stage) or part._latest_inspection(part._due_stage())

    def _answers(self, args, inspection):
        """One dictionary for each checkpoint, by the names that the app knew."""
        told = args.get("answers")
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise UserError(self._strange_message())
        if [each.get("name") for each in told] != inspection.line_ids.mapped("name"):
            raise UserError(self.env._("What has to be checked on %s has changed since. Look at the check again.", inspection.part_name))
        return [{name: read(self, each, name) for name, read in self._answer_kinds().items() if name in each} for each in told]

    def _answer_kinds(self):
        """{field of a result: method that reads it from what the app told}"""
        cls = type(self)
        return {**dict.fromkeys(("reading", "passed_by_hand", "note"), cls._text), "photo": cls._photo, "signature": cls._photo}

    def _photo(self, answer, name):
        picture = answer.get(name)
        if picture and not (isinstance(picture, str) and len(picture) < 4_000_000):
            raise UserError(self.env._("This picture is too large. Take it again."))
        return picture or False

    def _do_report(self, args):
        self._parts(args).action_report(self._text(args, "reason"), photo=self._photo(args, "photo"))
