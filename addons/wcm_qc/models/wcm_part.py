from odoo import api, fields, models
from odoo.exceptions import UserError

from .wcm_disposition import CONCESSIONS

# What a person can do wrong with a part that has not passed; the words complete "cannot be …".
STEP_WORDS = {
    "make": "recorded as made", "pack": "packed", "packing": "packed", "load": "loaded", "dispatch": "dispatched", "shipping": "dispatched",
    "receive": "received", "receiving": "received", "install": "installed", "installing": "installed",
}


class WcmPart(models.Model):
    _inherit = "wcm.part"

    # Whoever could take a part out of its nonconformities would release it.
    _guarded = frozenset({"inspection_ids", "nonconformity_ids", "disposition_ids", "concession"})
    _member_readable = frozenset({
        "inspection_ids", "inspection_count", "nonconformity_ids", "nonconformity_count", "quality_state", "concession",
    })

    is_held = fields.Boolean(compute="_compute_is_held", store=True)
    hold_reason = fields.Char(compute="_compute_is_held", store=True)
    inspection_ids = fields.One2many("wcm.inspection", "part_id", "Inspections", readonly=True)
    inspection_count = fields.Integer(compute="_compute_inspection_count")
    nonconformity_ids = fields.Many2many(
        "wcm.nonconformity", "wcm_nonconformity_wcm_part_rel", "wcm_part_id", "wcm_nonconformity_id", "Nonconformities", readonly=True,
    )
    disposition_ids = fields.One2many("wcm.disposition", "part_id", "Decisions", readonly=True)
    concession = fields.Char(compute="_compute_concession", compute_sudo=True, help="Used although it is not as drawn: by which decision, and until when or for which home.")
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    quality_state = fields.Selection(
        [
            ("not_checked", "Not checked"),
            ("to_check", "To check"),
            ("passed", "Passed"),
            ("sampled", "Accepted by sample"),
            ("concession", "Accepted by concession"),
            ("failed", "Failed"),
            ("held", "Nonconforming"),
        ],
        "Quality", compute="_compute_quality_state", store=True, index=True,
    )

    @api.depends("inspection_ids.state", "inspection_ids.is_hold_point", "nonconformity_ids.state", "nonconformity_ids.title", "disposition_ids.state")
    def _compute_is_held(self):
        """Held by an open hold point or an open nonconformity; a failed check holds through its nonconformity.

        A recall holds too; it writes what follows from it itself, for all its parts at once.
        """
        for part in self:
            reasons = part._hold_reasons()
            part.is_held = bool(reasons)
            part.hold_reason = "; ".join(reasons)

    def _hold_reasons(self):
        open_holds = self.inspection_ids.filtered(lambda check: check._holds_part())
        reasons = [nonconformity._hold_reason(self) for nonconformity in self._holding_nonconformities()]
        return reasons + [check._hold_reason() for check in open_holds] + super()._hold_reasons()

    def _holding_nonconformities(self):
        """Those that are not closed and in which this part is not done yet."""
        done = self.disposition_ids.filtered(lambda one: one.state == "done").nonconformity_id
        return self.nonconformity_ids.filtered("is_active") - done

    @api.depends("disposition_ids.state")
    def _compute_concession(self):
        for part in self:
            lines = part.disposition_ids.filtered(lambda one: one.state in ("done", "lapsed") and one.kind in CONCESSIONS)
            part.concession = "; ".join(f"{one.nonconformity_id.name} {one.concession_words}" for one in lines)

    @api.depends("inspection_ids")
    def _compute_inspection_count(self):
        for part in self:
            part.inspection_count = len(part.inspection_ids)

    @api.depends("nonconformity_ids")
    def _compute_nonconformity_count(self):
        for part in self:
            part.nonconformity_count = len(part.nonconformity_ids)

    @api.depends("inspection_ids.state", "nonconformity_ids.is_active", "disposition_ids.state")
    def _compute_quality_state(self):
        for part in self:
            part.quality_state = part._current_quality_state()

    def write(self, vals):
        if not self.env.su and not {"is_held", "hold_reason", "quality_state"}.isdisjoint(vals):
            raise UserError(self.env._("Whether a part is held follows from its inspections and nonconformities; it is not set by hand."))
        return super().write(vals)

    def action_check(self):
        """Open the check that is due on a part, making it where nothing has yet."""
        self.ensure_one()
        self.check_access("read")
        stage = self._due_stage()
        inspection = self._latest_inspection(stage)
        if not inspection:
            self._check_can_be_checked(stage)
            inspection = self.env["wcm.inspection"]._open_for(self, stage)
        return inspection._get_records_action()

    def action_report(self, title=None, description=None, photo=None):
        """Somebody saw something wrong; the part is held at once. Returns the nonconformity.

        :param photo: base64, or {name, data} with base64 in it
        """
        self.check_access("read")
        if not (title or "").strip():
            raise UserError(self.env._("Say in a few words what is wrong."))
        Nonconformity = self.env["wcm.nonconformity"]
        values = {"title": title, "description": description, "part_ids": self.ids, "photo": Nonconformity._told_photo(photo)}
        return Nonconformity.sudo().create(values).with_env(self.env)

    def action_view_inspections(self):
        return self._quality_action("wcm_qc.action_inspection", [("part_id", "in", self.ids)])

    def action_view_nonconformities(self):
        return self._quality_action("wcm_qc.action_nonconformity", [("part_ids", "in", self.ids)])

    def _check_may_move(self, step):
        for part in self.sudo()._together():
            obstacle = part._move_obstacle(step)
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
        if not check and not self.sudo()._plan_for("final"):
            return self.env._("No check is planned for this kind of block")
        day = check.closed_at and check.closed_at.strftime("%-d %B %Y")
        if self.sudo().quality_state == "passed" and day:
            return self.env._("Passed its final check on %s", day)
        if self.sudo().quality_state == "concession" and day:
            return self.env._("Accepted by concession after its check on %s", day)
        return self.env._("Has not passed its final check yet")

    def _move_obstacle(self, step=None):
        """Why this part may not go anywhere, and who can change that; empty when it may.

        :param step: of `_check_may_move`; none where stock moves
        """
        self.ensure_one()
        if self.is_held:
            return self.hold_reason
        if lapsed := self.disposition_ids._lapsed():
            return self.env._("%(name)s: %(words)s", name=lapsed[0].nonconformity_id.name, words=lapsed[0]._lapsed_words())
        if self.state == "scrapped":
            return self.env._("It was scrapped")
        stage = self._uncleared_stage(step)
        return self._uncleared_words(stage) if stage else ""

    def _may_leave_held(self, destination):
        """The two ways on for what is held: to scrap, or back to its maker, when a quality lead decided so."""
        decided = self.disposition_ids.filtered(lambda one: one.state in ("to_do", "done"))
        returned = decided.filtered(lambda one: one.kind == "return" and one.nonconformity_id.is_active)
        if destination.usage == "inventory":
            given_up = "scrap" in decided.mapped("kind") or not {"replace", "credit"}.isdisjoint(returned.mapped("then"))
            return self.state == "scrapped" or given_up
        return returned and destination in (self.membership_id.subcontract_location_id | self.membership_id.partner_id.property_stock_supplier)

    def _open_inspection(self, plan):
        return self.inspection_ids.filtered(lambda check: check.state == "open" and check.plan_id == plan[-1:])[:1]

    def _latest_inspection(self, stage):
        """The one that counts: corrected ones do not."""
        return self._counting_inspections().filtered(lambda check: check.stage == stage)[-1:]

    def _current_quality_state(self):
        """The worst of what its stages say: what was right at one is not made good by the next."""
        if self._holding_nonconformities():
            return "held"
        checks = self._counting_inspections()
        if "open" in checks.mapped("state"):
            return "to_check"
        latest = [of_stage[-1] for of_stage in checks.grouped("stage").values()]
        if failed := [check for check in latest if check.state == "failed"]:
            return "concession" if all(self._is_conceded(check) for check in failed) else "failed"
        return "passed" if checks else "not_checked"

    def _counting_inspections(self):
        """Oldest first; corrected ones do not count."""
        return self.inspection_ids.filtered(lambda check: check.state != "replaced").sorted("id")

    def _is_conceded(self, check):
        """Used all the same, by the decision on what this check found; otherwise by the last decision on the part."""
        done = self.disposition_ids.filtered(lambda one: one.state == "done")
        found = check.nonconformity_ids | check.rework_nonconformity_id | check.replaces_id.nonconformity_ids
        decided = done.filtered(lambda one: one.nonconformity_id in found) or done
        return decided.sorted("id")[-1:].kind in CONCESSIONS

    def _log_release(self, note):
        self._log("releasing", note=note, data={}, is_public=True)

    def _quality_action(self, xmlid, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": domain, "context": {}}
