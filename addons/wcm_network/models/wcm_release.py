import logging
import time

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .wcm_work_order_release import RUNNING_STATES

_logger = logging.getLogger(__name__)

# Somebody changes the same at the same time: nothing is wrong with the orders, and it is tried again in a moment.
RETRIED = (LockError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
PAUSE = 0.5
# Work orders that are released in one transaction; a purchase order is never divided.
BATCH = 40
# One turn of the scheduler should bring it far; Odoo ends a scheduler that takes more than two minutes.
SECONDS_MORE = 45


class WcmRelease(models.Model):
    """Many work orders, released in the background.

    Each batch is one transaction, so it can be stopped, or killed, and goes on. How far it is, is told by the orders:
    those that are still accepted and have no problem are to be done. So none is made twice, whoever releases it.
    """

    _name = "wcm.release"
    _description = "Release of work orders"
    _inherit = ["wcm.guarded"]
    _order = "id desc"

    user_id = fields.Many2one("res.users", "Started by", required=True, readonly=True, index=True, ondelete="restrict")
    state = fields.Selection([("running", "Releasing"), ("stopped", "Stopped"), ("done", "Done")], default="running", required=True, readonly=True)
    message = fields.Char(readonly=True, help="How it ended, in words.")
    order_ids = fields.One2many("wcm.work.order", "release_id", "Work orders", readonly=True)
    problem_ids = fields.One2many("wcm.work.order", "release_id", "Not released", domain=[("release_problem", "!=", False)], readonly=True)
    progress_total = fields.Integer("Work orders in it", compute="_compute_progress")
    progress_done = fields.Integer("Looked at", compute="_compute_progress")
    released_count = fields.Integer("Released", compute="_compute_progress")
    problem_count = fields.Integer("With a problem", compute="_compute_progress")

    def _compute_progress(self):
        """Counted in full, also where some of the orders are not for the reader."""
        orders = self.env["wcm.work.order"].sudo()
        for release in self:
            mine = Domain("release_id", "=", release.id)
            release.progress_total = orders.search_count(mine)
            release.progress_done = release.progress_total - orders.search_count(mine & self._pending_domain())
            release.problem_count = orders.search_count(mine & Domain("release_problem", "!=", False))
            release.released_count = orders.search_count(mine & Domain("state", "in", RUNNING_STATES))

    @api.depends("create_date")
    def _compute_display_name(self):
        for release in self:
            release.display_name = self.env._("Release of %s", fields.Date.to_string(release.create_date) or "")

    @api.model
    def _pending_domain(self):
        return Domain("state", "=", "accepted") & Domain("release_problem", "=", False)

    @api.model
    def _start(self, orders):
        """Release these one batch after the other; whoever asks is shown how far it is. Pressed twice, it is one."""
        under_way = orders.sudo().release_id.filtered(lambda one: one.state == "running" and one.user_id == self.env.user)
        if under_way and not orders.sudo() - under_way[0].order_ids:
            return under_way[0].sudo(False)._open()
        release = self.sudo().create({"user_id": self.env.uid}).sudo(False)
        orders.sudo().write({"release_id": release.id, "release_problem": False})
        release._trigger()
        return release._open()

    def _open(self):
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "name": self.display_name}

    @api.model
    def _trigger(self):
        self.env.ref("wcm_network.cron_release").sudo()._trigger()

    def action_stop(self):
        """What is released stays; it goes on from there when that is pressed."""
        self.ensure_one()
        self._check_own()
        if self.state == "running":
            self.sudo().write({"state": "stopped", "message": self.env._("%s stopped it.", self.env.user.name)})

    def action_go_on(self):
        """Also those that had a problem are tried again."""
        self.ensure_one()
        self._check_own()
        if self.state == "running":
            return
        self.sudo().problem_ids.release_problem = False
        self.sudo().write({"state": "running", "message": False, "user_id": self.env.uid})
        self._trigger()

    def action_open_orders(self):
        self.ensure_one()
        self._check_own()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_work_order")
        return {**action, "domain": [("release_id", "=", self.id)], "context": {}}

    def _check_own(self):
        """Who may see it may stop it and go on with it."""
        self.check_access("read")
        self.env["wcm.work.order"]._check_coordinator()

    @api.model
    def _cron_go_on(self):
        """Go on with what is under way, also after the server was killed in the middle."""
        end = self.env.context.get("cron_end_time", float("inf"))
        releases = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=sum(release._count_left() for release in releases))
        for release in releases:
            try:
                release._as_user()._go_on(end + SECONDS_MORE)
            except RETRIED:
                self.env.cr.rollback()  # the next turn begins that batch again
                self.env.invalidate_all()
                time.sleep(PAUSE)
        if self.search_count([("state", "=", "running")], limit=1):
            self._trigger()  # without it the next turn comes when the scheduler looks by itself, once a minute

    def _as_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz)

    def _go_on(self, end):
        """Batch after batch, each committed, until it is over, somebody stops it or the turn is over."""
        while time.monotonic() < end and self._is_still_running():
            batch = self._next_batch()
            self._release_batch(batch)
            self.env.invalidate_all()
            if not self._count_left():
                self._end()
            self.env["ir.cron"]._commit_progress(len(batch), remaining=self._count_left())
            self.env.invalidate_all()

    def _count_left(self):
        return self.progress_total - self.progress_done

    def _is_still_running(self):
        """Nobody else changes that until the batch is committed."""
        locked = self.sudo().try_lock_for_update(allow_referencing=True)
        return bool(locked) and locked.state == "running"

    def _next_batch(self):
        """Whole purchase orders, a batch or more of orders."""
        orders = self.env["wcm.work.order"].sudo().search(Domain("release_id", "=", self.id) & self._pending_domain())
        batch = orders.browse()
        for group in orders._groups_of_purchase():
            if len(batch) >= BATCH:
                break
            batch |= group
        return batch.sudo(False)

    def _release_batch(self, batch):
        """All together; where that fails each purchase order by itself, so that one costs no other."""
        ready = batch.filtered(lambda order: not order._note_obstacle())
        if ready and not self._try_release(ready):
            for group in ready._groups_of_purchase():
                self._try_release(group, tell=True)
        batch._note_left_over()

    def _try_release(self, orders, tell=False):
        try:
            with self.env.cr.savepoint():
                orders._release_at_once()
            return True
        except RETRIED:
            raise  # not for this order: the whole batch is begun again
        except Exception as error:
            if tell:
                orders._note_problem(self._words(error, orders))
            return False

    def _words(self, error, orders):
        if isinstance(error, UserError):
            return str(error)
        _logger.error("Release of %s failed", orders.ids, exc_info=error)
        return self.env._("It could not be released for a reason that nobody foresaw. Tell your administrator.")

    def _end(self):
        problems = self.problem_count
        message = problems and self.env._("%(count)s work orders could not be released; each says why.", count=problems)
        self.sudo().write({"state": "done", "message": message or False})
