from datetime import timedelta

from odoo import api, fields, models

DAYS = {"walls": "walls_after_days", "roof": "roof_after_days"}
# What moves the dates of stages.
MOVERS = frozenset({"date_required", "bom_id", "date_walls", "date_roof", *DAYS.values()})


class WcmBuild(models.Model):
    """A home goes up by stages: each component is needed when its stage begins, not all on the first day."""

    _inherit = "wcm.build"

    walls_after_days = fields.Integer(
        "Walls: days later", compute="_compute_stage_days", store=True, readonly=False, precompute=True,
        help="Days between the first blocks on site and the walls. From the kit, unless typed.",
    )
    roof_after_days = fields.Integer(
        "Roof: days later", compute="_compute_stage_days", store=True, readonly=False, precompute=True,
        help="Days between the first blocks on site and the roof. From the kit, unless typed.",
    )
    date_walls = fields.Date("Walls on site", compute="_compute_stage_dates", inverse="_inverse_date_walls")
    date_roof = fields.Date("Roof on site", compute="_compute_stage_dates", inverse="_inverse_date_roof")

    _stage_days_positive = models.Constraint(
        "CHECK(walls_after_days >= 0 AND roof_after_days >= 0)",
        "Walls and roof cannot be on site before the first blocks.",
    )

    @api.depends("bom_id")
    def _compute_stage_days(self):
        """Without a kit they stay as they are."""
        for build in self:
            for name in DAYS.values():
                build[name] = build.bom_id[name] if build.bom_id else build[name]

    @api.depends("date_required", *DAYS.values())
    def _compute_stage_dates(self):
        for build in self:
            for stage, days in DAYS.items():
                build[f"date_{stage}"] = build.date_required and build.date_required + timedelta(days=build[days])

    def _inverse_date_walls(self):
        self._set_stage_days("walls")

    def _inverse_date_roof(self):
        self._set_stage_days("roof")

    def _set_stage_days(self, stage):
        for build in self:
            day = build[f"date_{stage}"] or build.date_required
            build[DAYS[stage]] = (day - build.date_required).days

    def write(self, vals):
        """Components that stood on the date of their stage move with it; those with a date of their own stay."""
        if not vals.keys() & MOVERS:
            return super().write(vals)
        following = self.line_ids.filtered(lambda line: line.date_required == line._stage_date())
        result = super().write(vals)
        (following - self._typed_lines(vals))._take_stage_date()
        return result

    def _typed_lines(self, vals):
        """Components whose date, or that, is changed by hand in the same breath."""
        commands = [command for command in vals.get("line_ids", ()) if command[0] in (1, 2)]
        return self.env["wcm.build.line"].browse(
            command[1] for command in commands if command[0] == 2 or "date_required" in command[2]
        )

    def _stage_date(self, stage):
        """When the components of a stage are needed on site; False while nobody has said when the build begins."""
        return self[f"date_{stage}"] if stage in DAYS else self.date_required
