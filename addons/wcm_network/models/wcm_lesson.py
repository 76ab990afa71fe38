from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

KINDS = [("lesson", "Lesson"), ("interview", "Interview note"), ("sprint", "Sprint note")]
STAGES = [("discover", "Discover"), ("define", "Define"), ("develop", "Develop"), ("deliver", "Deliver")]
LICENCES = [("cc_by_4", "CC BY 4.0"), ("cc_by_sa_4", "CC BY-SA 4.0"), ("cc0", "CC0 1.0")]
# What is read by another person before it is published, and does not change after.
CONTENT = {"title", "text", "kind", "happened_on", "licence"}


class WcmLesson(models.Model):
    """What was learnt: a lesson, or notes of an interview or a sprint.

    A draft belongs to its author and the coordinators of its region. Another person reviews it; what is published is
    `public_text`, in which nobody is named who did not agree (`wcm.lesson.person`).
    """

    _name = "wcm.lesson"
    _description = "Lesson"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "happened_on desc, id desc"
    _rec_name = "title"

    _guarded = frozenset({
        "author_id", "author_agreed_on", "editor_ids", "review_note", "reviewed_by_id", "published_on", "withdrawn_on", "public_text", "public_words", "slug",
    })
    _member_readable = frozenset({
        "title", "kind", "happened_on", "state", "stage", "public_text", "public_words", "published_on", "licence", "region_name",
        "process_ids", "component_names", "is_mine", "byline", "about_name", "own_text", "own_review_note", "own_people", "own_agreed",
    })
    _member_writable = frozenset({"title", "kind", "happened_on", "stage", "process_ids", "licence", "own_text"})

    title = fields.Char(required=True)
    kind = fields.Selection(KINDS, default="lesson", required=True, index=True)
    text = fields.Html(help="As it was written down. Only its author and the coordinators of its region read this; what is published names nobody who did not agree, and has no pictures.")
    happened_on = fields.Date(default=fields.Date.context_today, required=True)
    author_id = fields.Many2one("res.users", "Written by", default=lambda self: self.env.uid, index=True, readonly=True, copy=False)
    author_agreed_on = fields.Datetime("Author agreed to be named on", readonly=True, copy=False, help="Said by the author, with the button “Name me”. Otherwise the lesson says “a member of the network”.")
    editor_ids = fields.Many2many("res.users", "wcm_lesson_editor_rel", string="Who wrote it", readonly=True, copy=False, help="None of them reviews it.")
    person_ids = fields.One2many("wcm.lesson.person", "lesson_id", "Who is named", copy=False)
    stage = fields.Selection(STAGES, "Stage of co-design", index=True)
    component_ids = fields.Many2many("product.product", string="Components")
    process_ids = fields.Many2many("wcm.process", string="Processes")
    about = fields.Reference(selection="_selection_about", index=True, copy=False)
    region_id = fields.Many2one("wcm.region", index=True, ondelete="restrict", help="Its coordinators see the draft and review it. Without one, managers do.")
    licence = fields.Selection(LICENCES, default="cc_by_4", required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_review", "In review"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        default="draft", required=True, readonly=True, index=True, copy=False, group_expand="_states_in_use",
    )
    review_note = fields.Text("What the reviewer asks for", readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", "Reviewed by", readonly=True, copy=False)
    published_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    names_left = fields.Text("Still in the text", compute="_compute_names_left")

    @api.model
    def _selection_about(self):
        names = self._about_models()
        return [(name, self.env["ir.model"]._get(name).name) for name in names if name in self.env]

    @api.model
    def _about_models(self):
        """Hook: what a lesson may be about."""
        return ["wcm.build", "wcm.work.order", "wcm.part", "product.product", "wcm.membership", "wcm.site", "wcm.plan", "wcm.shipment"]

    @api.depends("title", "text", "person_ids.name", "person_ids.also_called", "person_ids.role", "person_ids.consent")
    def _compute_names_left(self):
        for lesson in self:
            lesson.names_left = "\n".join(lesson._names_left()) or False

    @api.model_create_multi
    def create(self, vals_list):
        """The author is who writes it (`author_id` is guarded); what it is about, the author may read."""
        lessons = super().create([self._with_region(vals) for vals in vals_list])
        lessons._check_about()
        lessons._note_editor()
        return lessons

    @api.model
    def _with_region(self, vals):
        return vals if vals.get("region_id") else {**vals, "region_id": self._guess_region(vals.get("about")).id}

    @api.model
    def _guess_region(self, about):
        """Of what it is about, else of the writer's member, else the one region that the writer coordinates."""
        record = self._about_record(about)
        if "region_id" in record._fields and record.sudo().region_id:
            return record.sudo().region_id
        member = self.env["wcm.membership"].sudo().search([("user_ids", "in", self.env.uid)], limit=1)
        own = self.env["wcm.region"].sudo().search([("coordinator_ids", "in", self.env.uid)])
        return member.region_id or (own if len(own) == 1 else own.browse())

    @api.model
    def _about_record(self, about):
        """The record of `model,id`; nothing for anything else."""
        model, _comma, number = (about if isinstance(about, str) else "").partition(",")
        if model not in self._about_models() or not number.isdecimal() or len(number) > 9:
            return self.env["wcm.lesson"]
        return self.env[model].browse(int(number)).exists()

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        result = super().write(vals)
        if "about" in vals:
            self._check_about()
        if CONTENT & vals.keys():
            self._note_editor()
        return result

    def _check_may_change(self, vals):
        if CONTENT & vals.keys() and any(lesson.state != "draft" for lesson in self):
            raise UserError(self.env._("Only a draft can be changed. Take it back into a draft first: it is reviewed again then."))

    def _check_about(self):
        """A reference would tell its name to whoever may not read the record."""
        for lesson in self if not self.env.su else ():
            if lesson.about and not lesson.about.has_access("read"):
                raise AccessError(self.env._("You do not see what this lesson would be attached to."))

    def _note_editor(self):
        new = self.sudo().filtered(lambda lesson: self.env.user not in lesson.editor_ids)
        new.editor_ids = [fields.Command.link(self.env.uid)]

    @api.ondelete(at_uninstall=False)
    def _unlink_only_what_was_never_published(self):
        if any(lesson.published_on for lesson in self):
            raise UserError(self.env._("What was published is withdrawn, not deleted, so that its address can say so."))

    @api.constrains("title")
    def _check_title(self):
        if any(not lesson.title.strip() for lesson in self):
            raise ValidationError(self.env._("Give the lesson a title."))

    def _is_reviewer(self):
        """A manager, or a coordinator of its region."""
        user = self.env.user
        return self.env.su or user.has_group("wcm_network.group_manager") or (
            user.has_group("wcm_network.group_coordinator") and user in self.sudo().region_id.coordinator_ids
        )

    def _reviewers(self):
        """Who is told that it waits: coordinators of its region who did not write it, else managers."""
        lesson = self.sudo()
        coordinators = lesson.region_id.coordinator_ids.filtered(lambda user: user.has_group("wcm_network.group_coordinator")) - lesson.editor_ids
        return coordinators or self.env.ref("wcm_network.group_manager").sudo().user_ids.filtered("active") - lesson.editor_ids
