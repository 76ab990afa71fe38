from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..planning.why_not import Why, why_not

BATCHES = {
    "min_batch": "makes no fewer than %s at a time",
    "max_batch": "makes no more than %s a week",
    "max_quantity": "may get no more than %s in all",
}


class WcmPlanWhy(models.TransientModel):
    """Why not there: every member beside what is asked about, from the plan as it was solved."""

    _name = "wcm.plan.why"
    _description = "Why not there"

    line_id = fields.Many2one("wcm.plan.line", ondelete="cascade")
    unplaced_id = fields.Many2one("wcm.plan.unplaced", ondelete="cascade")
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends("line_id", "unplaced_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Why not there?")

    @api.depends("line_id", "unplaced_id")
    def _compute_body(self):
        for why in self:
            asked = why.line_id or why.unplaced_id
            asked.check_access("read")
            asked.plan_id.check_access("read")
            why.body = self.env["ir.qweb"]._render("wcm_network.plan_why_body", why._values(asked)) if asked else False

    @api.model
    def _open(self, **asked):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why not there?"),
            "res_model": "wcm.plan.why",
            "res_id": self.create(asked).id,
            "view_mode": "form",
            "target": "new",
        }

    def _values(self, asked):
        plan = asked.plan_id
        run = plan._answered_run()
        if not run:
            raise UserError(self.env._("What this plan was asked and answered was not kept. Solve it again."))
        problem, result = run._problem_and_result()
        at = self._at(result)
        rows = why_not(problem, result, str(asked.build_line_id.id), asked.quantity, at)
        members = self.env["wcm.membership"].sudo().browse(int(row.facility) for row in rows).exists()
        return {
            "asked": asked,
            "date": run.create_date,
            "week": at and self.line_id.week_start,
            "locked": bool(at) and self.line_id.locked,
            "rows": sorted((self._row(plan, row, members) for row in rows), key=lambda row: row["order"]),
        }

    def _at(self, result):
        """Where the line was when it was solved; None for what is not placed."""
        line = self.line_id
        if not line:
            return None
        cell = (str(line.build_line_id.id), str(line.membership_id.id), line.plan_id._period(line))
        if not any((row.demand, row.facility, row.period) == cell and row.quantity >= line.quantity for row in result.lines):
            raise UserError(self.env._("This line has been changed since the plan was solved. Solve it again."))
        return cell[1:]

    def _row(self, plan, row, members):
        """One member, in words; hours and the parts of a price stay in their region."""
        member = members.filtered(lambda member: member.id == int(row.facility))
        own = self._is_own(member)
        extra = row.extra if row.why != Why.HERE else None
        return {
            "order": (row.why != Why.HERE, row.why == Why.NO_OPTION, extra is None, extra or 0, member.name or ""),
            "name": member.name or self.env._("A member that has left"),
            "here": row.why == Why.HERE,
            "made": row.made,
            "words": plan._plain(self._words(row, own)),
            "hours": [self._hours_text(hours) for hours in row.hours] if own else [],
            "extra": "" if extra is None else self._money(plan, extra),
            "parts": self._parts(plan, row) if own and extra is not None else "",
        }

    @api.model
    def _is_own(self, member):
        user = self.env.user
        return user.has_group("wcm_network.group_manager") or user in member.region_id.coordinator_ids

    def _words(self, row, own):
        asked = self.line_id.quantity or self.unplaced_id.quantity
        if row.why == Why.NO_HOURS:
            if row.room and own:
                return self.env._("has hours in time for %(room)s of these %(asked)s only", room=row.room, asked=asked)
            return self.env._("has not enough hours left in time for %(asked)s more", asked=asked)
        if row.why == Why.NO_OPTION:
            return "; ".join(row.words) or self.env._("does not offer what this component needs")
        if row.why == Why.BATCH:
            return "; ".join(self._batch_text(*words.split()) for words in row.words)
        if row.why == Why.POLICY:
            rules = " and ".join(row.words).replace("single_source", self.env._("one member makes all of it"))
            return self.env._("would break %(rules)s", rules=rules)
        return self._price_words(row.why)

    @api.model
    def _batch_text(self, name, number):
        return BATCHES[name] % number

    def _price_words(self, why):
        if self.unplaced_id:
            return self.env._("has room; limits and rules together leave none, or the search ended before it was used")
        return {
            Why.HERE: self.env._("makes these"),
            Why.DEARER: self.env._("has room, but a unit costs more or as much there"),
            Why.CHEAPER: self.env._("would be cheaper by less than the gap that was accepted"),
            Why.MOVING: self.env._("would be cheaper, but by less than moving counts"),
        }[why]

    @api.model
    def _hours_text(self, hours):
        name = self.env["wcm.process"].sudo().browse(int(hours.process)).exists().name
        words = {"process": name or hours.process, "free": hours.free, "most": hours.most, "asked": hours.asked}
        if hours.free < hours.asked:
            return self.env._("%(process)s: %(free).2f h free, %(asked).2f h asked", **words)
        return self.env._(
            "%(process)s: %(free).2f h free, but in pieces: at most %(most).2f h in one week, for whole blocks and a set-up; "
            "%(asked).2f h asked", **words,
        )

    @api.model
    def _money(self, plan, amount):
        amount = plan.currency_id.round(amount) or 0.0
        return ("+" if amount >= 0 else "−") + formatLang(self.env, abs(amount), currency_obj=plan.currency_id)

    def _parts(self, plan, row):
        """What the difference is made of; nothing for what is the same."""
        names = {
            "making": self.env._("making"), "setup": self.env._("share of set-up"), "transport": self.env._("transport"),
            "carbon": self.env._("carbon"), "holding": self.env._("waiting"), "opening": self.env._("opening"),
        }
        amounts = {names[kind]: plan.currency_id.round(amount) for kind, amount in row.extras.items()}
        return ", ".join(f"{name} {self._money(plan, amount)}" for name, amount in amounts.items() if amount)
