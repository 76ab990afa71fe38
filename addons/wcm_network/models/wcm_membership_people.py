from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .wcm_facade_callers import DECIDING


class WcmMembership(models.Model):
    """Who works at a member, who of them may log in, and what they may decide."""

    _inherit = "wcm.membership"

    _guarded = frozenset({"people_version"})

    person_ids = fields.One2many("wcm.member.person", "membership_id", "People")
    user_ids = fields.Many2many(
        "res.users", "wcm_membership_user_rel", "membership_id", "user_id", "People with access",
        compute="_compute_user_ids", inverse="_inverse_user_ids", store=True, readonly=False,
        help="Those of its people who have a login. Record rules go by it.",
    )
    people_version = fields.Integer(readonly=True, copy=False, help="Raised whenever roles change.")

    @api.depends("person_ids.user_id", "person_ids.active")
    def _compute_user_ids(self):
        for membership in self:
            membership.user_ids = membership.person_ids.filtered("active").user_id

    def _inverse_user_ids(self):
        """The first one is an owner, all others are makers until an owner says otherwise."""
        for membership in self.sudo():
            users = membership.user_ids
            known = membership._all_people().filtered("user_id")
            known.filtered(lambda one, users=users: one.active and one.user_id not in users).active = False
            known.filtered(lambda one, users=users: not one.active and one.user_id in users).active = True
            self.env["wcm.member.person"].sudo().create(membership._people_values(users - known.user_id))

    def _all_people(self):
        """Also those who went."""
        return self.env["wcm.member.person"].sudo().with_context(active_test=False).search([("membership_id", "in", self.ids)])

    def _people_values(self, users):
        has_owner = bool(self._owners())
        return [
            {"membership_id": self.id, "user_id": user.id, "name": user.name, "role": "maker" if has_owner or number else "owner"}
            for number, user in enumerate(users)
        ]

    def _owners(self):
        people = self.env["wcm.member.person"].sudo()
        return people.search([("membership_id", "in", self.ids), ("role", "=", "owner"), ("user_id", "!=", False)])

    def _office_users(self):
        """Who answers for the member: owners and supervisors."""
        people = self.env["wcm.member.person"].sudo()
        return people.search([("membership_id", "in", self.ids), ("role", "in", DECIDING)]).user_id.filtered("active")

    def _role_of(self, user):
        """What this login is here; nothing where it is none of the member's."""
        people = self.env["wcm.member.person"].sudo()
        return people.search([("membership_id", "=", self.id), ("user_id", "=", user.id)], limit=1).role

    def _member(self):
        return self

    @api.constrains("user_ids")
    def _check_users(self):
        """Who logs in for a member may see its prices, so it must be one of its people."""
        for membership in self.sudo():
            operator = membership.partner_id.commercial_partner_id
            strangers = membership.user_ids - membership.user_ids.filtered_domain([("commercial_partner_id", "=", operator.id)])
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not belong to %(operator)s. Give access with “Give access to a person”.",
                        user=strangers[0].name,
                        operator=operator.name or self.env._("an operator (none is set yet)"),
                    )
                )

    def _lock_people(self):
        """Who changes roles at the same moment starts again on what the first one left."""
        for membership in self.sudo():
            membership.people_version += 1
        self.flush_recordset(["people_version"])

    @api.model
    def _give_roles(self):
        """Databases from before the roles: everybody with access did everything, and goes on."""
        for membership in self.sudo().search([("user_ids", "!=", False)]):
            users = membership.user_ids - membership._all_people().user_id
            values = membership._people_values(users)
            self.env["wcm.member.person"].sudo().create([{**value, "role": "owner"} for value in values])
