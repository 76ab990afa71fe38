from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .wcm_disposition import DISPOSITIONS, FOR_THE_MAKER

ACTIVE_STATES = ("open", "decided", "reworked")
CAUSES = [
    ("machine", "Machine"), ("material", "Material"), ("method", "Method"), ("people", "People"),
    ("measurement", "Measurement"), ("environment", "Environment"), ("design", "Design"),
]


class WcmNonconformity(models.Model):
    """Something is not as it should be; the parts it names are held until it is closed."""

    _name = "wcm.nonconformity"
    _description = "Nonconformity"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "name", "title", "state", "part_ids", "membership_id", "work_order_id", "inspection_id", "description",
        "disposition", "disposition_reason", "disposition_ids", "waits_for_maker", "is_active", "cause_category", "cause", "corrective_action", "opened_on", "closed_on", "rework_note", "part_names",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False, index=True)
    title = fields.Char("What is wrong", required=True)
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("reworked", "Reworked"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="open", required=True, index=True, readonly=True, copy=False, tracking=True, group_expand=True,
    )
    is_active = fields.Boolean("Parts held", compute="_compute_is_active", store=True)
    part_ids = fields.Many2many("wcm.part", string="Parts")
    part_names = fields.Char("Part numbers", compute="_compute_part_names")
    inspection_id = fields.Many2one("wcm.inspection", "Found by", readonly=True, index=True, copy=False)
    recheck_ids = fields.One2many("wcm.inspection", "rework_nonconformity_id", "Re-checks", readonly=True)
    work_order_id = fields.Many2one("wcm.work.order", compute="_compute_work_order_id", store=True, index=True)
    membership_id = fields.Many2one("wcm.membership", "Member", compute="_compute_membership_id", store=True, index=True)
    build_id = fields.Many2one(related="work_order_id.build_id", store=True)
    description = fields.Text()
    disposition_ids = fields.One2many("wcm.disposition", "nonconformity_id", "Decisions for each part", readonly=True, copy=False)
    disposition = fields.Selection(
        [*DISPOSITIONS, ("several", "Differs by part")], "Decision", compute="_compute_disposition", store=True, tracking=True,
    )
    waits_for_maker = fields.Boolean("Waits for the maker", compute="_compute_disposition", store=True, help="Parts are to be reworked or repaired.")
    disposition_reason = fields.Text(copy=False, readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    reworked_by_id = fields.Many2one("res.users", "Reworked by", readonly=True, copy=False)
    rework_note = fields.Text("What was reworked", readonly=True, copy=False)
    cause_category = fields.Selection(CAUSES, "Kind of cause", copy=False, index=True, tracking=True, help="Counted over all nonconformities: what goes wrong most.")
    cause = fields.Text("Cause in words", copy=False)
    corrective_action = fields.Text(copy=False, help="What will keep it from happening again.")
    opened_on = fields.Datetime(default=fields.Datetime.now, readonly=True)
    opened_by_id = fields.Many2one("res.users", "Opened by", default=lambda self: self.env.uid, readonly=True)
    holder_ids = fields.Many2many(
        "res.users", "wcm_nonconformity_holder_rel", string="Held by", readonly=True, copy=False,
        help="Opened it, added parts, or found it not right again: none of them uses the parts as they are, or cancels, alone.",
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)

    _one_active_per_inspection = models.UniqueIndex(
        "(inspection_id) WHERE state IN ('open', 'decided', 'reworked')", "This inspection already has an open nonconformity."
    )

    @api.depends("state")
    def _compute_is_active(self):
        for nonconformity in self:
            nonconformity.is_active = nonconformity.state in ACTIVE_STATES

    @api.depends("disposition_ids.kind", "disposition_ids.state")
    def _compute_disposition(self):
        for nonconformity in self:
            current = nonconformity.disposition_ids.filtered(lambda one: one.state not in ("replaced", "lapsed"))
            kinds = set(current.mapped("kind"))
            nonconformity.disposition = "several" if len(kinds) > 1 else next(iter(kinds), False)
            nonconformity.waits_for_maker = any(one.state == "to_do" and one.kind in FOR_THE_MAKER for one in current)

    @api.depends("part_ids")
    def _compute_work_order_id(self):
        for nonconformity in self:
            nonconformity.work_order_id = nonconformity.part_ids[:1].work_order_id

    @api.depends("work_order_id.membership_id", "keeper_id")
    def _compute_membership_id(self):
        for nonconformity in self:
            nonconformity.membership_id = nonconformity.work_order_id.membership_id or nonconformity.keeper_id

    @api.depends("part_ids.name", "lot_id.name")
    def _compute_part_names(self):
        for nonconformity in self:
            names = nonconformity.part_ids.mapped("name") + nonconformity.sudo().lot_id.mapped("name")
            nonconformity.part_names = ", ".join(filter(None, names))

    @api.depends("name", "title")
    def _compute_display_name(self):
        for nonconformity in self:
            nonconformity.display_name = f"{nonconformity.name} {nonconformity.title or ''}".strip()

    @api.constrains("part_ids", "lot_id")
    def _check_parts(self):
        """Members are competitors: none may read another's parts in a nonconformity of its own."""
        for nonconformity in self.sudo():
            if bool(nonconformity.part_ids) == bool(nonconformity.lot_id):
                raise ValidationError(self.env._("Name at least one part: a nonconformity holds the parts it names."))
            if nonconformity.part_ids and nonconformity.part_ids.membership_id != nonconformity.membership_id:
                raise ValidationError(self.env._("These parts were made by several members. Open one nonconformity for each."))

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        for vals in vals_list:
            if not self.env.su and not self._guarded_fields().isdisjoint(vals):
                raise UserError(self.env._("A nonconformity starts open; it is decided and closed with its buttons."))
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("wcm.nonconformity")
        nonconformities = super(WcmNonconformity, self._without_defaults(self._guarded_fields())).create(vals_list)
        nonconformities._check_parts()  # also where none were named
        for nonconformity in nonconformities.sudo():
            nonconformity.holder_ids = nonconformity.opened_by_id
            nonconformity._log_hold(nonconformity.part_ids)
        return nonconformities

    def write(self, vals):
        if not self.env.su and not (self._guarded_fields() | {"part_ids"}).isdisjoint(vals):
            raise UserError(self.env._("Parts, decisions and states of a nonconformity are changed with its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Nonconformities are evidence and are never deleted; a wrong one is cancelled with a reason."))

    def action_cancel(self, reason=None):
        """For what was no nonconformity: opened by hand by mistake, or by a check since corrected."""
        self.ensure_one()
        self._check_second_person()
        self._check_not_holder()
        self._check_reason(reason)
        if self.inspection_id and self.inspection_id.state != "replaced":
            raise UserError(self.env._("A failed inspection opened this: correct %s first if it was wrong.", self.inspection_id.name))
        self.sudo().message_post(body=self.env._("Cancelled: %s", reason))
        self.sudo()._close("cancelled")

    def action_open_decide(self):
        self.ensure_one()
        return self._wizard_action("wcm.nonconformity.decide", self.env._("Decide what becomes of the lot") if self.lot_id else self.env._("Decide what becomes of the parts"))

    def action_open_rework(self):
        self.ensure_one()
        return self._wizard_action("wcm.nonconformity.rework", self.env._("Rework done"))

    def action_view_inspections(self):
        return self.part_ids._quality_action("wcm_qc.action_inspection", [("part_id", "in", self.part_ids.ids)])

    def _close(self, state="closed"):
        self.write({"state": state, "closed_on": fields.Datetime.now(), "closed_by_id": self.env.uid})
        if state == "cancelled":
            self.disposition_ids.filtered(lambda one: one.state in ("to_do", "reworked"))._retire()
            done = self.disposition_ids.filtered(lambda one: one.state == "done").part_id
            free = (self.part_ids - done).filtered(lambda part: part.state != "scrapped" and not part.is_held)
            free._log_release(self.env._("Not a nonconformity: %s", self.name))
        self._settle_receipt_issues()

    def _settle_receipt_issues(self):
        """What was told at the site is seen to when quality has decided; a missing block that was given up is not waited for."""
        issues = self.env["wcm.receipt.issue"].search([("nonconformity_id", "in", self.ids), ("state", "=", "open")])
        issues._settle(self.env._("Quality has decided: %s", ", ".join(self.mapped("name"))))
        issues.shipment_id._close_when_all_came()

    def _log_hold(self, parts):
        parts._log("holding", note=self.title, data={"nonconformity": self.name}, is_public=False)

    @api.model
    def _guarded_fields(self):
        """Set by actions only; whoever could write them could release a part alone."""
        return {
            "state", "inspection_id", "disposition", "disposition_reason", "decided_by_id", "reworked_by_id", "rework_note",
            "opened_on", "opened_by_id", "holder_ids", "origin_id", "contained_ids", "recheck_ids", "closed_on", "closed_by_id", "disposition_ids", "waits_for_maker", "is_active", "work_order_id", "membership_id", "build_id",
        }

    def _check_second_person(self):
        """A quality lead, and never one who made or reworked the parts."""
        self.check_access("read")
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead decides on a nonconformity."))
        if not self.is_active:
            raise UserError(self.env._("%s is closed already.", self.name))
        if self.env.user in self.sudo()._makers():
            raise UserError(self._maker_message())

    def _maker_message(self):
        return self.env._("You made or reworked these parts, so another quality lead decides on %s.", self.name)

    def _makers(self):
        """Also who reworked it in an earlier round."""
        return self.part_ids.made_by_id | self.reworked_by_id | self.disposition_ids.reworked_by_id

    def _check_not_holder(self):
        if self.env.user in self.sudo().holder_ids | self.sudo().opened_by_id:
            raise UserError(self.env._("You opened %s, or held parts with it. This takes a second person: ask another quality lead.", self.name))

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why, or what was done: it is kept with %s.", self.name))

    def _hold_reason(self, part):
        """What is wrong and who does what next with this part."""
        line = self.disposition_ids.filtered(lambda one: one.part_id == part)._current()[:1]
        return self.env._("%(name)s, %(title)s: %(next)s", name=self.name, title=self.title, next=line._hold_words())

    def _wizard_action(self, model, name):
        return {
            "type": "ir.actions.act_window", "name": name, "res_model": model, "view_mode": "form", "target": "new",
            "context": {"default_nonconformity_id": self.id},
        }
