import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..postcode import postcode_point

_logger = logging.getLogger(__name__)


class WcmCapabilitySearch(models.Model):
    """A question: who can make this, how near, with how many hours free, before when?

    It belongs to who asked it and is answered with that person's rights, whoever runs it.
    """

    _name = "wcm.capability.search"
    _description = "Capability Question"
    _inherit = ["mail.thread"]
    _order = "write_date desc, id desc"

    name = fields.Char("Question", compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    active = fields.Boolean(default=True)
    process_id = fields.Many2one("wcm.process", required=True, ondelete="cascade")
    material_id = fields.Many2one("wcm.material", help="Spaces whose kit lists its materials, but not this one, miss it.")
    size_x_mm = fields.Integer("Length (mm)", help="Of the part or sheet, in mm. It may be turned. 0: does not matter.")
    size_y_mm = fields.Integer("Width (mm)", help="Of the part or sheet, in mm. It may be turned. 0: does not matter.")
    size_z_mm = fields.Integer("Height (mm)", help="Of the part, or thickness of the sheet, in mm. 0: does not matter.")
    tolerance_mm = fields.Float("Tolerance (± mm)", digits=(8, 3), help="Plus or minus, in mm. 0: does not matter.")
    evidence_level = fields.Selection(
        lambda self: self.env["wcm.capability"]._fields["evidence_level"].selection,
        "Evidence at Least",
        default="declared",
        required=True,
    )
    facility_id = fields.Many2one("wcm.facility", "Near the Space", ondelete="set null")
    zip = fields.Char("Near the Postcode")
    latitude = fields.Float(digits=(10, 7), compute="_compute_position", store=True, readonly=False, help="Degrees north.")
    longitude = fields.Float(digits=(10, 7), compute="_compute_position", store=True, readonly=False, help="Degrees east.")
    radius_km = fields.Integer("Within (km)", default=60, help="Estimated road distance in km. 0: anywhere.")
    hours_needed = fields.Float("Free Hours Needed", help="Clock hours of the process. 0: does not matter.")
    date_before = fields.Date(
        "Before", default=lambda self: fields.Date.context_today(self) + timedelta(weeks=8), help="The day it must be made by."
    )
    alert = fields.Boolean("Tell Me", help="Ask again every day, and send a message when a new space fits.")
    last_found_on = fields.Datetime("Last Answered", readonly=True, copy=False)
    match_ids = fields.One2many("wcm.capability.match", "search_id", "Answers", readonly=True)
    fit_count = fields.Integer("Fits", compute="_compute_fit_count")

    _figures_positive = models.Constraint(
        "CHECK(size_x_mm >= 0 AND size_y_mm >= 0 AND size_z_mm >= 0 AND tolerance_mm >= 0"
        " AND radius_km >= 0 AND hours_needed >= 0)",
        "Sizes, tolerance, distance and hours cannot be negative.",
    )
    _latitude_range = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90)", "A latitude lies between -90 and 90 degrees."
    )
    _longitude_range = models.Constraint(
        "CHECK(longitude BETWEEN -180 AND 180)", "A longitude lies between -180 and 180 degrees."
    )

    @api.depends("process_id", "size_x_mm", "size_y_mm")
    def _compute_name(self):
        """What it is about, until somebody gives it a name."""
        for search in self:
            parts = [search.process_id.name, search._size_text(search.size_x_mm, search.size_y_mm)]
            search.name = ", ".join(filter(None, parts)) or self.env._("New question")

    @api.depends("facility_id", "zip")
    def _compute_position(self):
        for search in self:
            search.latitude, search.longitude = search._place() or (search.latitude, search.longitude)

    def _place(self):
        """Hook: where the question is asked from; None when only coordinates can say so.

        A stored field is computed with all rights: a space tells its place to who may see it.
        """
        if facility := self.facility_id.sudo(False)._filtered_access("read"):
            return facility.latitude, facility.longitude
        return postcode_point(self.zip)

    @api.depends("match_ids.outcome")
    def _compute_fit_count(self):
        counts = dict(
            self.env["wcm.capability.match"]._read_group(
                [("search_id", "in", self.ids), ("outcome", "=", "fits")], ["search_id"], ["__count"]
            )
        )
        for search in self:
            search.fit_count = counts.get(search, 0)

    def action_find(self):
        """Answer now."""
        for search in self:
            search._check_can_be_answered()
            search._find()

    def action_open_map(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_capability_match")
        action["domain"] = [("search_id", "=", self.id)]
        action["display_name"] = self.name
        return action

    def _check_can_be_answered(self):
        if self.zip and not self.facility_id and not postcode_point(self.zip):
            raise UserError(
                self.env._("No place is known for the postcode “%(zip)s”. Correct it, or type coordinates.", zip=self.zip)
            )
        if self.radius_km and not self._has_place():
            raise UserError(self.env._("Say from where: name a space, a postcode or coordinates; or ask for 0 km: anywhere."))
        if self.hours_needed and not self.date_before:
            raise UserError(self.env._("Say before which day the hours are needed."))

    def _has_place(self):
        return bool(self.latitude or self.longitude)

    def _find(self):
        """Replace the answers. The asker's rights decide what is seen, not those of who runs it."""
        self.ensure_one()
        answers = self.with_user(self.create_uid)._answers()
        self.sudo().match_ids.unlink()
        self.env["wcm.capability.match"].sudo().create(answers)
        self.sudo().last_found_on = fields.Datetime.now()

    @api.model
    def _cron_alert(self):
        today = fields.Date.context_today(self)
        waiting = self.search([("alert", "=", True), "|", ("date_before", "=", False), ("date_before", ">", today)])
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for search in waiting.filtered("create_uid.active"):
            search._alert_if_answered()
            self.env["ir.cron"]._commit_progress(1)

    def _alert_if_answered(self):
        """A question that says too little, or whose asker has lost the right to ask, keeps nobody else's from their answers."""
        try:
            self._check_can_be_answered()
            with self.env.cr.savepoint():
                self._alert()
        except UserError as error:
            _logger.warning("The daily question %s is not answered: %s", self.id, error)

    def _alert(self):
        """Ask again; a message when a space fits that did not before."""
        before = self._fitting()
        self._find()
        if new := self._fitting() - before:
            self._tell(self.match_ids.filtered(lambda match: match.facility_id in new))

    def _fitting(self):
        return self.match_ids.filtered(lambda match: match.outcome == "fits").facility_id

    def _tell(self, matches):
        lines = Markup().join(
            Markup("<li>%s</li>") % self.env._("%(space)s, %(km)d km", space=match.facility_id.name, km=match.distance_km)
            for match in matches
        )
        self.message_post(
            body=Markup("<p>%s</p><ul>%s</ul>") % (self.env._("New spaces fit:"), lines),
            subject=self.env._("New answer: %s", self.name),
            partner_ids=self.create_uid.partner_id.ids,
        )

    def _size_text(self, *lengths):
        """ "2440 × 1220 mm"; empty when nothing is asked."""
        return f"{' × '.join(str(length) for length in lengths)} mm" if all(lengths) else ""

    def _day_text(self):
        return format_date(self.env, self.date_before, date_format="d MMMM")
