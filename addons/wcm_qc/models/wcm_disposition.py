from odoo import api, fields, models
from odoo.tools import SQL, format_date

DISPOSITIONS = [
    ("rework", "Rework"), ("repair", "Repair (concession)"), ("use_as_is", "Use as is (concession)"), ("return", "Return"), ("scrap", "Scrap"),
]
# The part is not as drawn, and is used all the same.
CONCESSIONS = ("use_as_is", "repair")
FOR_THE_MAKER = ("rework", "repair", "return")


class WcmDisposition(models.Model):
    """What becomes of one part of a nonconformity. Decided again, a new one replaces it; none is changed or deleted by hand."""

    _name = "wcm.disposition"
    _description = "Disposition"
    _inherit = ["wcm.facade"]
    _order = "id desc"

    _member_readable = frozenset({
        "nonconformity_id", "part_id", "part_name", "kind", "state", "reason", "steps", "until", "rework_note", "decided_on", "concession_words",
    })

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True, index=True, ondelete="restrict")
    part_id = fields.Many2one("wcm.part", readonly=True, index=True, ondelete="restrict")
    lot_id = fields.Many2one("stock.lot", readonly=True, index="btree_not_null", ondelete="restrict", help="Material that came in.")
    part_name = fields.Char("Serial or lot number", compute="_compute_part_name", compute_sudo=True)
    membership_id = fields.Many2one(related="nonconformity_id.membership_id", store=True, index=True)
    build_id = fields.Many2one(related="nonconformity_id.build_id", store=True)
    kind = fields.Selection(DISPOSITIONS, "Decision", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("to_do", "To do"), ("reworked", "Waits for its check"), ("done", "Done"), ("lapsed", "Ran out"), ("replaced", "Decided again")],
        required=True, default="to_do", readonly=True, index=True,
    )
    reason = fields.Text(readonly=True)
    steps = fields.Text(readonly=True, help="What is to be done, one step a line.")
    until = fields.Date("Holds until", readonly=True, help="The last day of the concession; empty: for one home.")
    concession_build_id = fields.Many2one("wcm.build", "Holds for", readonly=True, help="The home that the concession is for.")
    concession_words = fields.Char("Concession", compute="_compute_concession_words", compute_sudo=True)
    then = fields.Selection(
        [("repair", "Repaired, comes again"), ("replace", "The member makes another one"), ("credit", "Not owed any more")], "After the return", readonly=True,
    )
    replacement = fields.Selection([("same", "Same member"), ("other", "Another member"), ("none", "None yet")], readonly=True)
    replacement_order_id = fields.Many2one("wcm.work.order", "Replaced by", readonly=True, index="btree_not_null")
    decided_by_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True)
    decided_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reworked_by_id = fields.Many2one("res.users", "Reworked by", readonly=True)
    rework_note = fields.Text("What was done", readonly=True)
    done_by_id = fields.Many2one("res.users", "Done or checked by", readonly=True)
    done_on = fields.Datetime(readonly=True)

    _one_current = models.UniqueIndex("(nonconformity_id, part_id) WHERE state <> 'replaced'", "This part is decided on already.")

    _one_current_of_lot = models.UniqueIndex("(nonconformity_id) WHERE lot_id IS NOT NULL AND state <> 'replaced'", "This lot is decided on already.")
    _part_or_lot = models.Constraint("CHECK ((part_id IS NULL) <> (lot_id IS NULL))", "A decision is on one part, or on one lot of material.")

    @api.depends("part_id.name", "lot_id.name")
    def _compute_part_name(self):
        for one in self:
            one.part_name = one.part_id.name or one.lot_id.name

    @api.depends("kind", "until", "concession_build_id")
    def _compute_concession_words(self):
        for one in self:
            one.concession_words = one.kind in CONCESSIONS and one._concession_words()

    @api.depends("part_id.name", "lot_id.name", "kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{one.part_name}: {labels.get(one.kind, '')}"

    def _concession_words(self):
        if self.until:
            return self.env._("until %s", format_date(self.env, self.until))
        return self.env._("for %s only", self.concession_build_id.name or self.part_name)

    def _current(self):
        return self.filtered(lambda one: one.state != "replaced")

    def _retire(self):
        """Out of the way, in the database too, before there is a new one."""
        self.write({"state": "replaced"})
        self.flush_recordset(["state"])

    def _finish(self):
        """Carried out: the part goes on, where nothing else holds it."""
        self.write({"state": "done", "done_by_id": self.env.uid, "done_on": fields.Datetime.now()})
        for one in self.filtered(lambda one: one.part_id and one.part_id.state != "scrapped" and not one.part_id.is_held):
            one.part_id._log_release(one._release_note())

    def _release_note(self):
        if self.kind in CONCESSIONS:
            return self.env._("Accepted by concession %(name)s, %(words)s", name=self.nonconformity_id.name, words=self.concession_words)
        return self.env._("Reworked and checked again: %s", self.nonconformity_id.name)

    def _lapsed(self):
        """Concessions that do not cover their part any more; days are those of UTC, not of whoever moves the part."""
        today = fields.Date.today()
        return self.filtered(lambda one: one.state == "done" and one.kind in CONCESSIONS and (
            (one.until and one.until < today) or (one.concession_build_id and one.concession_build_id != one.part_id.build_id)
        ))

    @api.model
    def _cron_lapse_concessions(self):
        """Parts that are not installed are held again when their concession ran out, or was for another home."""
        self.env.flush_all()
        rows = self.env.execute_query(SQL(
            """SELECT d.id FROM wcm_disposition d LEFT JOIN wcm_part p ON p.id = d.part_id
                WHERE d.state = 'done' AND d.kind IN %s AND (p.id IS NULL OR p.state NOT IN ('installed', 'scrapped'))
                  AND (d.until < %s OR d.concession_build_id <> p.build_id)""",
            CONCESSIONS, fields.Date.today(),
        ))
        self.browse([row[0] for row in rows])._lapse()

    def _lapse(self):
        self.write({"state": "lapsed"})
        for nonconformity, lapsed in self.grouped("nonconformity_id").items():
            nonconformity._hold_again(lapsed.part_id, self.env._("The concession of %s ran out.", ", ".join(lapsed.mapped("part_name"))))

    def _lapsed_words(self):
        return self.env._("its concession (%s) does not hold any more, so a quality lead decides again", self.concession_words)

    def _hold_words(self):
        """What this part waits for, in its nonconformity."""
        return {
            "to_do": self.env._("it waits for its rework and a check by somebody else, or for a quality lead to decide again"),
            "reworked": self.env._("it waits for a check by somebody who did not make or rework it, or for a quality lead"),
            "lapsed": self.state == "lapsed" and self._lapsed_words(),
        }.get(self.state) or self.env._("a quality lead decides on it")

    def _kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]
