from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class WcmInspection(models.Model):
    """The frozen control plan carried out on one part, or on one lot of material that came in; closed means closed.

    A lot is checked by this same model, and not by one of its own: checkpoints, readings, instruments, competence, four
    eyes, corrections and the database triggers hold for it unchanged. So an inspection names exactly one of the two, which
    the database asks for, and `wcm_inspection_incoming` says what differs.
    """

    _name = "wcm.inspection"
    _description = "Inspection"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "name", "part_id", "part_name", "component_name", "work_order_id", "membership_id", "plan_name", "stage", "state",
        "line_ids", "inspector_name", "closed_at", "is_hold_point", "replaces_id", "replace_reason", "progress", "four_eyes_note",
    })
    _member_writable = frozenset({"line_ids"})

    name = fields.Char(required=True, readonly=True, default="New", copy=False, index=True)
    part_id = fields.Many2one("wcm.part", index=True, ondelete="restrict", readonly=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="restrict", readonly=True, help="Material that came in.")
    part_name = fields.Char("Serial or lot number", compute="_compute_subject", store=True, index="trigram")
    component_name = fields.Char("Component", compute="_compute_component_name", compute_sudo=True)
    work_order_id = fields.Many2one(related="part_id.work_order_id", store=True, index=True)
    membership_id = fields.Many2one("wcm.membership", "Member", compute="_compute_subject", store=True, index=True)
    build_id = fields.Many2one(related="part_id.build_id", store=True)
    product_id = fields.Many2one("product.product", compute="_compute_subject", store=True)
    plan_id = fields.Many2one("wcm.control.plan", required=True, readonly=True, ondelete="restrict")
    plan_name = fields.Char("Control plan", readonly=True)
    stage = fields.Selection(related="plan_id.stage", store=True)
    state = fields.Selection(
        [("open", "To do"), ("passed", "Passed"), ("failed", "Failed"), ("replaced", "Does not count any more")],
        default="open", required=True, index=True, readonly=True, copy=False, tracking=True,
    )
    line_ids = fields.One2many("wcm.inspection.line", "inspection_id", "Results")
    progress = fields.Char("Checked", compute="_compute_progress", help="Checkpoints with a result, of all checkpoints.")
    is_hold_point = fields.Boolean("Hold point", readonly=True, help="The part is held until this inspection has passed.")
    four_eyes_note = fields.Char(compute="_compute_four_eyes_note")
    inspector_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    inspector_name = fields.Char(related="inspector_id.name", string="Inspector name")
    closed_at = fields.Datetime("Closed on", readonly=True, copy=False)
    replaces_id = fields.Many2one("wcm.inspection", "Corrects", readonly=True, copy=False, index="btree_not_null")
    replace_reason = fields.Char("Reason", readonly=True, copy=False)
    rework_nonconformity_id = fields.Many2one(
        "wcm.nonconformity", "Re-check after", readonly=True, copy=False, index="btree_not_null",
        help="The nonconformity whose rework this inspection checks.",
    )
    nonconformity_ids = fields.One2many("wcm.nonconformity", "inspection_id", "Nonconformities", readonly=True)

    _one_open_per_part_and_plan = models.UniqueIndex(
        "(part_id, plan_id) WHERE state = 'open'", "This part already has an open inspection by that control plan."
    )

    _part_or_lot = models.Constraint("CHECK ((part_id IS NULL) <> (lot_id IS NULL))", "An inspection is of one part, or of one lot of material.")

    @api.depends("part_id.name", "part_id.membership_id", "part_id.product_id", "lot_id.name", "lot_id.product_id", "keeper_id")
    def _compute_subject(self):
        """Its number, whose it is and what it is."""
        for inspection in self.sudo():
            subject = inspection.part_id or inspection.lot_id
            inspection.part_name = subject.name
            inspection.product_id = subject.product_id
            inspection.membership_id = inspection.part_id.membership_id or inspection.keeper_id

    @api.depends("part_id.component_name", "lot_id.product_id.name")
    def _compute_component_name(self):
        for inspection in self:
            inspection.component_name = inspection.part_id.component_name or inspection.lot_id.product_id.name

    @api.depends("line_ids.verdict")
    def _compute_progress(self):
        for inspection in self:
            lines = inspection.line_ids
            checked = lines.filtered(lambda line: line.verdict != "none")
            inspection.progress = self.env._("%(checked)s of %(all)s", checked=len(checked), all=len(lines))

    @api.depends("state", "is_hold_point", "part_id.made_by_id", "rework_nonconformity_id.reworked_by_id")
    @api.depends_context("uid")
    def _compute_four_eyes_note(self):
        for inspection in self:
            makers = inspection.sudo()._makers() if inspection.state == "open" else self.env["res.users"]
            inspection.four_eyes_note = inspection._four_eyes_message(makers) if makers else False

    @api.model_create_multi
    def create(self, vals_list):
        """Only `_open_for` and a correction, which run privileged, make inspections."""
        if not self.env.su:
            raise AccessError(self.env._("An inspection is opened from its part, with the checkpoints of the approved control plan."))
        names = self.env["ir.sequence"]._next_by_code_together("wcm.inspection", len(vals_list)) if vals_list else []
        for vals, name in zip(vals_list, names, strict=True):
            vals["name"] = name
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # first, so that a foreign inspection says nothing about itself
        self._check_open()
        if not self.env.su and not {"line_ids"}.issuperset(vals):
            raise UserError(self.env._("Only results can be entered; the inspection is closed with its button."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Inspections are evidence and are never deleted. A wrong one is corrected by a new one."))

    def action_close(self):
        """Anybody who may see an inspection may close it, except its part's maker where it would release a hold."""
        self.check_access("read")
        for inspection in self.sudo():
            inspection._check_open()
            inspection._check_complete()
            passed = "fail" not in inspection.line_ids.mapped("verdict")
            if passed:
                inspection._check_four_eyes()
            inspection._close("passed" if passed else "failed")

    def action_correct(self, reason=None):
        """A new open inspection takes the place of a closed one, which stays as it is."""
        self.ensure_one()
        self._check_corrector()
        reason = (reason or "").strip()
        if self.state not in ("passed", "failed"):
            raise UserError(self.env._("Only a closed inspection needs a correction; %s can still be filled in.", self.name))
        if not reason:
            raise UserError(self.env._("Say why %s is corrected: the reason is kept with both records.", self.name))
        return self.sudo()._correct(reason)._get_records_action()

    def action_view_nonconformities(self):
        records = self.nonconformity_ids | self.rework_nonconformity_id
        return self.part_id._quality_action("wcm_qc.action_nonconformity", [("id", "in", records.ids)])

    @api.model
    def _open_for(self, parts, stage="final", nonconformity=None):
        """One open inspection for each part that an approved control plan of this stage covers."""
        inspections, vals_list = self.sudo(), []
        for part in parts.sudo()._together():
            plan = part._plan_for(stage)
            known = part._open_inspection(plan)
            known.filtered(lambda check: nonconformity and not check.rework_nonconformity_id).rework_nonconformity_id = nonconformity
            inspections |= known
            if plan and not known:
                vals_list.append(self._prepare_inspection(part, plan, nonconformity))
        return (inspections | inspections.create(vals_list)).with_env(self.env)

    @api.model
    def _prepare_inspection(self, part, plan, nonconformity=None):
        return {
            "part_id": part.id,
            "plan_id": plan[-1:].id,
            "plan_name": plan._names(),
            "is_hold_point": plan._holds(),
            "rework_nonconformity_id": nonconformity and nonconformity.id,
            "line_ids": plan._line_commands(),
        }

    def _close(self, state):
        # Results reach the database while the inspection is still open there.
        self.line_ids.flush_recordset()
        super().write({"state": state, "inspector_id": self.env.uid, "closed_at": self.env["wcm.part.event"]._doing().time})
        self.flush_recordset()
        self._log_verdict()
        if state == "failed":
            self._fail()
        else:
            self._pass()
        self.env["wcm.sample"]._judge(self.work_order_id)

    def _note(self, values):
        """What is said beside the record, closed or not; the database refuses to let the record itself be changed this way."""
        super().write(values)

    def _fail(self):
        if self.stage == "first_article":
            self.work_order_id._take_back_first()
        nonconformity = self._known_nonconformity()
        if nonconformity:
            nonconformity._reopen(self)
        else:
            self.env["wcm.nonconformity"].create(self._prepare_nonconformity())

    def _pass(self):
        if self.stage == "first_article" and self.env.user not in self.membership_id.user_ids:
            self.work_order_id._accept_first()  # passed by its own people, the coordinator accepts it
        nonconformity = self._known_nonconformity()
        if nonconformity:
            nonconformity._end_rework(self.part_id)
        elif self.is_hold_point and not self.part_id.is_held:
            self.part_id._log_release(self.env._("Hold point %s passed", self.name))

    def _known_nonconformity(self):
        """What this inspection re-checks, or what the inspection it corrects had opened."""
        known = self.rework_nonconformity_id | self.replaces_id.nonconformity_ids
        return known.filtered("is_active")[:1]

    def _prepare_nonconformity(self):
        failed = self.line_ids.filtered(lambda line: line.verdict == "fail")
        checkpoints = ", ".join(failed.mapped("name"))
        return {
            "title": self.env._("Failed %(stage)s check: %(checkpoints)s", stage=self._stage_label().lower(), checkpoints=checkpoints),
            "description": "\n".join(line._failure_text() for line in failed),
            "inspection_id": self.id,
            "part_ids": [Command.set(self.part_id.ids)],
        }

    def _log_verdict(self):
        passed = self.state == "passed"
        stage = self._stage_label()
        note = self.env._("%s check passed", stage) if passed else self.env._("%s check failed", stage)
        self.part_id._log("inspecting", note=note, data={"inspection": self.name, "verdict": self.state}, is_public=passed)

    def _correct(self, reason):
        values = self._prepare_correction()
        values.update(
            plan_name=self.plan_name, is_hold_point=self.is_hold_point, replaces_id=self.id, replace_reason=reason,
            line_ids=[Command.create(line._correction_values()) for line in self.line_ids],
        )
        super().write({"state": "replaced"})
        self.flush_recordset()
        correction = self.create(values)
        self.message_post(body=self.env._("Corrected by %(name)s: %(reason)s", name=correction.name, reason=reason))
        self.env["wcm.sample"]._judge(self.work_order_id)
        return correction

    def _prepare_correction(self):
        return self._prepare_inspection(self.part_id, self.plan_id, self.rework_nonconformity_id)

    def _check_open(self):
        for inspection in self.sudo():
            if inspection.state != "open":
                raise UserError(self.env._(
                    "%s is closed and stays as it is. A coordinator or a quality lead can correct it by a new inspection, with the reason.",
                    inspection.name,
                ))

    def _check_complete(self):
        missing = self.line_ids.filtered(lambda line: line.verdict == "none")
        if missing or not self.line_ids:
            raise UserError(self.env._(
                "Not checked: %(checkpoints)s. Enter a result for each, then close the inspection.",
                checkpoints=", ".join(missing.mapped("name")),
            ))

    def _check_four_eyes(self):
        makers = self._makers()
        if makers and self._is_by_maker(makers):
            raise UserError(self._four_eyes_message(makers))

    def _check_corrector(self):
        self.check_access("read")
        user = self.env.user
        if not (user.has_group("wcm_qc.group_quality_lead") or user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("Ask a coordinator or a quality lead to correct a closed inspection."))

    def _makers(self):
        """Who made or reworked the part; what they made is passed by somebody else."""
        self.ensure_one()
        reworked = self.rework_nonconformity_id
        makers = reworked.reworked_by_id | reworked.disposition_ids.filtered(lambda one: one.part_id == self.part_id).reworked_by_id
        if self.is_hold_point or makers:
            makers |= self.part_id.made_by_id | self.part_id.nonconformity_ids.reworked_by_id | self.part_id.disposition_ids.reworked_by_id
        return makers

    def _four_eyes_message(self, makers):
        return self.env._(
            "%(makers)s made or reworked %(part)s, so another person passes this check: a colleague, a coordinator or a quality lead.",
            makers=self.env._(" and ").join(makers.sudo().mapped("name")), part=self.sudo().part_name,
        )

    def _hold_reason(self):
        """What keeps the part, and who can let it go."""
        return self.env._(
            "%(stage)s check %(name)s not passed; a quality lead or an inspector other than its maker can release it",
            stage=self._stage_label(), name=self.name,
        )

    def _stage_label(self):
        return dict(self._fields["stage"]._description_selection(self.env)).get(self.stage)
