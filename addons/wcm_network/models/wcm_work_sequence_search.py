from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime, formatLang

from .wcm_membership_sequencing import WORKED_STATES
from .wcm_solver_run import UNDER_WAY

SECONDS = 20


class WcmWorkSequence(models.Model):
    """It is looked for in the background (wcm.work.sequence.run); the page shows the best so far and can stop it."""

    _inherit = "wcm.work.sequence"

    _member_readable = frozenset({"solve_state", "solve_message", "solve_progress"})

    def _last_run(self):
        return self.env["wcm.work.sequence.run"].sudo().search([("sequence_id", "=", self.id)], limit=1)

    @api.model
    def _propose(self, membership, monday):
        """The page of this week, with a search under way for what belongs on it; pressed twice, it is looked for once.

        :raise UserError: there is nothing to do, or it cannot be done
        """
        sequence = self._of_week(membership, monday)
        if sequence.solve_state in UNDER_WAY:
            return sequence
        sequence._check_may_replace(self.env.user)
        tz, question, places = membership._sequencing_question(monday)
        sequence = sequence or self.sudo().create({"membership_id": membership.id, "week_start": monday, "tz": tz})
        run = sequence.env["wcm.work.sequence.run"].create({
            "sequence_id": sequence.id, "user_id": self.env.uid, "seconds": SECONDS,
            "asked": {"tz": tz, "question": question, "places": [[*place, values] for place, values in places.items()]},
        })
        run._start()
        sequence._forget_solving()
        return sequence

    @api.model
    def _of_week(self, membership, monday):
        return self.sudo().search([("membership_id", "=", membership.id), ("week_start", "=", monday)])

    def action_propose_again(self):
        """Look anew: for orders and hours as they are now. The member may, and the coordinators of its region."""
        self.ensure_one()
        self.check_access("read")
        self._propose(self.membership_id, self.week_start)
        return True

    def _check_may_replace(self, user):
        """What the member has accepted is the member's."""
        if self.state == "accepted" and user not in self.membership_id.user_ids:
            raise UserError(self.env._("The member has accepted an order of work for this week; only the member makes it anew."))

    def _check_not_searching(self):
        if any(sequence.solve_state in UNDER_WAY for sequence in self):
            raise UserError(self.env._("A better order of work is still being looked for. Wait until it is found, or stop it."))

    def action_stop(self):
        """Keep the best so far. The member may, and whoever began it."""
        self.ensure_one()
        self.check_access("read")
        run = self._last_run()
        if self.env.user != run.user_id and not self.has_access("write"):
            raise AccessError(self.env._("Only the member, and whoever began it, may stop it."))
        run._stop()
        self._forget_solving()
        return True

    def _take_answer(self, asked, answer):
        """Lines instead of those that were there.

        :raise UserError: it cannot be done, or is not what was asked about any more
        """
        if answer["status"] == "no room":
            raise UserError(self.env._("The orders do not fit into your working hours of the next eight weeks. Ask your coordinator to move some."))
        places = {tuple(place): values for *place, values in asked["places"]}
        orders = self.env["wcm.work.order"].browse({values["work_order_id"] for values in places.values()})
        if any(order.state not in WORKED_STATES for order in orders):
            raise UserError(self.env._("Orders were called off or finished since it was asked for. Propose an order of work anew."))
        lines = [self._line(row, places, at) for at, row in enumerate(answer["operations"])]
        self.write({
            "tz": asked["tz"], "question": asked["question"], "proof": self._in_words(answer), "state": "proposed",
            "line_ids": [Command.clear(), *map(Command.create, lines)], "moved": False,
        })

    def _line(self, row, places, position):
        return {"position": position, "machine_key": row["machine"], **places[row["job"], row["operation"], row["machine"]]}

    def _in_words(self, answer):
        """How good it is; where that is not proved, by how much it could be better at most."""
        if answer["status"] == "optimal":
            return self.env._("Proved to be the best: nothing can be less late or done earlier.")
        if answer["late"] == answer["late_bound"]:
            return self.env._(
                "Nothing can be less late. It takes at most %s working hours longer than the shortest possible.",
                self._hours(answer["longer_at_most"]),
            )
        return self.env._(
            "The best that was found: all orders together %(late)s hours late, nights included, at most %(more)s hours more than the least possible.",
            late=self._hours(answer["late"]), more=self._hours(answer["late"] - answer["late_bound"]),
        )

    def _best_in_words(self, tz, late, end):
        moment = self._moment(int(end), tz)
        return {
            "late": self.env._("%s hours", self._hours(late)) if late else self.env._("nothing"),
            "end": format_datetime(self.env, moment, tz=tz, dt_format="EEEE d MMMM, HH:mm"),
        }

    def _hours(self, minutes):
        return formatLang(self.env, minutes / 60, digits=1)
