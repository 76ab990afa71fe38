from datetime import timedelta

from odoo import api, fields, models

# Hours a week that a process has free in the coming weeks: up to the first "none", up to the second "some".
LITTLE_HOURS, MANY_HOURS = 1, 20
WEEKS_AHEAD = 4


class WcmFacility(models.Model):
    """What a space agreed to publish of its machines, its evidence and its free hours: nothing, unless it said so."""

    _inherit = "wcm.facility"

    publish_kit = fields.Boolean(
        "Publish the Kit",
        tracking=True,
        help="The space agreed that anybody may see its machines: make, model, size, power, materials, condition, photo.",
    )
    publish_evidence = fields.Boolean(
        "Publish the Evidence",
        tracking=True,
        help="The space agreed that anybody may see whether a process is declared, audited or demonstrated.",
    )
    publish_capacity = fields.Boolean(
        "Publish Free Capacity",
        tracking=True,
        help="The space agreed that anybody may see, in three steps, whether a process has hours free in the next "
        "four weeks: none, some (up to 20 hours a week), plenty. Never the hours themselves.",
    )

    def _public_records(self, base_url, fallback):
        records = super()._public_records(base_url, fallback)
        photos = self.filtered("publish_kit").equipment_ids._photo_checksums()
        free = self._public_free_capacity()
        for facility, record in zip(self, records, strict=True):
            record["kit"] = facility._public_kit(base_url, photos)
            record["evidence"] = facility._public_evidence()
            record["free_capacity"] = free.get(facility.id)
        return records

    def _public_kit(self, base_url, photos):
        """One dict a machine, or None; the words are `writers.KIT_FIELDS`."""
        machines = self.equipment_ids if self.publish_kit else self.equipment_ids.browse()
        return [machine._public_machine(base_url, photos) for machine in machines] or None

    def _public_evidence(self):
        known = self.capability_ids if self.publish_evidence else self.capability_ids.browse()
        return {capability.process_id.code: capability.evidence_level for capability in known} or None

    def _public_free_capacity(self):
        """{space: {process code: none, some or plenty}}, of those that agreed."""
        capabilities = self.filtered("publish_capacity").capability_ids
        if not capabilities:
            return {}
        hours = capabilities._hours_by_week(self._next_monday(), WEEKS_AHEAD, measure="hours_free")
        free = {}
        for capability in capabilities:
            word = _step(sum(hours[capability.id]) / WEEKS_AHEAD)
            free.setdefault(capability.facility_id.id, {})[capability.process_id.code] = word
        return free

    @api.model
    def _next_monday(self):
        today = fields.Date.today()
        return today + timedelta(days=7 - today.weekday())


def _step(hours_a_week):
    """So coarse that nobody reads another's order book from it."""
    if hours_a_week < LITTLE_HOURS:
        return "none"
    return "some" if hours_a_week <= MANY_HOURS else "plenty"
