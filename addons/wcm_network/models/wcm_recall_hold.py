from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class WcmRecall(models.Model):
    """Hold all, and release all again: set by set in the database, each part with its event."""

    _inherit = "wcm.recall"

    def action_hold(self):
        """Hold every part that fits and is not held by this yet; repeated, it holds what was made since."""
        self._check_may_hold()
        self._check_can_hold()
        ids = self.env["wcm.part"]._search(self._to_hold_domain()).get_result_ids()
        if not ids and self.state == "draft" and not self.sheet_count:
            raise UserError(self.env._("No part fits and no sheets are left, so there is nothing to hold."))
        self.sudo()._hold(list(ids))
        return True

    def action_release(self):
        """Let every part go that nothing else holds."""
        self.ensure_one()
        if not (self.release_reason or "").strip():
            raise UserError(self.env._("Say why these parts may go on: it is kept with each of them."))
        self._check_may_release()
        self.sudo()._release()
        return True

    def _check_can_hold(self):
        if self.state == "released":
            raise UserError(self.env._("%s is over. Begin another recall.", self.name))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say what is wrong: it is kept with each part, and the members read it."))

    def _hold(self, ids):
        """Who is first into the recall is told; what is in it already is left alone."""
        self._lock()
        new = self._take_in(ids)
        self._set_held(new)
        self._log_many(new, "holding", self.reason)
        values = {"state": "held", "held_count": self.held_count + len(new)}
        if self.state == "draft":
            values |= {"held_by_id": self.env.uid, "held_on": fields.Datetime.now()}
        self.write(values)
        self._note_regions()
        self._tell_members(new)

    def _release(self):
        self._lock()
        self.write({"state": "released", "released_by_id": self.env.uid, "released_on": fields.Datetime.now()})
        self._log_many(self._set_free(), "releasing", self.release_reason)

    def _lock(self):
        """One at a time: two clicks hold once."""
        self.lock_for_update()
        self.env["wcm.part"].flush_model()
        self.flush_recordset()

    def _take_in(self, ids):
        rows = self.env.execute_query(SQL(
            "INSERT INTO wcm_recall_part_rel (recall_id, part_id) SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING RETURNING part_id",
            self.id, ids,
        ))
        self.invalidate_recordset(["part_ids", "found_count", "more_count", "summary"])
        return [part_id for (part_id,) in rows]

    def _set_held(self, ids):
        """As `wcm.part._hold_reasons()` would say it: recalls last, the newest at the end."""
        self.env.execute_query(SQL(
            """UPDATE wcm_part SET is_held = true, hold_reason = concat_ws('; ', NULLIF(hold_reason, ''), %s), write_uid = %s, write_date = %s
                WHERE id = ANY(%s) RETURNING 1""",
            self._hold_reason(), self.env.uid, fields.Datetime.now(), ids,
        ))
        self._parts_changed(ids)

    def _set_free(self):
        """The ids of parts that nothing holds any more; most have no other reason than this recall."""
        free = self.env.execute_query(SQL(
            """UPDATE wcm_part part SET is_held = false, hold_reason = NULL, write_uid = %s, write_date = %s
                 FROM wcm_recall_part_rel rel
                WHERE rel.recall_id = %s AND rel.part_id = part.id AND part.hold_reason = %s RETURNING part.id""",
            self.env.uid, fields.Datetime.now(), self.id, self._hold_reason(),
        ))
        ids = [part_id for (part_id,) in free]
        self._parts_changed(ids)
        held_otherwise = self.env["wcm.part"].search([("recall_ids", "in", self.ids), ("is_held", "=", True)])
        held_otherwise._refresh_hold()
        return ids + held_otherwise.filtered(lambda part: not part.is_held).ids

    def _parts_changed(self, ids):
        """What follows from a part being held follows by its order: one part of each is enough to say so."""
        Part = self.env["wcm.part"]
        Part.invalidate_model(["is_held", "hold_reason", "recall_ids"])
        rows = self.env.execute_query(SQL("SELECT min(id) FROM wcm_part WHERE id = ANY(%s) GROUP BY work_order_id", ids))
        Part.browse([part_id for (part_id,) in rows]).modified(["is_held"])

    def _log_many(self, ids, biz_step, note):
        self.env["wcm.part.event"]._append_many(ids, biz_step, note, {"recall": self.name})

    def _note_regions(self):
        groups = self.env["wcm.part"]._read_group([("recall_ids", "in", self.ids)], ["membership_id", "build_id"])
        self.region_ids = self.env["wcm.region"].union(*(member.region_id | build.region_id for member, build in groups))

    def _tell_members(self, ids):
        """One message for each member, to its own people, about its own parts."""
        groups = self.env["wcm.part"]._read_group([("id", "in", ids)], ["membership_id"], ["__count"])
        for member, count in groups:
            people = member.user_ids.partner_id
            if people:
                member.message_notify(
                    partner_ids=people.ids, subject=self.env._("Parts are held: %s", self.name),
                    body=self.env._(
                        "%(count)s of your parts are held and may not be packed, sent or installed. %(reason)s. You see them under Parts.",
                        count=count, reason=self._hold_reason(),
                    ),
                )

    @api.model
    def _hold_new(self, parts):
        """What is made from a recalled sheet or machine while the recall is on is held too."""
        for recall in self.sudo().search([("state", "=", "held")]):
            ids = self.env["wcm.part"].sudo().search(Domain("id", "in", parts.ids) & recall._to_hold_domain()).ids
            if ids:
                recall._hold(ids)
