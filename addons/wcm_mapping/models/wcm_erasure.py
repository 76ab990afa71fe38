from odoo import api, fields, models


class WcmErasure(models.Model):
    """That a person's data was erased, by whom, on which ground and what of it. It names nobody."""

    _name = "wcm.erasure"
    _description = "Erasure of Personal Data"
    _order = "id desc"
    _rec_name = "erased_on"

    erased_on = fields.Datetime("On", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    basis = fields.Selection(
        [
            ("request", "The person asked (UK GDPR, article 17)"),
            ("withdrawn", "Consent was withdrawn"),
            ("not_needed", "No longer needed"),
            ("unlawful", "Should never have been held"),
        ],
        "Why",
        required=True,
        readonly=True,
    )
    people_count = fields.Integer("Contacts and Logins", readonly=True)
    done_text = fields.Text("Erased", readonly=True)
    kept_text = fields.Text("Kept, and on Which Ground", readonly=True)

    @api.model
    def _log(self, basis, done, kept, people_count):
        """
        :param done: {what: how many records}
        :param kept: {what: (how many records, on which ground)}
        """
        return self.create(
            {
                "user_id": self.env.uid,
                "basis": basis,
                "people_count": people_count,
                "done_text": "\n".join(f"{what}: {count}" for what, count in done.items() if count),
                "kept_text": "\n".join(f"{what}: {count}. {ground}" for what, (count, ground) in kept.items()),
            }
        )
