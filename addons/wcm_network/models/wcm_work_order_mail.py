from odoo import models
from odoo.tools import format_amount, format_date


class WcmWorkOrder(models.Model):
    """Mails to owners and supervisors of a member: in their language, of their own orders, with what they may see."""

    _inherit = "wcm.work.order"

    def _notify_members(self, subject):
        """One mail to each member, listing its orders.

        :param subject: a text, or a function that says it in the language of the orders that it is given
        """
        for member, orders in self.grouped("membership_id").items():
            for lang, users in member._office_users().grouped("lang").items():
                orders.with_context(lang=lang)._mail_to(users, subject)

    def _mail_to(self, users, subject):
        words = subject(self) if callable(subject) else subject
        self.membership_id.message_notify(
            partner_ids=users.partner_id.ids,
            subject=f"{words}: {', '.join(self.mapped('name'))}",
            body=self.env["ir.qweb"]._render("wcm_network.work_order_mail", {
                "words": words, "orders": self, "is_offer": set(self.mapped("state")) == {"offered"}, "base": self.browse().get_base_url(),
            }),
        )

    def _mail_facts(self):
        """(label, value) of an offer; what is not known is left out."""
        self.ensure_one()
        facts = (
            (self.env._("For"), f"{self.build_name}, {self.site_name}"),
            (self.env._("Price"), self._price_words()),
            (self.env._("Levy by the terms"), self.levy_words),
            (self.env._("Payment"), self.env._("within %s days of the bill", self.payment_days)),
            (self.env._("To make"), self._window()),
            (self.env._("Drawings"), " ".join(filter(None, [self.product_id.design_revision, self.drawing_names]))),
            (self.env._("Material"), self.material_supplied),
            (self.env._("Checks"), self.checks_required),
            (self.env._("Answer by"), self.offer_expires_on and format_date(self.env, self.offer_expires_on)),
            (self.env._("Instructions"), self.instructions),
        )
        return [(label, value) for label, value in facts if value]

    def _price_words(self):
        each, total, sheets = (format_amount(self.env, amount, self.currency_id) for amount in (self.price_unit, self.price_total, self.price_material))
        if self.price_material:
            return self.env._("%(each)s each, of which %(sheets)s for the sheets that you buy, %(total)s in all", each=each, sheets=sheets, total=total)
        return self.env._("%(each)s each, %(total)s in all", each=each, total=total)
