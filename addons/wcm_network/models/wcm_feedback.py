from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MOODS = [("problem", "Problem"), ("idea", "Idea"), ("praise", "Praise")]
LONGEST = 5000
LONGEST_PAGE = 500
# Of one person in a day; a system parameter says otherwise.
PER_DAY, MOST_PER_DAY = 30, 1000


class WcmFeedback(models.Model):
    """What somebody at a member told from its pages, about the page and record it was on; what was answered and done.

    The person that told it and the coordinators of the region read it: no other member, and no colleague.
    """

    _name = "wcm.feedback"
    _description = "Feedback of a member"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "id desc"
    _rec_name = "brief"

    # What was told stays as it was told; answers are given by the buttons.
    _guarded = frozenset({
        "text", "mood", "page", "about", "user_id", "membership_id", "key", "handler_id", "answered_on", "answered_by_id", "lesson_id", "is_read", "answer", "done", "told_on", "region_id",
    })
    _member_readable = frozenset({"text", "mood", "state", "brief", "told_on", "about_name", "answer", "done", "answered_on", "is_read"})

    text = fields.Text("What was told", required=True, readonly=True)
    brief = fields.Char(compute="_compute_brief", store=True)
    mood = fields.Selection(MOODS, required=True, readonly=True, index=True)
    page = fields.Char(readonly=True, help="The address of the page on which it was told, without the network's own name.")
    about = fields.Reference(selection="_selection_about", readonly=True, help="The record that was open.")
    about_name = fields.Char("About", compute="_compute_about_name")
    user_id = fields.Many2one("res.users", "Told by", readonly=True, index=True, ondelete="set null")
    membership_id = fields.Many2one("wcm.membership", "Member", readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    told_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    key = fields.Char(readonly=True, help="Made by the page for each message, so that one that is sent again is kept once.")
    state = fields.Selection(
        [("new", "New"), ("in_hand", "In hand"), ("answered", "Answered")],
        default="new", required=True, readonly=True, index=True, group_expand="_states_in_use",
    )
    handler_id = fields.Many2one("res.users", "Who has it", readonly=True, index=True)
    answer = fields.Text(help="The member reads it.", readonly=True)
    done = fields.Text("What was done about it", help="The member reads it.", readonly=True)
    answered_on = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True)
    is_read = fields.Boolean("Read by the member", readonly=True)
    lesson_id = fields.Many2one("wcm.lesson", "Lesson made of it", readonly=True, ondelete="set null")

    _key_once = models.UniqueIndex("(user_id, key) WHERE key IS NOT NULL", "This has been told already.")

    @api.model
    def _selection_about(self):
        names = self._about_models()
        return [(name, self.env["ir.model"]._get(name).name) for name in names if name in self.env]

    @api.model
    def _about_models(self):
        """Hook: what members have open on their pages."""
        return ["wcm.work.order", "wcm.part", "wcm.shipment", "wcm.capability", "wcm.membership", "wcm.sheet.purchase", "wcm.work.sequence", "wcm.lesson", "wcm.feedback"]

    @api.depends("text")
    def _compute_brief(self):
        for feedback in self:
            words = " ".join((feedback.text or "").split())
            feedback.brief = words if len(words) <= 60 else f"{words[:60].rsplit(' ', 1)[0]} …"

    @api.depends("about")
    @api.depends_context("uid")
    def _compute_about_name(self):
        for feedback, told in zip(self, self.sudo(), strict=True):
            seen = told.about and told.about.exists().with_user(self.env.user)
            feedback.about_name = seen.display_name if seen and seen.has_access("read") else False

    @api.model
    def workshop_tell(self, text=None, mood=None, page=None, about=None, key=None):
        """Keep what a person at a member tells; told again with the same key it is kept once.

        :param about: {model, id} of the record that is open, if any; one that the person does not see is left out
        """
        member = self._member_of_caller()
        text = text.strip() if isinstance(text, str) else ""
        if not text:
            raise UserError(self.env._("Write something first."))
        if len(text) > LONGEST:
            raise UserError(self.env._("Up to %s letters fit. Send the rest in another one.", f"{LONGEST:,}"))
        key = key[:64] if isinstance(key, str) and key else False
        if key and self.sudo().search_count([("user_id", "=", self.env.uid), ("key", "=", key)], limit=1):
            return True
        self._check_not_too_much()
        self.sudo().create({
            "text": text, "mood": mood if mood in dict(MOODS) else "problem", "page": page[:LONGEST_PAGE] if isinstance(page, str) else False,
            "about": self._about_told(about), "user_id": self.env.uid, "membership_id": member.id, "key": key,
        })._tell_coordinators()
        return True

    @api.model
    def _member_of_caller(self):
        """Whose pages these are; of several memberships the first."""
        member = self.env["wcm.membership"]._workshop_memberships() if self.env.user.has_group("wcm_network.group_member_factory") else self.env["wcm.membership"]
        if not member:
            raise AccessError(self.env._("Only people of a member tell something here."))
        return member[:1]

    @api.model
    def _about_told(self, about):
        model, number = (about.get("model"), about.get("id")) if isinstance(about, dict) else (None, None)
        if model not in self._about_models() or type(number) is not int or not 0 < number < 2**31:
            return False
        record = self.env[model].browse(number).exists()
        return f"{model},{number}" if record and record.has_access("read") else False

    @api.model
    def _check_not_too_much(self):
        text = self.env["ir.config_parameter"].sudo().get_param("wcm_network.feedback_per_person_and_day") or ""
        most = max(1, min(int(text[:9]), MOST_PER_DAY)) if text.isascii() and text.isdigit() else PER_DAY
        if not self.env["wcm.suggestion.count"].sudo()._allows("feedback", str(self.env.uid), most, 24):
            raise UserError(self.env._("You told %s things today already. Send this one tomorrow, or call your coordinator.", most))

    def _tell_coordinators(self):
        """Problems by mail at once; ideas and praise wait in the inbox."""
        for feedback in self.filtered(lambda one: one.mood == "problem"):
            people = feedback.region_id.coordinator_ids.filtered(lambda user: user.has_group("wcm_network.group_coordinator"))
            people = people or self.env.ref("wcm_network.group_manager").user_ids.filtered("active")
            feedback._mail(
                people.partner_id, self.env._("%(member)s tells a problem", member=feedback.membership_id.name),
                feedback.text, f"{feedback.get_base_url()}/odoo/feedback/{feedback.id}",
            )

    def _mail(self, partners, subject, words, address):
        body = self.env["ir.qweb"]._render("wcm_network.lesson_mail", {"words": words, "title": subject, "address": address})
        self.env["mail.thread"].sudo().message_notify(partner_ids=partners.ids, subject=subject, body=body)
