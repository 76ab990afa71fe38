import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError


def options(text):
    """One answer a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class WcmCheckpoint(models.Model):
    """Checkpoints that are answered by a choice or a signature, and a picture of what to look at."""

    _inherit = "wcm.checkpoint"

    options_pass = fields.Text("Answers that pass", help="What can be chosen and is right, one answer a line.")
    options_fail = fields.Text("Answers that fail", help="What can be chosen and is wrong, one answer a line.")
    picture = fields.Image(max_width=1600, max_height=1600, help="Shown with the instruction: where to look, how to hold the gauge, what is right and what is not.")
    right_words = fields.Char("What is right", compute="_compute_right_words")
    picture_sha256 = fields.Char(compute="_compute_picture_sha256", store=True, index="btree_not_null")

    @api.depends("picture")
    def _compute_picture_sha256(self):
        """Results keep this in place of the picture, which stays with its version of the control plan."""
        for checkpoint in self.with_context(bin_size=False):
            picture = checkpoint.picture and base64.b64decode(checkpoint.picture)
            checkpoint.picture_sha256 = picture and hashlib.sha256(picture).hexdigest()

    @api.depends("kind", "nominal", "tolerance_minus", "tolerance_plus", "unit", "reading_count", "options_pass", "options_fail")
    @api.depends_context("lang")
    def _compute_right_words(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for checkpoint in self:
            says = {"measurement": checkpoint._measurement_words, "choice": checkpoint._choice_words}
            checkpoint.right_words = says.get(checkpoint.kind, lambda kind=checkpoint.kind: kinds.get(kind))()

    def _measurement_words(self):
        """600 ± 0.5 mm, 3 times."""
        minus, plus, unit = self.tolerance_minus, self.tolerance_plus, self.unit or ""
        allowed = f"± {plus:g}" if minus == plus else f"−{minus:g} +{plus:g}"
        words = f"{self.nominal:g} {allowed} {unit}".strip()
        return self.env._("%(words)s, %(count)s times", words=words, count=self.reading_count) if self.reading_count > 1 else words

    def _choice_words(self):
        right, wrong = " / ".join(options(self.options_pass)), " / ".join(options(self.options_fail))
        return self.env._("%(right)s (not: %(wrong)s)", right=right, wrong=wrong) if wrong else right

    @api.constrains("kind", "options_pass", "options_fail")
    def _check_options(self):
        for checkpoint in self.filtered(lambda point: point.kind == "choice"):
            right, wrong = options(checkpoint.options_pass), options(checkpoint.options_fail)
            folded = [option.casefold() for option in right + wrong]
            if not right or len(folded) < 2:
                raise ValidationError(self.env._(
                    "“%s” is a choice: write at least one answer that passes and two in all, one a line.", checkpoint.name,
                ))
            if len(set(folded)) < len(folded):
                raise ValidationError(self.env._("“%s” has the same answer twice.", checkpoint.name))

    @api.model
    def _find_picture(self, sha256):
        """The checkpoint, of any version, whose picture has this hash."""
        return self.search([("picture_sha256", "=", sha256), ("plan_id.state", "!=", "draft")], limit=1) if sha256 else self.browse()

    def _frozen_values(self):
        values = super()._frozen_values()
        if self.kind == "choice":
            values.update({name: "\n".join(options(self[name])) for name in ("options_pass", "options_fail")})
        return {**values, "picture_sha256": self.picture_sha256}
