from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.wcm_network.papers import paper_told


class WcmMembership(models.Model):
    """What a member's people have learnt: an owner tells it, a quality lead authorises it."""

    _inherit = "wcm.membership"

    _member_readable = frozenset({"competence_choices"})

    competence_choices = fields.Json(compute="_compute_competence_choices", help="{kinds: [[id, name]], people: [[id, name]]} to choose from; of the people those that the caller may see.")

    @api.depends_context("uid")
    def _compute_competence_choices(self):
        kinds = [[kind.id, kind.name] for kind in self.env["wcm.competence.kind"].sudo().search([("active", "=", True)])]
        people = self.env["wcm.member.person"].search([("membership_id", "in", self.ids)]).grouped("membership_id")
        for membership in self:
            membership.competence_choices = {"kinds": kinds, "people": [[one.id, one.name] for one in people.get(membership, ())]}

    def action_add_competence(self, person=None, kind=None, trained_by=None, valid_from=None, valid_until=None, evidence=None):
        """Told for one of the member's own people.

        :param evidence: {name, data (base64)}, as PDF or picture
        """
        self.ensure_one()
        self._check_owner_or_coordinator()
        who = self.sudo().person_ids.filtered(lambda one: str(one.id) == str(person))
        what = self.env["wcm.competence.kind"].sudo().search([("active", "=", True)]).filtered(lambda one: str(one.id) == str(kind))
        if not who or not what or not isinstance(trained_by, str) or not trained_by.strip():
            raise UserError(self.env._("Say who of your people has learnt what, and who taught or tested it."))
        instruments = self.env["wcm.instrument"]
        days = {name: instruments._day(told) for name, told in (("valid_from", valid_from), ("valid_until", valid_until)) if told}
        # Asked above: an owner, for people of this member.
        self.env["wcm.competence"].sudo().create({"person_id": who.id, "kind_id": what.id, "trained_by": trained_by.strip()[:200], **days, **paper_told(self.env, evidence, "evidence")})
        return True
