from odoo import api, fields, models

TOLD = 20  # parts that get a message of their own


class WcmPart(models.Model):
    """Histories that were changed past the software, found at night and by `make verify`."""

    _inherit = "wcm.part"

    _guarded = frozenset({"broken_on"})

    broken_on = fields.Datetime("History broken since", readonly=True, copy=False, index="btree_not_null", help="Found at night, or by `make verify`.")

    @api.model
    def _verify_histories(self):
        """Compare every history with its hashes; managers are told of what was not known yet.

        :return: {part: its first event that does not follow}
        """
        events = self.env["wcm.part.event"].sudo()
        broken = {self.sudo().browse(part_id): events.browse(event_id) for part_id, event_id in events._broken()}
        parts = self.sudo().browse([part.id for part in broken])
        new = parts.filtered(lambda part: not part.broken_on)
        new.broken_on = fields.Datetime.now()
        (self.sudo().search([("broken_on", "!=", False)]) - parts).broken_on = False
        new._tell_broken({part: broken[part] for part in new})
        return broken

    @api.model
    def _cron_verify_histories(self):
        self._verify_histories()

    def _tell_broken(self, broken):
        """One message on each part, up to a number; the first names how many there are."""
        managers = self.env.ref("wcm_network.group_manager").all_user_ids.partner_id
        for part, event in list(broken.items())[:TOLD]:
            part.message_notify(
                partner_ids=managers.ids, subject=self.env._("The history of %s was changed", part.name),
                body=self.env._(
                    "Step “%(step)s” of %(part)s does not follow from the one before: something wrote to the database past the software. "
                    "%(count)s parts were found tonight. Compare with a backup, and keep the part where it is until it is explained.",
                    step=event._step_label(), part=part.name, count=len(broken),
                ),
            )
