from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WcmTermsPiece(models.AbstractModel):
    """What a text or one of its annexes is made of. It changes with a draft only, and whoever changes it is an author."""

    _name = "wcm.terms.piece"
    _description = "Piece of terms"
    _inherit = ["wcm.guarded"]

    _guarded = frozenset({"version_id"})

    terms_id = fields.Many2one("wcm.terms", index="btree_not_null", ondelete="cascade")
    annex_id = fields.Many2one("wcm.terms.annex", index="btree_not_null", ondelete="cascade")
    version_id = fields.Many2one("wcm.terms", compute="_compute_version_id", store=True, index=True, help="The text that this belongs to, directly or by an annex.")

    @api.depends("terms_id", "annex_id.terms_id")
    def _compute_version_id(self):
        for piece in self:
            piece.version_id = piece.annex_id.terms_id or piece.terms_id

    @api.constrains("terms_id", "annex_id")
    def _check_one_place(self):
        for piece in self:
            if bool(piece.terms_id) == bool(piece.annex_id):
                raise ValidationError(self.env._("It belongs to the terms or to one annex."))

    @api.model_create_multi
    def create(self, vals_list):
        pieces = super().create(vals_list)
        pieces._texts()._authored()
        return pieces

    def write(self, vals):
        self.check_access("write")
        self._texts()._authored()
        result = super().write(vals)
        self.check_access("write")  # where it is now, too
        self._texts()._authored()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._texts()._authored()

    def _texts(self):
        return self.annex_id.terms_id | self.terms_id
