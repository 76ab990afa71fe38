from odoo import Command, api, fields, models
from odoo.exceptions import AccessError


class WcmWitnessNotice(models.Model):
    """Witnesses were told that blocks of an order, or a lot of material, reach a witness point.

    Once for each order, control plan and day, however many blocks: the blocks that come to it later that day are in the
    same notice. Each of them waits its own hours, from when it came there, so that nobody's notice is shortened by it.
    """

    _name = "wcm.witness.notice"
    _description = "Notice to witnesses"
    _order = "id desc"

    plan_id = fields.Many2one("wcm.control.plan", required=True, readonly=True, index=True, ondelete="restrict")
    work_order_id = fields.Many2one("wcm.work.order", readonly=True, index=True, ondelete="restrict")
    lot_id = fields.Many2one("stock.lot", readonly=True, index="btree_not_null", ondelete="restrict")
    membership_id = fields.Many2one("wcm.membership", "Where it is", readonly=True, index=True, ondelete="restrict", help="Where it is; empty: at the hub.")
    build_id = fields.Many2one(related="work_order_id.build_id", store=True, index=True)
    day = fields.Date(required=True, readonly=True)
    hours = fields.Integer("Notice", required=True, readonly=True, help="Hours, from when a block comes to the point.")
    told_ids = fields.Many2many("res.partner", "wcm_witness_notice_partner_rel", "notice_id", "partner_id", "Who was told", readonly=True)
    inspection_ids = fields.One2many("wcm.inspection", "witness_notice_id", "Checks", readonly=True)

    _one_a_day = models.UniqueIndex("(COALESCE(work_order_id, 0), COALESCE(lot_id, 0), COALESCE(membership_id, 0), plan_id, day)", "The witnesses were told of this today.")

    @api.depends("work_order_id.name", "lot_id.name", "day")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = f"{notice.work_order_id.name or notice.lot_id.name} {notice.day}"

    @api.model_create_multi
    def create(self, vals_list):
        """Only what comes to a witness point makes one."""
        if not self.env.su:
            raise AccessError(self.env._("Witnesses are told by the system, when a block comes to their point."))
        return super().create(vals_list)

    @api.model
    def _tell(self, inspections):
        """Checks that were just opened and have a witness point."""
        today = fields.Date.context_today(self)
        for (order, lot, member, plan), checks in inspections.grouped(lambda one: (one.work_order_id, one.lot_id, one.membership_id, one.plan_id)).items():
            where = {"work_order_id": order.id, "lot_id": lot.id, "membership_id": member.id, "plan_id": plan.id, "day": today}
            known = self.search([(name, "=", value) for name, value in where.items()], limit=1)
            notice = known or self.create({**where, "hours": checks[0]._witness_notice_hours(), "told_ids": [Command.set(checks._witness_plans()._witnesses(order).ids)]})
            for check in checks:
                check._note({"witness_notice_id": notice.id})
            if not known:
                notice._send()

    def _send(self):
        """Into the queue, a mail for each, who does not see who else was told."""
        if self.told_ids:
            template = self.env.ref("wcm_qc.mail_witness_notice")
            template.send_mail(self.id, force_send=False, email_values={"recipient_ids": [Command.set(self.told_ids.ids)]})

    def _facts(self):
        """[(label, value)] of the mail: of this order alone, and nothing about what it costs."""
        order, facility = self.work_order_id, self.membership_id.facility_id
        at_site = self.plan_id.stage in ("site_receipt", "installation")
        place = order.build_id.site_id.name if at_site else facility.name or self.env.company.name
        points = self.inspection_ids[:1]._witness_lines()
        facts = (
            (self.env._("What"), order.component_name or self.lot_id.product_id.name), (self.env._("Order"), order.name), (self.env._("Lot"), self.lot_id.name),
            (self.env._("For"), order.build_id.name), (self.env._("Where"), place),
            (self.env._("Stage"), dict(self.plan_id._fields["stage"]._description_selection(self.env))[self.plan_id.stage]),
            (self.env._("To be witnessed"), ", ".join(points.mapped("name"))),
            (self.env._("Notice"), self.env._("%s hours from when each block comes to this point; after that it goes on without you", self.hours)),
        )
        return [(label, value) for label, value in facts if value]
