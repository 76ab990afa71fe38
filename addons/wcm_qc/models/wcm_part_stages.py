from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.wcm_network.together import Together

# The stage whose check opens as a part comes into a state.
OPENS = {"made": "final", "packed": "dispatch", "received": "site_receipt", "installed": "installation"}
# Stages whose hold point stops a part that was never checked, by its state. From the site on its check has always opened.
STOPS = {
    "to_make": ("in_process", "final", "dispatch"), "made": ("final", "dispatch"), "packed": ("final", "dispatch"), "dispatched": ("final",),
}
# Stages that come after a step, so that they do not stop it.
AFTER = {"make": ("final", "dispatch"), "pack": ("dispatch",), "receive": ("dispatch",)}
# What can be checked on a part of this state.
DUE = {
    "to_make": ("in_process",), "made": ("final",), "packed": ("final", "dispatch"), "dispatched": ("final",),
    "received": ("site_receipt",), "installed": ("site_receipt", "installation"), "scrapped": ("final",),
}


class WcmPart(models.Model):
    """Each stage opens its check as a part comes to it, and what has a hold point stops the step after it.

    In process: from the start of the order; the part is not recorded as made before. Final: made; not packed. Dispatch:
    packed; not loaded. Site receipt: received; held there, so neither installed nor paid for. Installation: installed;
    its home is not complete.
    """

    _inherit = "wcm.part"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.filtered(lambda part: part.work_order_id.state == "in_production")._open_stage("in_process")
        return parts

    def write(self, vals):
        arriving = self.filtered(lambda part: part.state != vals["state"]) if vals.get("state") in OPENS else self.browse()
        made = arriving.filtered(lambda part: part.state == "to_make")
        back = dict(self.mapped(lambda part: (part, part.state))) if "state" in vals else {}
        result = super().write(vals)
        self._withdraw_checks(back)
        for part_state, stage in OPENS.items():
            if vals.get("state") == part_state:
                (made if stage == "final" else arriving)._open_stage(stage)
        made.filtered("work_order_id.is_first_piece")._open_stage("first_article")
        return result

    def _record_made(self, at_hand, sheet_lots, machines):
        """Nothing is recorded of an order as long as one of the blocks may not be made."""
        self._check_may_be_made()
        return super(WcmPart, self._together())._record_made(at_hand, sheet_lots, machines)

    def _check_may_be_made(self):
        for part in self.sudo()._together():
            if obstacle := part._making_obstacle():
                raise UserError(self.env._("%(part)s cannot be recorded as made. %(obstacle)s.", part=part.name, obstacle=obstacle))

    def _making_obstacle(self):
        """What was found wrong, an in-process hold point, or its second pair of eyes; a recall does not stop telling what was made."""
        if nonconformities := self._holding_nonconformities():
            return nonconformities[0]._hold_reason(self)
        if not self._is_cleared("in_process"):
            return self._uncleared_words("in_process")
        check = self._latest_inspection("in_process")
        if check.is_hold_point and check.state == "passed" and check._is_passed_by_caller():
            return self.env._("You passed its in-process hold point %s, so another person makes it", check.name)
        return ""

    def _together(self):
        """Plans are looked up once for all of these."""
        return self if Together.of(self.env) else self.with_context(**{Together.KEY: Together()})

    def _stages_planned(self):
        """Stages that this part has come to and that a control plan checks."""
        states = list(OPENS)
        reached = [OPENS[state] for state in states[:states.index(self.state) + 1]] if self.state in OPENS else ["final", "dispatch"] * (self.state == "dispatched")
        return [stage for stage in ("in_process", *reached) if self._plan_for(stage)]

    def _plan_for(self, stage):
        part = self.sudo()
        return self.env["wcm.control.plan"]._find_for(part.product_id, stage, part.design_revision)

    def _open_stage(self, stage):
        """Open the check of a stage on those that are checked there."""
        if self:
            parts = self.sudo()._together()
            self.env["wcm.inspection"]._open_for(parts.env["wcm.sample"]._due(parts, stage), stage)

    def _withdraw_checks(self, back):
        """What a part went back from is checked when it comes there again; an open check of that would wait for nobody.

        :param back: {part: the state that it was in}
        """
        for part, state in back.items():
            if part.state != "scrapped" and (left := _left(state, part.state)):
                part.sudo()._open_checks().filtered(lambda check, left=left: check.stage in left and not check.rework_nonconformity_id)._withdraw()

    def _undo_receiving(self):
        """First, since the check on the site would keep the block there in stock."""
        self._open_checks().filtered(lambda check: check.stage == "site_receipt" and not check.rework_nonconformity_id)._withdraw()
        return super()._undo_receiving()

    def _open_checks(self):
        return self.inspection_ids.filtered(lambda check: check.state == "open").sorted("id")

    def _uncleared_stage(self, step=None):
        """The first stage with a hold point that stops this part and that it has not passed."""
        stages = [stage for stage in STOPS.get(self.state, ()) if stage not in AFTER.get(step, ())]
        return next((stage for stage in stages if not self._is_cleared(stage)), None)

    def _is_cleared(self, stage):
        """No hold point applies at this stage, or it has been passed or conceded."""
        check = self._latest_inspection(stage)
        if check.state == "passed" or (check.state == "failed" and self._is_conceded(check) and not self._holding_nonconformities()):
            return True
        return not (check.is_hold_point or self._plan_for(stage)._holds())

    def _uncleared_words(self, stage):
        check, plan = self._latest_inspection(stage), self._plan_for(stage)
        words = check._hold_reason() if check.state == "open" else self.env._(
            "Its %(stage)s check has a hold point and has not been done; %(who)s", stage=self._stage_words([stage]), who=plan._release_words(),
        )
        opens = {
            "in_process": self.env._("it opens when the work is started"), "dispatch": self.state in ("to_make", "made") and self.env._("it opens when the block is packed"),
        }.get(stage)
        return f"{words}; {opens}" if opens and not check else words

    def _due_stage(self):
        """What is open comes first; then what a control plan asks for at the part's state and nobody has begun."""
        stages = DUE[self.state]
        if opened := self._open_checks().filtered(lambda check: check.stage in (*stages, "first_article") or check.rework_nonconformity_id):
            return opened[0].stage
        wanted = (stage for stage in stages if not self._latest_inspection(stage) and self._plan_for(stage))
        return next(wanted, stages[-1] if self._latest_inspection(stages[-1]) else stages[0])

    def _check_can_be_checked(self, stage):
        if self.state == "to_make" and not (self._plan_for(stage) and self.work_order_id.sudo().state in ("released", "in_production")):
            raise UserError(self.env._("%s is not made yet: record it as made, and its check opens by itself.", self.name))
        if not self._plan_for(stage):
            raise UserError(self.env._(
                "No approved control plan covers %s at this stage. A quality lead makes one under Quality, Control plans.",
                self.sudo().product_id.display_name,
            ))


def _left(before, now):
    """Stages that a part has gone back from."""
    states = list(DUE)
    return [OPENS[state] for state in states[states.index(now) + 1:states.index(before) + 1] if state in OPENS]
