from odoo import api, fields, models

TOLD = 20  # parts that get a message of their own


class WcmPart(models.Model):
    """Histories that were changed past the software, found at night and by `make verify`."""

    _inherit = "wcm.part"

    _guarded = frozenset({"broken_on"})

    broken_on = fields.Datetime("History broken since", readonly=True, copy=False, index="btree_not_null", help="Found at night, or by `make verify`.")

    @api.model
    def _verify_histories(self):
        """Compare every history with its hashes and its end; managers are told of what was not known yet.

        :return: {part: its first event that does not follow, or the last one that is left}
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
        told = self.browse([part.id for part in broken][:TOLD])
        for part, words in told._broken_words(broken).items():
            part.message_notify(
                partner_ids=managers.ids, subject=self.env._("The history of %s was changed", part.name),
                body=self.env._(
                    "%(words)s: something wrote to the database past the software. "
                    "%(count)s parts were found tonight. Compare with a backup, and keep the part where it is until it is explained.",
                    words=words, count=len(broken),
                ),
            )

    def _broken_words(self, broken):
        """{part: what is wrong with its history}

        :param broken: {part: event} as `_verify_histories()` gives it
        """
        missing = self.env["wcm.part.event"].sudo()._missing(self.ids)
        return {part: part._broken_sentence(broken[part], missing.get(part.id)) for part in self}

    def _broken_sentence(self, event, missing):
        """:param missing: steps at the end, less than none where there are too many; None where the end is as it should be"""
        if missing is None or self._verify_history():
            return self.env._("Step “%(step)s” of %(part)s does not follow from the one before", step=event._step_label(), part=self.name)
        if missing > 0 and not event:
            return self.env._("All steps of %(part)s are missing: %(count)s", count=missing, part=self.name)
        if missing > 0:
            return self.env._(
                "Steps of %(part)s are missing after “%(step)s”, the last one that is left: %(count)s", count=missing, part=self.name, step=event._step_label(),
            )
        return self.env._("The history of %(part)s ends otherwise than when it was told", part=self.name)
