from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .wcm_capability_proposal import PROPOSED

# What an operator writes on its own pages. Not in here, and so never: name, region, operator, provenance, evidence,
# scores, who verified, what is illustrative.
LISTING = (
    "organisation_type", "status", "access_type", "opening_hours", "description", "street", "street2", "city", "county", "zip",
    "website", "email", "phone", "visibility", "published_precision", "publish_contact",
    "publish_kit", "publish_evidence", "publish_capacity",
)  # fmt: skip
KIT = (
    "name", "process_id", "machine_model_id", "make", "model", "envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "material_ids",
    "thickness_max_mm", "tolerance_mm", "tolerance_class", "power_kw", "spindle_speed_rpm", "quantity", "condition",
)  # fmt: skip


class WcmFacility(models.Model):
    """Operators keep their own listing, on pages made for it.

    They have no right to any of these models: the pages ask the methods here, which look whose the space is, take the
    fields named above and no other, and leave every change in the history.
    """

    _name = "wcm.facility"
    _inherit = ["wcm.facility", "wcm.listed"]

    operator_user_ids = fields.Many2many(
        "res.users",
        string="Kept Up to Date By",
        copy=False,
        readonly=True,
        help="People who claimed the listing and were approved. Withdraw access on the claim.",
    )
    claim_ids = fields.One2many("wcm.facility.claim", "facility_id", string="Claims")
    proposal_ids = fields.One2many("wcm.capability.proposal", "facility_id", string="Proposed Capability")
    operator_changed_on = fields.Datetime("Changed by Its Operator", readonly=True, copy=False)

    def _has_field_access(self, field, operation):
        given = operation == "write" and field.name in ("operator_user_ids", "operator_changed_on") and not self.env.su
        return not given and super()._has_field_access(field, operation)

    @api.model
    def _operator_domain(self):
        """Hook: the spaces that the caller keeps."""
        return Domain("operator_user_ids", "in", self.env.uid)

    @api.model
    def _operator_spaces(self):
        """The caller's own, with all rights: only for the pages of operators."""
        return self.sudo().search(self._operator_domain())

    def _question_emails(self):
        return [user.email or "" for user in self.sudo().operator_user_ids] + super()._question_emails()

    def _operator_confirm(self):
        """All is still right, says the operator."""
        self._note_verified("operator", self.env.user)
        self.message_post(body=self.env._("“All still right”, says the operator."))

    def _operator_save(self, sent, photo=None):
        """Write what the listing's page sent.

        :param photo: base64, or None to leave it
        :return: whether anything changed
        """
        form = self.env["wcm.operator.form"]
        form._check_nobody_else(self, LISTING, sent)
        values = form._read_form("wcm.facility", LISTING, form._own_words(self, LISTING, sent))
        form._read_email(values.get("email"))
        changes = self._changes(values)
        written = {name: values[name] for name in changes} | self._moved_values(changes, values)
        self.write(written | ({"image_1920": photo} if photo else {}))
        self._note_operator_change(self.env._("the listing"), self._change_texts(changes), photo)
        self._note_verified("operator", self.env.user)
        return bool(changes or photo)

    def _moved_values(self, changes, values):
        """A new postcode moves a point that was only known by the old one."""
        rough = self.location_precision in ("unknown", "postcode_sector", "town")
        return (rough and "zip" in changes and self.new({"zip": values["zip"]})._sector_values()) or {}

    def _operator_equipment(self, equipment_id):
        """One of this space's machines, retired ones too; none when it is another's."""
        equipment = self.env["maintenance.equipment"].sudo().with_context(active_test=False)
        return equipment.search([("id", "=", equipment_id), ("facility_id", "=", self.id)])

    def _operator_save_kit(self, equipment, sent, photo=None):
        """Change a machine of this space, or add one when `equipment` is empty; returns it."""
        form = self.env["wcm.operator.form"]
        if equipment:
            form._check_nobody_else(equipment, KIT, sent)
        self._check_kit(form._read_form("maintenance.equipment", KIT, sent))
        values = form._read_form("maintenance.equipment", KIT, form._own_words(equipment, KIT, sent) if equipment else sent)
        changes = equipment._changes(values) if equipment else {}
        if photo:
            values["photo"] = photo
        if equipment:
            equipment.write(values)
        else:
            equipment = self.env["maintenance.equipment"].sudo().create({**values, "facility_id": self.id})
            changes = {"name": (False, self.env._("added"))}
        self._note_operator_change(equipment.name, equipment._change_texts(changes), photo)
        return equipment

    def _check_kit(self, values):
        if not values.get("name") or not values.get("process_id"):
            raise UserError(self.env._("Give the machine a name, and choose what it does."))
        if values.get("quantity", 1) < 1:
            raise UserError(self.env._("Give at least one machine, or retire it."))

    def _operator_retire(self, equipment, active):
        equipment.active = active
        self._note_operator_change(equipment.name, [self.env._("back in use") if active else self.env._("retired")])

    def _operator_propose(self, sent):
        """:raise UserError: nothing is said of the process"""
        values = self.env["wcm.operator.form"]._read_form("wcm.capability.proposal", PROPOSED, sent)
        if not values.get("process_id"):
            raise UserError(self.env._("Choose what your space can do."))
        values["machine_count"] = max(1, values.get("machine_count", 1))
        proposal = self.env["wcm.capability.proposal"].sudo().create({**values, "facility_id": self.id})
        summary = self.env._("Decide: proposed capability")
        self._ask_coordinators("wcm_mapping.activity_proposal", summary, proposal.process_id.name)
        return proposal

    def _note_operator_change(self, what, texts, photo=None):
        """In the history of the space, and one activity for each of its coordinators."""
        texts = [*texts, *([self.env._("a new photo")] if photo else [])]
        if texts:
            self.operator_changed_on = fields.Datetime.now()
            self.message_post(body=self.env._("Changed by the operator, %(what)s: %(changes)s", what=what, changes="; ".join(texts)))
            self._ask_coordinators("wcm_mapping.activity_listing", self.env._("Look at what the operator changed"), "; ".join(texts))
