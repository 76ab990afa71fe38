from odoo import api, fields, models
from odoo.exceptions import AccessError

LINES_PER_CARD = 4
READERS = "wcm_qc.group_quality_lead,wcm_network.group_coordinator"
AT_MAKER = ("to_make", "made", "packed")


class WcmQualityDesk(models.AbstractModel):
    """What waits for a quality lead, or in their region for a coordinator: counts, what has waited longest, and the way to it.

    Another part of quality adds its cards by extending `_desk_cards` with what `_desk_card` makes.
    """

    _name = "wcm.quality.desk"
    _description = "Quality desk"

    @api.model
    @api.readonly
    def cards(self):
        """[{key, title, model, count, domain, action, tone, buttons, lines}] in one call, most pressing first; with the rights of who asks.

        A line is {id, title, detail, waited}; it opens its own record, or the one named by `model` and `res_id`.
        """
        if not self.env.user.has_groups(READERS):
            raise AccessError(self.env._("The quality desk is for quality leads and coordinators."))
        return [card for card in self._desk_cards() if card]

    @api.model
    def _desk_cards(self):
        """Hook: one card for each kind of thing that waits. None stands for a card that the reader has no part in."""
        return []

    @api.model
    def _desk_card(self, key, title, model, domain, action, line, order="create_date, id", tone="work", buttons=()):
        """:param action: external id of the action that lists them all
        :param line: makes {title, detail} of one record, which is read with all rights: of names alone what its reader may see
        :param tone: urgent, or work
        :param buttons: [(method, label)] of what is safe to begin from the card: a dialog or a page
        """
        Model = self.env[model]
        if not Model.has_access("read"):
            return None
        records = Model.search(domain, limit=LINES_PER_CARD, order=order)
        count = Model.search_count(domain) if len(records) == LINES_PER_CARD else len(records)
        return {
            "key": key, "title": title, "model": model, "count": count, "domain": domain, "action": action, "tone": tone,
            "buttons": [{"method": method, "label": label} for method, label in buttons],
            # Found with the reader's rights; the member, part and home that a line names need not be theirs to open.
            "lines": [{"id": record.id, **line(record)} for record in records.sudo()],
        }

    @api.model
    def _desk_is_lead(self):
        return self.env.user.has_group("wcm_qc.group_quality_lead")

    @api.model
    def _desk_days(self, since):
        """How long it has waited, in words."""
        days = (fields.Date.context_today(self) - fields.Datetime.context_timestamp(self, since).date()).days if since else 0
        if days < 1:
            return self.env._("since today")
        return self.env._("1 day") if days == 1 else self.env._("%s days", days)

    @api.model
    def _desk_where(self, part):
        """Where a block is now."""
        if part.state in AT_MAKER:
            return self.env._("with its maker")
        label = self._desk_label(part, "state")
        return f"{label}, {part.build_id.site_id.name}" if part.build_id.site_id else label

    @api.model
    def _desk_label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name])

    @api.model
    def _desk_words(self, *words):
        return " · ".join(word for word in words if word)
