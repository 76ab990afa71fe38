from odoo import api, fields, models
from odoo.exceptions import UserError

from ..postcode import postcode_position, sector_of
from .base_geocoder import Busy
from .wcm_facility_place import POINT, RANK


class WcmFacility(models.Model):
    """Finding a space by its address or its postcode; where a person set the pin it stays."""

    _inherit = "wcm.facility"

    place_wanted_by_id = fields.Many2one(
        "res.users",
        "Being Looked Up For",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Its address is asked for in the background.",
    )
    place_trouble = fields.Char("Not Found Because", readonly=True, copy=False)
    has_postcode_place = fields.Boolean(compute="_compute_has_postcode_place")

    @api.depends("zip")
    def _compute_has_postcode_place(self):
        for facility in self:
            facility.has_postcode_place = bool(postcode_position(facility.zip))

    def action_find_place(self):
        """By the address, when looking it up is allowed; otherwise by the postcode."""
        self.check_access("write")
        kept = self.filtered(lambda f: f._is_pinned())
        todo = self - kept
        if len(self) == 1 and kept:
            raise UserError(self._pinned_text())
        if len(todo) > 1 and self.env["base.geocoder"]._may_look_up():
            return todo._look_up_later(kept)
        found = todo.filtered(lambda facility: facility._find_place())
        if len(self) == 1 and not found:
            raise UserError(self._nowhere_text())
        return self._tell_repaired(found, note=todo.place_trouble if len(todo) == 1 else "")

    def _is_pinned(self):
        """A pin that a person set is not for a machine to move."""
        return self.location_precision == "manual" and self.location_issue != "null_island"

    def _pinned_text(self):
        return self.env._(
            "%(name)s has a pin that was set by hand. Drag it, or empty latitude and longitude first.", name=self.name
        )

    def _nowhere_text(self):
        if self.place_trouble:
            return self.place_trouble
        return self.env._(
            "No place is known for the postcode “%(zip)s” of %(name)s. Correct the "
            "postcode, or type its latitude and longitude.",
            zip=self.zip or "",
            name=self.name,
        )

    def _find_place(self):
        """Take the best that is known; whether that is better than what was there."""
        self.ensure_one()
        values, trouble = self._address_values()
        values = values or self._postcode_values()
        self._write_place({"place_trouble": trouble, "place_wanted_by_id": False})
        better = values and (self.location_issue or RANK[values["location_precision"]] > RANK[self.location_precision])
        if better:
            self._repair("address" if values["place_source"] == "openstreetmap" else "postcode", values)
        elif values:
            self._write_place({"place_trouble": self.env._("What was found is no better than what is there.")})
        return bool(better)

    def _address_values(self):
        """(what the internet says of its address, why it does not)"""
        geocoder = self.env["base.geocoder"]
        if not (geocoder._may_look_up() and (self.street or self.city)):
            return None, False
        try:
            found = geocoder._look_up(self._address_text(), self.country_id.code)
        except Busy:
            raise
        except UserError as error:
            return None, str(error)
        if not found:
            return None, self.env._("OpenStreetMap does not know this address.")
        values = {"latitude": found.latitude, "longitude": found.longitude, "location_precision": found.precision}
        return {**values, "place_source": "openstreetmap", "place_found": found.name}, False

    def _address_text(self):
        facility = self.with_context(lang="en_US")
        return self.env["base.geocoder"]._geo_query_address_default(
            facility.street, facility.zip, facility.city, facility.county, facility.country_id.name
        )

    def _postcode_values(self):
        values = self._sector_values()
        return values and {**values, "place_source": "postcode", "place_found": sector_of(self.zip)}

    def _sector_values(self):
        """Where its postcode is: the middle of the sector, or the town."""
        found = postcode_position(self.zip)
        return found and dict(zip((*POINT, "location_precision"), found, strict=True))

    def _look_up_later(self, kept):
        self._write_place({"place_wanted_by_id": self.env.uid, "place_trouble": False})
        self.env.ref("wcm_mapping.cron_find_places").sudo()._trigger()
        text = self.env._("%(count)s addresses are being looked up in the background, one a second.", count=len(self))
        return self._tell(text + self._kept_text(kept))

    def _kept_text(self, kept):
        if not kept:
            return ""
        return " " + self.env._("%(count)s pins that were set by hand stay where they are.", count=len(kept))

    @api.model
    def _cron_find_places(self):
        """Addresses that were asked for, each with the rights of who asked."""
        waiting = self.search([("place_wanted_by_id", "!=", False)], limit=1000)
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for facility in waiting:
            facility._find_wanted_place()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _find_wanted_place(self):
        asked_by = self.place_wanted_by_id
        if self._is_pinned():  # by somebody who did not wait
            self._write_place({"place_wanted_by_id": False})
            return
        try:
            with self.env.cr.savepoint():
                facility = self.with_user(asked_by)
                facility.check_access("write")
                facility._find_place()
        except Busy:
            return
        except UserError as error:
            self._write_place({"place_wanted_by_id": False, "place_trouble": str(error)})

    def action_locate(self):
        """Put the space in the middle of its postcode sector, or in the town of its postcode."""
        self.check_access("write")
        if len(self) == 1 and self._is_pinned():
            raise UserError(self._pinned_text())
        todo = self.filtered(lambda f: f.has_postcode_place and not f._is_pinned())
        if len(self) == 1 and not todo:
            raise UserError(self._nowhere_text())
        for facility in todo:
            facility._repair("postcode", facility._postcode_values())
        return self._tell_repaired(todo)
