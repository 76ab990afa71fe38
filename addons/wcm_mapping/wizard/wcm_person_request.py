from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.wcm_person_erasure import MANAGERS
from ..models.wcm_person_export import MEANING

# What has to be typed before anything is erased; the same in every language.
WORD = "ERASE"


class WcmPersonRequest(models.TransientModel):
    """A person asks what is held about them, wants a copy, or wants it erased."""

    _name = "wcm.person.request"
    _description = "A Person's Data"

    partner_id = fields.Many2one("res.partner", "Person", domain=[("is_company", "=", False)], ondelete="cascade")
    email = fields.Char("E-mail", help="Finds also what has no contact here, such as a space's address or a row of an import.")
    line_ids = fields.One2many("wcm.person.request.line", "request_id", "What Is Held", readonly=True)
    people = fields.Char("Contacts and Logins", readonly=True)
    is_searched = fields.Boolean(readonly=True)
    basis = fields.Selection(selection=lambda self: self.env["wcm.erasure"]._fields["basis"].selection, string="Why", default="request")
    confirmation = fields.Char(help="It cannot be undone. Type ERASE in capital letters.")

    @api.depends("people")
    def _compute_display_name(self):
        for asked in self:
            asked.display_name = self.env._("A Person's Data")

    def action_search(self):
        """Lists what is held; changes nothing."""
        person = self._person()
        persons = self.env["res.partner"].sudo().browse(person.partners)
        self.write(
            {
                "is_searched": True,
                "people": ", ".join(persons.mapped("display_name")) or self.env._("None; only texts that name the address"),
                "line_ids": [fields.Command.clear(), *(fields.Command.create(line) for line in self._lines(person))],
            }
        )
        return self._reopen()

    def action_export_zip(self):
        return self._export("zip")

    def action_export_xlsx(self):
        return self._export("xlsx")

    def action_erase(self):
        """Everything at once or nothing; what was asked here goes with it."""
        if self.confirmation != WORD:
            raise UserError(self.env._("Type %(word)s in capital letters to confirm. It cannot be undone.", word=WORD))
        erasure = self.env["wcm.person.data"]._erase(self._person(), self.basis or "request")
        self.env["wcm.person.request"].sudo().search(Domain.TRUE).unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erased"),
            "res_model": "wcm.erasure",
            "res_id": erasure.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _person(self):
        self.ensure_one()
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only a manager of all regions may look into a person's data."))
        if not self.partner_id and not (self.email or "").strip():
            raise UserError(self.env._("Choose a person, or type an e-mail address."))
        if self.partner_id.is_company:
            raise UserError(self.env._("This is an organisation. Choose the person."))
        return self.env["wcm.person.data"]._person(self.partner_id, self.email)

    def _lines(self, person):
        return [
            {
                "label": holding.label,
                "record_count": len(holding.records),
                "erasing": self._meaning(holding.action),
                "ground": holding.ground,
            }
            for holding in self.env["wcm.person.data"]._find(person)
        ]

    @api.model
    def _meaning(self, action):
        return MEANING[action].capitalize()

    def _export(self, ending):
        self._person()
        return {"type": "ir.actions.act_url", "url": f"/privacy/person/{self.id}.{ending}", "target": "download"}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }
