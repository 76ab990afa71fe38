from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .wcm_checkpoint_kinds import options


class WcmInspectionLine(models.Model):
    """Results that are a choice or a signature, with the answers and the picture as they were when the check was opened."""

    _inherit = "wcm.inspection.line"

    _member_readable = frozenset({"options_pass", "options_fail", "picture_sha256", "signature", "signed_by"})
    _member_writable = frozenset({"signature"})

    options_pass = fields.Text("Answers that pass", readonly=True)
    options_fail = fields.Text("Answers that fail", readonly=True)
    picture_sha256 = fields.Char(readonly=True, help="Of the picture beside the instruction, which the version of the control plan keeps.")
    signature = fields.Image(max_width=1000, max_height=500, attachment=True)
    signed_by = fields.Char(readonly=True, help="Who gave a PIN or badge, else whose login it was.")

    @api.depends("options_pass", "options_fail", "signature")
    def _compute_verdict(self):
        super()._compute_verdict()

    @api.constrains("reading", "kind", "options_pass", "options_fail")
    def _check_choice(self):
        for line in self.filtered(lambda line: line.kind == "choice"):
            if (line.reading or "").strip() and line._own_verdict() == "none":
                raise ValidationError(self.env._(
                    "“%(answer)s” is no answer to “%(checkpoint)s”. Choose one of: %(answers)s.", answer=line.reading, checkpoint=line.name,
                    answers=", ".join(options(line.options_pass) + options(line.options_fail)),
                ))

    def _marks(self, vals):
        """A signature is of the person who gave a PIN or badge, else of whose login it is."""
        marks = super()._marks(vals)
        if "signature" not in vals:
            return marks
        person = self.env["wcm.member.person"].sudo().browse(self.env["wcm.part.event"]._doing().person_id)  # proved by PIN; the name alone
        return {**marks, "signed_by": bool(vals["signature"]) and (person.name or self.env.user.name)}

    def _own_verdict(self):
        if self.kind == "choice":
            answer = (self.reading or "").strip()
            return "pass" if answer in options(self.options_pass) else "fail" if answer in options(self.options_fail) else "none"
        if self.kind == "signature":
            return "pass" if self.signature else "none"
        return super()._own_verdict()

    def _correction_values(self):
        return {**super()._correction_values(), **{name: self[name] for name in ("options_pass", "options_fail", "picture_sha256", "signature", "signed_by")}}

    def _bench_values(self):
        """Answers with what each counts as; a signature stays here, who gave it does not."""
        answers = {"pass": options(self.options_pass), "fail": options(self.options_fail)}
        return {**super()._bench_values(), "answers": answers, "picture": self.picture_sha256 or "", "signed_by": (self.signature and self.signed_by) or ""}

    def _timeline_words(self):
        return ", ".join(filter(None, (super()._timeline_words(), self._signed_words())))

    def _reading_words(self):
        return super()._reading_words() or self._signed_words()

    def _signed_words(self):
        return self.env._("signed by %s", self.signed_by) if self.kind == "signature" and self.signed_by else ""
