from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..clauses.document import letters
from .wcm_terms_figures import GROUPS


class WcmTermsAnnex(models.Model):
    """What a region, or a type of organisation, has besides or otherwise: clauses and figures of its own."""

    _name = "wcm.terms.annex"
    _description = "Annex to the terms"
    _inherit = ["wcm.terms.figures"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    letter = fields.Char(compute="_compute_letter")
    terms_id = fields.Many2one("wcm.terms", required=True, index=True, ondelete="cascade")
    state = fields.Selection(related="terms_id.state")
    region_id = fields.Many2one("wcm.region", index="btree_not_null", ondelete="restrict", help="Empty: of all regions.")
    run_by_id = fields.Many2one(related="region_id.run_by_id")
    organisation_type = fields.Selection(lambda self: self.env["wcm.facility"]._fields["organisation_type"].selection, help="Empty: of every type.")
    clause_ids = fields.One2many("wcm.terms.clause", "annex_id", "Clauses", copy=True)
    tier_ids = fields.One2many("wcm.terms.levy.tier", "annex_id", "Tiers", copy=True)
    changes_levy = fields.Boolean("Another levy")
    changes_share = fields.Boolean("Another share of the levy")
    changes_payment = fields.Boolean("Other days to payment")
    changes_response = fields.Boolean("Another time to answer")
    changes_notice = fields.Boolean("Another notice")
    changes_liability = fields.Boolean("Another limit of liability")
    changes_quality = fields.Boolean("Another level of quality")
    changes_licence = fields.Boolean("Another licence of data")
    changes_words = fields.Char("Changes", compute="_compute_changes_words")

    _once = models.UniqueIndex("(terms_id, COALESCE(region_id, 0), COALESCE(organisation_type, ''))", "There is an annex for that region and type of organisation already.")

    @api.depends("terms_id.annex_ids.sequence")
    def _compute_letter(self):
        """A, B, C in the order of the annexes."""
        for annex in self:
            siblings = annex.terms_id.annex_ids.sorted(lambda one: one.sequence)
            place = next((n for n, other in enumerate(siblings) if other == annex), 0)
            annex.letter = letters(place)

    @api.depends(*GROUPS, "clause_ids")
    def _compute_changes_words(self):
        for annex in self:
            names = [annex._fields[group]._description_string(self.env) for group in GROUPS if annex[group]]
            if annex.clause_ids:
                names.append(self.env._("%s clauses besides", len(annex.clause_ids)))
            annex.changes_words = ", ".join(names)

    @api.constrains("region_id", "organisation_type")
    def _check_for_somebody(self):
        for annex in self:
            if not annex.region_id and not annex.organisation_type:
                raise ValidationError(self.env._("Say for which region, or for which type of organisation, the annex “%s” is.", annex.name))

    @api.model_create_multi
    def create(self, vals_list):
        annexes = super().create(vals_list)
        annexes.terms_id._authored()
        return annexes

    def write(self, vals):
        self.check_access("write")
        self.terms_id._authored()
        result = super().write(vals)
        self.check_access("write")  # where it is now, too
        self.terms_id._authored()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self.terms_id._authored()

    def _holds_for(self, region, organisation_type):
        return (not self.region_id or self.region_id._origin == region) and (not self.organisation_type or self.organisation_type == organisation_type)

    def _note(self):
        """For whom it is; English, as the text is."""
        kinds = dict(self._fields["organisation_type"]._description_selection(self.env))
        region = self.region_id.name and f"the region {self.region_id.name}" + (f", which is run by {self.run_by_id.sudo().name}" if self.run_by_id else "")
        kind = self.organisation_type and f"organisations of the type “{kinds[self.organisation_type]}”"
        return f"Holds for {' and for '.join(filter(None, (region, kind)))}. Where it differs from the terms, the annex counts."

    def _nearness(self):
        """Of two annexes that change the same figure the nearer one counts: a region's own before that of a type of organisation."""
        return (bool(self.region_id), bool(self.organisation_type))
