from odoo import models
from odoo.exceptions import UserError

ANSWERS = frozenset({"reading", "passed_by_hand", "note", "photo"})


class WcmBenchAction(models.Model):
    """Checks, told by the shop-floor app."""

    _inherit = "wcm.bench.action"

    def _handlers(self):
        cls = type(self)
        return {**super()._handlers(), "check": cls._do_check, "report": cls._do_report}

    def _do_check(self, args):
        """All answers of one check, and its end. The check itself may have come into being offline, with the part."""
        part = self._parts(args)
        part.ensure_one()
        part.action_check()
        inspection = part._latest_inspection(part._due_stage())
        inspection._check_open()
        for line, answer in zip(inspection.line_ids, self._answers(args, inspection), strict=True):
            line.write(answer)
        inspection.action_close()

    def _answers(self, args, inspection):
        """One dictionary for each checkpoint, by the names that the app knew."""
        told = args.get("answers")
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise UserError(self._strange_message())
        if [each.get("name") for each in told] != inspection.line_ids.mapped("name"):
            raise UserError(self.env._("What has to be checked on %s has changed since. Look at the check again.", inspection.part_name))
        return [{name: self._text(each, name) if name != "photo" else self._photo(each) for name in ANSWERS & each.keys()} for each in told]

    def _photo(self, answer):
        photo = answer["photo"]
        if photo and not (isinstance(photo, str) and len(photo) < 4_000_000):
            raise UserError(self.env._("The photo is too large. Take it again."))
        return photo or False

    def _do_report(self, args):
        self._parts(args).action_report(self._text(args, "reason"))
