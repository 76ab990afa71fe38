from odoo import api, fields, models
from odoo.exceptions import UserError

# What a person can do wrong with a part that has not passed; the words complete "cannot be …".
STEP_WORDS = {
    "pack": "packed", "packing": "packed", "dispatch": "dispatched", "shipping": "dispatched",
    "receive": "received", "receiving": "received", "install": "installed", "installing": "installed",
}


class WcmPart(models.Model):
    _inherit = "wcm.part"

    _member_readable = frozenset({
        "inspection_ids", "inspection_count", "nonconformity_ids", "nonconformity_count", "quality_state",
    })

    is_held = fields.Boolean(compute="_compute_is_held", store=True)
    hold_reason = fields.Char(compute="_compute_is_held", store=True)
    inspection_ids = fields.One2many("wcm.inspection", "part_id", "Inspections", readonly=True)
    inspection_count = fields.Integer(compute="_compute_inspection_count")
    nonconformity_ids = fields.Many2many(
        "wcm.nonconformity", "wcm_nonconformity_wcm_part_rel", "wcm_part_id", "wcm_nonconformity_id", "Nonconformities", readonly=True,
    )
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    quality_state = fields.Selection(
        [
            ("not_checked", "Not checked"),
            ("to_check", "To check"),
            ("passed", "Passed"),
            ("concession", "Accepted by concession"),
            ("failed", "Failed"),
            ("held", "Nonconforming"),
        ],
        "Quality", compute="_compute_quality_state", store=True, index=True,
    )

    @api.depends("inspection_ids.state", "inspection_ids.is_hold_point", "nonconformity_ids.state", "nonconformity_ids.title")
    def _compute_is_held(self):
        """Held by an open hold point or an open nonconformity; a failed check holds through its nonconformity.

        A recall holds too; it writes what follows from it itself, for all its parts at once.
        """
        for part in self:
            reasons = part._hold_reasons()
            part.is_held = bool(reasons)
            part.hold_reason = "; ".join(reasons)

    def _hold_reasons(self):
        open_holds = self.inspection_ids.filtered(lambda check: check.is_hold_point and check.state == "open")
        reasons = [record._hold_reason() for record in (*self.nonconformity_ids.filtered("is_active"), *open_holds)]
        return reasons + super()._hold_reasons()

    @api.depends("inspection_ids")
    def _compute_inspection_count(self):
        for part in self:
            part.inspection_count = len(part.inspection_ids)

    @api.depends("nonconformity_ids")
    def _compute_nonconformity_count(self):
        for part in self:
            part.nonconformity_count = len(part.nonconformity_ids)

    @api.depends("inspection_ids.state", "nonconformity_ids.is_active", "nonconformity_ids.disposition")
    def _compute_quality_state(self):
        for part in self:
            part.quality_state = part._current_quality_state()

    def write(self, vals):
        if not self.env.su and not {"is_held", "hold_reason", "quality_state"}.isdisjoint(vals):
            raise UserError(self.env._("Whether a part is held follows from its inspections and nonconformities; it is not set by hand."))
        newly_made = self.filtered(lambda part: part.state == "to_make") if vals.get("state") == "made" else self.browse()
        result = super().write(vals)
        if newly_made:
            self.env["wcm.inspection"]._open_for(newly_made)
            first = newly_made.filtered("work_order_id.is_first_piece")
            self.env["wcm.inspection"]._open_for(first, "first_article")
        return result

    def action_check(self):
        """Open the check that is due on a part, making it where nothing has yet."""
        self.ensure_one()
        self.check_access("read")
        inspection = self._latest_inspection(self._due_stage())
        if not inspection:
            self._check_can_be_checked()
            inspection = self.env["wcm.inspection"]._open_for(self, self._due_stage())
        return inspection._get_records_action()

    def action_report(self, title=None, description=None):
        """Somebody saw something wrong; the part is held at once. Returns the nonconformity."""
        self.check_access("read")
        if not (title or "").strip():
            raise UserError(self.env._("Say in a few words what is wrong."))
        values = {"title": title, "description": description, "part_ids": self.ids}
        return self.env["wcm.nonconformity"].sudo().create(values).with_env(self.env)

    def action_view_inspections(self):
        return self._quality_action("wcm_qc.action_inspection", [("part_id", "in", self.ids)])

    def action_view_nonconformities(self):
        return self._quality_action("wcm_qc.action_nonconformity", [("part_ids", "in", self.ids)])

    def _check_may_move(self, step):
        for part in self.sudo():
            obstacle = part._move_obstacle()
            if obstacle:
                raise UserError(self.env._(
                    "%(part)s cannot be %(step)s. %(obstacle)s.", part=part.name, step=STEP_WORDS.get(step, step), obstacle=obstacle,
                ))
        return super()._check_may_move(step)

    def _public_facts(self):
        return [*super()._public_facts(), (self.env._("Quality"), self._public_quality())]

    def _public_quality(self):
        """One sentence for the street: what has been shown, nothing about who did what wrong."""
        check = self.sudo()._latest_inspection("final")
        if not check and not self.env["wcm.control.plan"].sudo()._find_for(self.sudo().product_id, "final"):
            return self.env._("No check is planned for this kind of block")
        day = check.closed_at and check.closed_at.strftime("%-d %B %Y")
        if self.sudo().quality_state == "passed" and day:
            return self.env._("Passed its final check on %s", day)
        if self.sudo().quality_state == "concession" and day:
            return self.env._("Accepted by concession after its check on %s", day)
        return self.env._("Has not passed its final check yet")

    def _move_obstacle(self):
        """Why this part may not go anywhere, and who can change that; empty when it may."""
        self.ensure_one()
        if self.is_held:
            return self.hold_reason
        if self.state == "scrapped":
            return self.env._("It was scrapped")
        if self.state in ("to_make", "made", "packed", "dispatched") and not self._is_cleared():
            return self.env._(
                "Its final check has a hold point and has not been done; an inspector other than its maker does it, or a quality lead"
            )
        return ""

    def _is_cleared(self):
        """No hold point applies, or it has been passed or conceded."""
        plan = self.env["wcm.control.plan"]._find_for(self.product_id, "final")
        return not plan.has_hold_point or self.quality_state in ("passed", "concession")

    def _may_leave_held(self, destination):
        """The two ways on for what is held: to scrap, or back to its maker, when a quality lead decided so."""
        decided = self.nonconformity_ids.filtered(lambda nc: nc.state in ("decided", "closed"))
        if destination.usage == "inventory":
            return self.state == "scrapped" or "scrap" in decided.mapped("disposition")
        returned = "return" in decided.filtered("is_active").mapped("disposition")
        return returned and destination in (self.membership_id.subcontract_location_id | self.membership_id.partner_id.property_stock_supplier)

    def _open_inspection(self, plan):
        return self.inspection_ids.filtered(lambda check: check.state == "open" and check.plan_id == plan)[:1]

    def _latest_inspection(self, stage):
        """The one that counts: corrected ones do not."""
        counting = self.inspection_ids.filtered(lambda check: check.stage == stage and check.state != "replaced")
        return counting.sorted("id", reverse=True)[:1]

    def _current_quality_state(self):
        checks = self.inspection_ids.filtered(lambda check: check.state != "replaced").sorted("id")
        if any(self.nonconformity_ids.mapped("is_active")):
            return "held"
        if "open" in checks.mapped("state"):
            return "to_check"
        if checks[-1:].state == "failed":
            return "concession" if self._is_conceded() else "failed"
        return "passed" if checks else "not_checked"

    def _is_conceded(self):
        latest = self.nonconformity_ids.filtered(lambda nc: nc.state == "closed").sorted("id")[-1:]
        return latest.disposition == "use_as_is"

    def _due_stage(self):
        return "site_receipt" if self.state in ("received", "installed") else "final"

    def _check_can_be_checked(self):
        if self.state == "to_make":
            raise UserError(self.env._("%s is not made yet: record it as made, and its check opens by itself.", self.name))
        if not self.env["wcm.control.plan"]._find_for(self.product_id, self._due_stage()):
            raise UserError(self.env._(
                "No approved control plan covers %s at this stage. A quality lead makes one under Quality, Control plans.",
                self.sudo().product_id.display_name,
            ))

    def _log_release(self, note):
        self._log("releasing", note=note, data={}, is_public=True)

    def _quality_action(self, xmlid, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": domain, "context": {}}
