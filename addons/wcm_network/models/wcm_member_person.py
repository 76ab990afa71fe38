from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "wcm_member_person"
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
TOKEN_HOURS = 7 * 24  # what was done without network may arrive days later
SHORTEST, LONGEST = 4, 64
# From the lowest; the group of each has those before it.
ROLES = [("maker", "Maker"), ("supervisor", "Supervisor"), ("owner", "Owner")]
GROUPS = {"supervisor": "wcm_network.group_member_office", "owner": "wcm_network.group_member_owner"}


class WcmMemberPerson(models.Model):
    """Somebody who works at a member, with a login or without: a shared tablet asks who it is by PIN or badge.

    The role says what a login may do: an owner everything, a supervisor all but the people and the terms, a maker the
    work. At a shared tablet the PIN says who did something; what may be done there is decided by its login alone.
    """

    _name = "wcm.member.person"
    _description = "Person who works at a member"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "membership_id, name, id"

    _guarded = frozenset({"user_id"})
    _member_readable = frozenset({"name", "membership_id", "role", "login", "has_pin", "locked_until"})

    name = fields.Char(required=True)
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True, ondelete="cascade")
    role = fields.Selection(ROLES, default="maker", required=True, help="With a login: an owner does everything, a supervisor answers offers and sees prices, a maker does the work.")
    user_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    login = fields.Char(related="user_id.login")
    active = fields.Boolean(default=True)
    pin = fields.Char("PIN or badge", compute="_compute_pin", inverse="_inverse_pin", help="Four digits or more, or what the scanner reads from a badge. Kept as a hash only.")
    pin_hash = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)
    has_pin = fields.Boolean("PIN is set", compute="_compute_has_pin", compute_sudo=True)
    failures = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    locked_until = fields.Datetime(readonly=True, copy=False, help="After five wrong tries nobody can try again before this.")

    _one_role = models.UniqueIndex("(membership_id, user_id) WHERE user_id IS NOT NULL", "This login is one of the member's people already.")

    def _compute_pin(self):
        self.pin = False

    def _inverse_pin(self):
        for person in self.filtered("pin"):
            if not SHORTEST <= len(person.pin.strip()) <= LONGEST:
                raise ValidationError(self.env._("A PIN has four digits or more, a badge at most 64 characters."))
            hashed = self.env.user._crypt_context().hash(person.pin.strip())
            person.sudo().write({"pin_hash": hashed, "failures": 0, "locked_until": False})
        self.invalidate_recordset(["pin"])

    @api.depends("pin_hash")
    def _compute_has_pin(self):
        for person in self:
            person.has_pin = bool(person.pin_hash)

    @api.model
    def _of_members(self, memberships):
        """Those who can say who they are."""
        return self.sudo().search([("membership_id", "in", memberships.ids), ("pin_hash", "!=", False)])

    @api.model
    def _unlock(self, person_id, pin):
        """{token} for the right PIN, {message} otherwise: an answer and no error, so that a wrong try is counted.

        The tries of one person are counted one after the other, whoever makes them.
        """
        own = self._of_members(self.env["wcm.membership"]._workshop_memberships())
        person = own.filtered(lambda one: one.id == person_id)
        if not person or not isinstance(pin, str):
            return {"message": self.env._("This person does not work here any more. Reload the app.")}
        person.lock_for_update()
        return {"message": person._locked_message()} if person._is_locked() else person._try_pin(pin.strip()[:LONGEST])

    def _try_pin(self, pin):
        if self.env.user._crypt_context().verify(pin, self.pin_hash):
            self.write({"failures": 0, "locked_until": False})
            return {"token": hash_sign(self.env, SCOPE, [self.env.uid, self.id, self.pin_hash[-12:]], expiration_hours=TOKEN_HOURS)}
        self.failures += 1
        if self.failures < TRIES:
            return {"message": self.env._("This is not the PIN of %s.", self.name)}
        self.write({"failures": 0, "locked_until": fields.Datetime.now() + LOCKED_FOR})
        return {"message": self._locked_message()}

    def _is_locked(self):
        return bool(self.locked_until) and self.locked_until > fields.Datetime.now()

    def _locked_message(self):
        return self.env._("Five wrong tries. %s can try again in 15 minutes.", self.name)

    @api.model
    def _of_token(self, token):
        """Whose PIN was entered on a tablet of this login; none where none is asked for."""
        if not token:
            return self.browse()
        person = self._verified(token)
        if not person:
            raise UserError(self.env._("Who did this is not known any more. Enter your PIN, then try again."))
        return person

    def _verified(self, token):
        try:
            uid, person_id, tail = verify_hash_signed(self.sudo().env, SCOPE, token)
        except (ValueError, TypeError, AttributeError):
            return self.browse()
        person = self._of_members(self.env["wcm.membership"]._workshop_memberships()).filtered(lambda one: one.id == person_id)
        return person if uid == self.env.uid and person.pin_hash and person.pin_hash[-12:] == tail else self.browse()

    def _bench_values(self):
        return {"id": self.id, "name": self.name, "role": dict(self._fields["role"]._description_selection(self.env))[self.role]}
