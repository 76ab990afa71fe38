import logging
import time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config, split_every

from .wcm_facility_import import UNDER_WAY

_logger = logging.getLogger(__name__)

BATCH = 250
# Longer imports go on in the background, batch by batch.
WAITED_FOR_ROWS = 500
# A file of more bytes is not even read while somebody waits.
WAITED_FOR_BYTES = 3_000_000
# Reading begins with the rows that are read already, so one turn of the scheduler should bring it far;
# Odoo ends a scheduler that takes more than two minutes.
SECONDS_MORE = 45


class WcmFacilityImport(models.Model):
    """A long import goes on in the background: each batch is committed, so it can be stopped, or killed, and goes on.

    What is done is told by the rows themselves: while reading by those that are there, while applying by their
    `is_applied`. The import's own record is not written in between: whoever stops it waits for one batch at most.
    """

    _inherit = "wcm.facility.import"

    worker_id = fields.Many2one("res.users", "Started By", readonly=True, copy=False, ondelete="set null")
    row_count = fields.Integer("Rows in the File", readonly=True, copy=False)
    problem = fields.Char(readonly=True, copy=False, help="Why it stopped before its end.")
    progress_done = fields.Integer("Rows Done", compute="_compute_progress")
    progress_total = fields.Integer("Rows to Do", compute="_compute_progress")

    def _compute_progress(self):
        """Counted in full, also where some of the rows are not for the reader."""
        lines = self.env["wcm.facility.import.line"].sudo()
        for run in self:
            mine, applying = Domain("import_id", "=", run.id), run.state == "applying"
            run.progress_done = lines.search_count(mine & Domain("is_applied", "=", True) if applying else mine)
            left = lines.search_count(mine & lines._pending_domain()) if applying else 0
            run.progress_total = run.progress_done + left if applying else run.row_count

    def action_stop(self):
        """What is written stays; applying goes on from there when it is pressed again."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "reading":
            self.sudo().write({"state": "draft", "problem": self.env._("%s stopped the reading.", self.env.user.name)})
        elif self.state == "applying":
            told = {"who": self.env.user.name, "done": self.progress_done, "total": self.progress_total}
            reason = self.env._(
                "%(who)s stopped it after %(done)s of %(total)s rows. “Import” goes on from there.", **told
            )
            self.sudo().write({"state": "previewed", "problem": reason})

    def _start_reading(self, background=True):
        rows = None if background and self._is_too_long_to_read() else self._read_rows()
        self._begin("reading", len(rows or ()))
        if rows is None or (background and self._is_too_long(len(rows))):
            self._trigger()
        else:
            for _done in self._read_steps(rows):
                pass

    def _start_applying(self, background=True):
        self._begin("applying", self.row_count)
        if background and self._is_too_long(len(self._pending_ids())):
            self._trigger()
        else:
            for _done in self._apply_steps():
                pass

    def _begin(self, state, row_count):
        self.sudo().write({"state": state, "worker_id": self.env.uid, "row_count": row_count, "problem": False})

    def _trigger(self):
        self.env.ref("wcm_mapping.cron_import").sudo()._trigger()

    @api.model
    def _is_too_long(self, count):
        """Whether nobody should wait for so many rows. Where no scheduler runs, somebody has to."""
        return count > WAITED_FOR_ROWS and bool(config["max_cron_threads"])

    def _is_too_long_to_read(self):
        size = self.with_context(bin_size=False).file
        return bool(size and config["max_cron_threads"]) and len(size) * 3 // 4 > WAITED_FOR_BYTES

    def _read_steps(self, rows):
        """Write what would become of each row, a batch a step; yields how many rows it was.

        Rows that are read already are decided about once more and not written: later ones may repeat them.
        """
        known = self._read_known(rows)
        here = self.sudo().env["wcm.facility.import.line"].search_count([("import_id", "=", self.id)])
        for row in rows[:here]:
            self._plan_row(row, known)
        for batch in split_every(BATCH, rows[here:], list):
            self._create_lines([self._plan_row(row, known) for row in batch])
            yield len(batch)
        self._create_lines(self._plan_gone(rows))
        self._end_reading()

    def _create_lines(self, lines):
        self.env["wcm.facility.import.line"].sudo().create([{"import_id": self.id, **line} for line in lines])

    def _end_reading(self):
        self.sudo().write({"state": "previewed"})
        if self.source_id:
            self.source_id._take_preview(self)

    def _apply_steps(self):
        """Write what the preview said, a batch a step; yields how many rows it was."""
        for ids in split_every(BATCH, self._pending_ids(), list):
            self.env["wcm.facility.import.line"].browse(ids)._apply()
            yield len(ids)
        self._end_applying()

    def _pending_ids(self):
        """Rows that the user sees and that are to be applied, in the file's order."""
        lines = self.env["wcm.facility.import.line"]
        return lines.search(Domain("import_id", "=", self.id) & lines._pending_domain()).ids

    def _end_applying(self):
        left = len(self.sudo()._pending_ids())
        reason = left and self.env._(
            "Left for somebody else, because their spaces lie in regions that are not yours: %s rows.", left
        )
        self.sudo().write({"state": "previewed" if left else "done", "problem": reason or False})

    @api.model
    def _cron_go_on(self):
        """Go on with what is under way, also after the server was killed in the middle."""
        end = self.env.context.get("cron_end_time", float("inf"))
        runs = self.search([("state", "in", UNDER_WAY)], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(runs))
        for run in runs:
            if time.monotonic() > end:
                return
            run._go_on_and_tell(end + SECONDS_MORE)

    def _go_on_and_tell(self, end):
        try:
            self._as_worker()._go_on(end)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # somebody changed the same at the same time: the scheduler begins that batch again
        except Exception as error:
            # Whatever it is, the next import waits behind this one, and a person waits for a word.
            self.env.cr.rollback()
            self._give_up(error)
            self.env["ir.cron"]._commit_progress()

    def _as_worker(self):
        """With the rights and in the words of whoever started it."""
        user = self.worker_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, import_in_background=True)

    def _go_on(self, end):
        """Batch after batch, each committed, until it is over, somebody stops it or the turn is over."""
        state, steps = self.state, None
        while self._is_still(state):
            steps = steps or self._steps()
            count = next(steps, 0)
            self.env["ir.cron"]._commit_progress(count, remaining=self._remaining(count))
            self.env.invalidate_all()
            if time.monotonic() > end:
                return

    def _steps(self):
        if self.state == "applying":
            return self._apply_steps()
        rows = self._read_rows()
        self.sudo().row_count = len(rows)
        return self._read_steps(rows)

    def _is_still(self, state):
        """Whether it is still to go on; nobody else changes that until the batch is committed."""
        locked = self.sudo().try_lock_for_update(allow_referencing=True)
        return bool(locked) and locked.state == state

    def _remaining(self, count):
        """Rows left to do, as the scheduler wants to know; something while anything is left."""
        return max(self.progress_total - self.progress_done, 1) if count else 0

    def _give_up(self, error):
        known = isinstance(error, UserError)
        if not known:
            _logger.error("Import %s stopped", self.id, exc_info=error)
        unknown = self.env._(
            "It stopped for a reason that nobody foresaw; what it had written stays. Tell your administrator."
        )
        state = "draft" if self.state == "reading" else "previewed"
        self.sudo().write({"state": state, "problem": str(error) if known else unknown})
        if self.source_id:
            self.source_id._take_failure(self.problem)
