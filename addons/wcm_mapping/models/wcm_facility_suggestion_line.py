from odoo import api, fields, models

POSITION = ("latitude", "longitude", "location_precision")
PLACED_BY_POSTCODE = ("unknown", "postcode_sector", "town")
EARNED = {"suggestion_id", "field", "value", "before", "taken"}


class WcmFacilitySuggestionLine(models.Model):
    """One field: what is there beside what is suggested."""

    _name = "wcm.facility.suggestion.line"
    _description = "Suggested Field"
    _order = "suggestion_id, id"

    suggestion_id = fields.Many2one("wcm.facility.suggestion", required=True, readonly=True, index=True, ondelete="cascade")
    state = fields.Selection(related="suggestion_id.state")
    field = fields.Char("Technical Name", required=True, readonly=True)
    value = fields.Json(readonly=True, help="Text, the key of a choice, or codes of processes.")
    label = fields.Char("Field", compute="_compute_texts")
    current = fields.Text("Now", compute="_compute_texts")
    suggested = fields.Text(compute="_compute_texts")
    is_same = fields.Boolean(compute="_compute_texts")
    chosen = fields.Boolean("Take", default=True)
    before = fields.Json(readonly=True, help="What the space's fields were before this was taken.")
    taken = fields.Json(readonly=True, help="What was written into the space.")

    @api.depends("field", "value", "suggestion_id.facility_id", "before")
    @api.depends_context("lang", "uid")
    def _compute_texts(self):
        for line in self:
            facility = line.suggestion_id.facility_id
            readable = facility.has_access("read") if facility else False
            line.label = line._label()
            line.current = line._text_of(facility) if readable else ""
            line.suggested = line._text()
            line.is_same = bool(readable) and line.current == line.suggested

    def _label(self):
        facilities = self.env["wcm.facility"]
        return self.env._("Processes") if self.field == "processes" else facilities._import_label(self.field)

    def _text_of(self, facility):
        if self.field != "processes":
            return facility._import_text(self.field, facility)
        return ", ".join(facility.process_ids.sorted("name").mapped("name"))

    def _text(self):
        if self.field != "processes":
            return self.env["wcm.facility"]._import_text(self.field, {self.field: self.value})
        text = ", ".join(self._processes().sorted("name").mapped("name"))
        return text + (self.env._(" (no longer: %s)", self._gone()) if self._gone() else "")

    def _processes(self):
        codes = [code for line in self if line.field == "processes" for code in line.value or ()]
        return self.env["wcm.process"].search([("code", "in", codes)])

    def _gone(self):
        """Names of the processes that a correction unticked."""
        lines = self.filtered(lambda line: line.field == "processes" and line.suggestion_id.kind == "correction")
        facility = lines.suggestion_id.facility_id
        readable = facility and facility.has_access("read")
        return ", ".join((facility.process_ids - lines._processes()).mapped("name")) if readable else ""

    def _has_field_access(self, field, operation):
        earned = operation == "write" and field.name in EARNED and not self.env.su
        return not earned and super()._has_field_access(field, operation)

    def write(self, vals):
        if not self.env.su:
            self.suggestion_id._check_in_review()
        return super().write(vals)

    def _facility_values(self, facility):
        """What taking this line writes into a space; a new postcode moves one that was placed by its old one."""
        self.ensure_one()
        if self.field == "processes":
            return {}
        values = {self.field: self.value or False}
        if self.field == "zip" and (not facility or facility.location_precision in PLACED_BY_POSTCODE):
            values.update(facility.new(values)._sector_values() or {})
        return values

    def _take(self, facility):
        """Write this line into a space, and remember what was there."""
        for line in self:
            values = line._facility_values(facility)
            before = {name: facility._plain_value(name) for name in values}
            facility.write(values)
            capabilities = line._add_capabilities(facility)
            line.sudo().write({"before": before, "taken": {**values, "capability_ids": capabilities.ids}})

    def _add_capabilities(self, facility):
        """What the public says a space can do is declared at most, and offers nobody any hours.

        A process that is said to be gone stays until somebody looked: the evidence for it is not the public's.
        """
        capabilities = self.env["wcm.capability"].with_context(active_test=False)
        known = capabilities.search([("facility_id", "=", facility.id)]).filtered("active").process_id | facility.process_ids
        wanted = self._processes() - known
        archived = capabilities.search([("facility_id", "=", facility.id), ("process_id", "in", wanted.ids)])
        archived.active = True
        missing = wanted - archived.process_id
        return archived | capabilities.create(
            [{"facility_id": facility.id, "process_id": process.id, "share_offered": 0} for process in missing]
        )

    def _give_back(self, facility):
        """Undo what was taken, as far as nobody has changed it since.

        :return: labels of what was changed since
        """
        kept = []
        for line in self.filtered("taken"):
            values = {name: value for name, value in line.taken.items() if name in (line.before or {})}
            if any(facility._plain_value(name) != value for name, value in values.items()):
                kept.append(line.label)
            else:
                facility.write(line.before or {})
            line._withdraw_capabilities()
            line.sudo().write({"before": False, "taken": False})
        return kept

    def _withdraw_capabilities(self):
        capabilities = self.env["wcm.capability"].browse(self.taken.get("capability_ids", ())).exists()
        capabilities.filtered(lambda capability: capability.evidence_level == "declared").action_archive()
