from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime, html2plaintext, plaintext2html

MOST, LONGEST = 100, 5000
RECENT = timedelta(days=30)
WRITTEN = ("comment", "email")


class WcmWorkOrder(models.Model):
    """What member and coordinator write to each other about an order: Odoo's own chatter, seen from the member's side.

    What the network writes for itself (a note) stays inside.
    """

    _inherit = "wcm.work.order"

    @api.readonly
    def workshop_messages(self):
        """[{id, author, own, when, text}], the newest last."""
        self.ensure_one()
        self._check_member_or_coordinator()
        own = self.sudo().membership_id._all_people().user_id.partner_id
        messages = self.env["mail.message"].sudo().search(self._comment_domain(), order="id desc", limit=MOST)
        return [
            {
                "id": message.id, "author": message.author_id.name or message.email_from, "own": message.author_id in own,
                "when": format_datetime(self.env, message.date, dt_format="short"), "text": html2plaintext(message.body),
            }
            for message in messages.sorted("id")
        ]

    def action_send_message(self, text=None):
        """Anybody who works on the order writes; the other side is told."""
        self.ensure_one()
        self._check_member_or_coordinator()
        text = self._required_text(text, self.env._("Write something first."))
        if len(text) > LONGEST:
            raise UserError(self.env._("A message has up to %s letters. Send the rest in another one.", LONGEST))
        self.sudo().message_post(body=plaintext2html(text), message_type="comment", subtype_xmlid="mail.mt_comment")
        return True

    def _comment_domain(self):
        comment = self.env.ref("mail.mt_comment").id
        return [("model", "=", self._name), ("res_id", "in", self.ids), ("subtype_id", "=", comment), ("is_internal", "=", False), ("message_type", "in", WRITTEN)]

    def message_post(self, *, message_type="notification", subtype_xmlid=None, subtype_id=False, partner_ids=None, **values):
        """A message, not a note, reaches the other side, whichever page it is written on or when it is a reply by e-mail.

        A member writes by `action_send_message`: here it could name any sender and any receiver.
        """
        if not self.env.su and self.env.user.has_group("wcm_network.group_member_factory"):
            raise AccessError(self.env._("Write under “Messages” on the order."))
        is_message = subtype_xmlid == "mail.mt_comment" or subtype_id == self.env.ref("mail.mt_comment").id
        if message_type in WRITTEN and is_message and len(self) == 1:
            partner_ids = [*(partner_ids or ()), *self.sudo()._other_side().ids]
        return super().message_post(message_type=message_type, subtype_xmlid=subtype_xmlid, subtype_id=subtype_id, partner_ids=partner_ids, **values)

    def _other_side(self):
        """Of the member: who answers for it and who wrote before; of the network: the coordinators of member and build."""
        member, mine = self.membership_id, self.env.user.partner_id
        if self.env.user in member.user_ids:
            coordinators = (self.region_id | self.build_id.region_id).coordinator_ids or self.env.ref("wcm_network.group_manager").user_ids.filtered("active")
            return coordinators.partner_id - mine
        wrote = self.env["mail.message"].search(self._comment_domain()).author_id & member.user_ids.partner_id
        told = member._office_users().partner_id | wrote
        return (told if self.state != "draft" else told.browse()) - mine

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button in a member's mail opens the order on its own pages."""
        groups = super()._notify_get_recipients_groups(message, model_description, msg_vals=msg_vals)
        for name, _belongs, values in groups if len(self) == 1 else ():
            if name == "portal":
                url = f"{self.get_base_url()}/workshop/my-orders/{self.id}"
                values.update({"active": True, "has_button_access": True, "button_access": {"url": url, "title": self.env._("Open the order")}})
        return groups

    def _unanswered(self):
        """Those of which the network had the last word lately."""
        since = fields.Datetime.now() - RECENT
        groups = self.env["mail.message"].sudo()._read_group([*self._comment_domain(), ("date", ">=", since)], ["res_id"], ["id:max"])
        last = self.env["mail.message"].sudo().browse(newest for _order, newest in groups)
        own = self.sudo().membership_id.user_ids.partner_id
        return self.browse(last.filtered(lambda message: message.author_id not in own).mapped("res_id"))
