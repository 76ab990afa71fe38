from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class WcmControlPlan(models.Model):
    """Inspection and test plan of components (`_search_for` says which) at one stage.

    An approved plan never changes: parts were checked against it. Changes go
    into a new version, which replaces the old one on approval.
    """

    _name = "wcm.control.plan"
    _description = "Control plan"
    _inherit = ["mail.thread"]
    _order = "name, version desc"

    name = fields.Char(required=True)
    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    previous_id = fields.Many2one("wcm.control.plan", "Replaces", readonly=True, copy=False, ondelete="restrict")
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("superseded", "Superseded")],
        default="draft", required=True, index=True, readonly=True, copy=False, tracking=True,
    )
    product_ids = fields.Many2many("product.product", string="Components")
    categ_id = fields.Many2one("product.category", "Category of components", help="Also holds for the categories below it, where a component has no plan of its own.")
    stage = fields.Selection(
        [
            ("incoming", "Incoming"),
            ("first_article", "First article"),
            ("in_process", "In process"),
            ("final", "Final"),
            ("dispatch", "Dispatch"),
            ("site_receipt", "Site receipt"),
            ("installation", "Installation"),
        ],
        default="final", required=True,
    )
    checkpoint_ids = fields.One2many("wcm.checkpoint", "plan_id", copy=True)
    checkpoint_count = fields.Integer("Checkpoints", compute="_compute_checkpoint_count")
    has_hold_point = fields.Boolean("Hold point", compute="_compute_has_hold_point", store=True)
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)

    _version_positive = models.Constraint("CHECK (version > 0)", "Versions are counted from 1.")

    @api.depends("checkpoint_ids")
    def _compute_checkpoint_count(self):
        for plan in self:
            plan.checkpoint_count = len(plan.checkpoint_ids)

    @api.depends("checkpoint_ids.point_type")
    def _compute_has_hold_point(self):
        for plan in self:
            plan.has_hold_point = "hold" in plan.checkpoint_ids.mapped("point_type")

    @api.depends("name", "version")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = plan.name and self.env._("%(name)s, version %(version)s", name=plan.name, version=plan.version)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self._guarded_fields().isdisjoint(vals):
                raise UserError(self.env._("A control plan starts as a draft; a quality lead approves it."))
        return super(WcmControlPlan, self._without_defaults(self._guarded_fields())).create(vals_list)

    def write(self, vals):
        if not self._guarded_fields().isdisjoint(vals):
            raise UserError(self.env._("Use Approve or New version; the state of a control plan is not set by hand."))
        if not self._frozen_fields().isdisjoint(vals):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._check_draft()

    def action_approve(self):
        self._check_quality_lead()
        for plan in self:
            plan._check_draft()
            plan._check_complete()
            plan._check_alone()
            plan._approve()

    def action_new_version(self):
        self.ensure_one()
        self._check_quality_lead()
        if self.state == "draft":
            raise UserError(self.env._("This version is still a draft: change it as it is."))
        return self._new_version()._get_records_action()

    def _new_version(self):
        version = self.copy({"name": self.name})
        version._set_version(self)
        return version

    def _approve(self):
        """The one door to "approved"; write() refuses everybody."""
        super().write({"state": "approved", "approved_by_id": self.env.uid, "approved_on": fields.Datetime.now()})
        self.previous_id.filtered(lambda plan: plan.state == "approved")._supersede()

    def _supersede(self):
        super().write({"state": "superseded"})

    def _set_retired(self, values):
        super().write(values)

    def _set_version(self, previous):
        super().write({"version": previous._latest_version() + 1, "previous_id": previous.id})

    def _latest_version(self):
        """Highest version number of plans that replace this one, directly or not."""
        self.env["wcm.control.plan"].flush_model(["previous_id", "version"])
        rows = self.env.execute_query(SQL(
            """WITH RECURSIVE later AS (
                SELECT id, version FROM wcm_control_plan WHERE id = %s
                UNION ALL SELECT plan.id, plan.version FROM wcm_control_plan plan JOIN later ON plan.previous_id = later.id
            ) SELECT MAX(version) FROM later""", self.id,
        ))
        return rows[0][0]

    @api.model
    def _guarded_fields(self):
        return {"state", "version", "previous_id", "approved_by_id", "approved_on"}

    @api.model
    def _frozen_fields(self):
        return {"name", "product_ids", "categ_id", "stage", "checkpoint_ids"}

    def _check_quality_lead(self):
        if not (self.env.su or self.env.user.has_group("wcm_qc.group_quality_lead")):
            raise AccessError(self.env._("Only a quality lead approves or changes control plans."))

    def _check_draft(self):
        for plan in self:
            if plan.state != "draft":
                raise UserError(self.env._(
                    "%(plan)s is %(state)s and does not change any more: parts were checked against it. Make a new version.",
                    plan=plan.display_name, state=dict(plan._fields["state"]._description_selection(self.env))[plan.state].lower(),
                ))

    def _check_complete(self):
        if not self.checkpoint_ids:
            raise UserError(self.env._("%s has no checkpoints: add at least one thing to check.", self.display_name))
        if not self._is_for_something():
            raise UserError(self.env._("%s is for nothing yet: name its components, a process or a category.", self.display_name))
        self.checkpoint_ids._check_tolerances()

    def _words(self):
        """The stage and what is checked, for who is asked to make it."""
        stage = dict(self._fields["stage"]._description_selection(self.env))[self[:1].stage]
        holds = {point: self.env._("%s (hold point)", point.name) for point in self.checkpoint_ids if point.point_type == "hold"}
        return f"{stage}: {', '.join(holds.get(point, point.name) for point in self.checkpoint_ids)}"

    def _line_commands(self):
        """The checkpoints as they stand today, for an inspection to keep; those of several plans one plan after the other."""
        points = [(plan, checkpoint._frozen_values()) for plan in self for checkpoint in plan.checkpoint_ids]
        if len(self) < 2:
            return [Command.create(values) for _plan, values in points]
        return [Command.create({**values, "sequence": number, "plan_id": plan.id}) for number, (plan, values) in enumerate(points)]
