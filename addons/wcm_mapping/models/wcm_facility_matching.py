from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..matching import Place, Places, normalise_address, normalise_name, normalise_website

# Only a merge says what became of a duplicate.
MERGED = {"merged_into_id", "merged_ids"}


class WcmFacility(models.Model):
    """By what a space is recognised: kept as columns, so that a database full of them is asked in one query."""

    _inherit = "wcm.facility"

    match_name = fields.Char(compute="_compute_match_name", store=True, help="The name as it is compared.")
    match_address = fields.Char(compute="_compute_match_address", store=True, help="The address as it is compared.")
    match_website = fields.Char(compute="_compute_match_website", store=True, help="The website as it is compared.")
    merged_into_id = fields.Many2one(
        "wcm.facility",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
        help="This record is another one's duplicate. It stays, archived, with what its source said of it.",
    )
    merged_ids = fields.One2many(
        "wcm.facility", "merged_into_id", "Merged Records", context={"active_test": False}, readonly=True
    )

    duplicate_count = fields.Integer("Possible Duplicates", compute="_compute_duplicate_count")

    _match_name_idx = models.Index("(match_name, latitude) WHERE match_name IS NOT NULL")
    _match_address_idx = models.Index("(match_address) WHERE match_address IS NOT NULL")
    _match_website_idx = models.Index("(match_website, latitude) WHERE match_website IS NOT NULL")
    _external_id_idx = models.Index("(external_id) WHERE external_id IS NOT NULL")
    _merged_is_archived = models.Constraint(
        "CHECK(active IS NOT TRUE OR merged_into_id IS NULL)",
        "This space was merged into another one. Undo the merge instead of unarchiving it.",
    )

    @api.depends("name")
    def _compute_match_name(self):
        for facility in self:
            facility.match_name = normalise_name(facility.name or "") or False

    @api.depends("street", "street2", "zip", "city")
    def _compute_match_address(self):
        for facility in self:
            street = f"{facility.street or ''} {facility.street2 or ''}"
            facility.match_address = normalise_address(street, facility.zip or "", facility.city or "") or False

    @api.depends("website")
    def _compute_match_website(self):
        for facility in self:
            facility.match_website = normalise_website(facility.website or "") or False

    def _compute_duplicate_count(self):
        pairs = self.env["wcm.facility.duplicate"]
        for facility in self:
            facility.duplicate_count = (
                pairs.search_count(facility._duplicates_domain()) if pairs.has_access("read") else 0
            )

    def _duplicates_domain(self):
        """Open pairs that the space is one of."""
        mine = Domain("facility_id", "in", self.ids) | Domain("other_id", "in", self.ids)
        return mine & Domain("state", "=", "open") & self.env["wcm.facility.duplicate"]._standing_domain()

    def _has_field_access(self, field, operation):
        by_hand = operation == "write" and field.name in MERGED and not self.env.su
        return not by_hand and super()._has_field_access(field, operation)

    def unlink(self):
        """The records merged into a space go with it."""
        merged = self.sudo().merged_ids.sudo(self.env.su)
        return super(WcmFacility, self | merged).unlink()

    def action_open_duplicates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility_duplicate")
        return {**action, "domain": list(self._duplicates_domain()), "context": {}}

    def action_compare(self):
        """Two spaces side by side, to be merged."""
        self.check_access("write")
        if len(self) != 2:
            raise UserError(self.env._("Select two spaces: these are compared and merged."))
        if not all(self.mapped("active")):
            raise UserError(self.env._("One of the two is archived. Unarchive it first, or leave it as it is."))
        return self.env["wcm.facility.duplicate"]._of(*self.sorted("id"))._open_form()

    def action_open_merge(self):
        """How this record became a part of another."""
        self.ensure_one()
        pairs = self.env["wcm.facility.duplicate"]
        return pairs.search([("other_id", "=", self.id), ("state", "=", "merged")], limit=1)._open_form()

    def _merged_or_self(self):
        """The space that a record now stands for."""
        self.ensure_one()
        return self.sudo().merged_into_id.sudo(self.env.su) or self

    @api.model
    def _places_like(self, names, addresses):
        """Spaces that share a name or an address with a list; archived ones too.

        :param names: as they are written
        :param addresses: as `normalise_address` says them
        """
        keys = [("match_name", {normalise_name(name) for name in names}), ("match_address", addresses)]
        places = Places()
        for facility in self._sharing(keys):
            standing = facility._merged_or_self()
            if standing == facility or standing.has_access("read"):
                places.add(facility.name, facility._place(standing), facility.match_address or "")
        return places

    def _sharing(self, keys):
        needed = ["name", "latitude", "longitude", "location_precision", "zip", "source_host", "external_id"]
        facilities = self.with_context(active_test=False)
        found = [
            facilities.search_fetch([(name, "in", list(words - {""}))], [*needed, "match_address", "merged_into_id"])
            for name, words in keys
        ]
        return facilities.union(*found)

    def _place(self, standing):
        """Where this record says that a space is, for the space that it stands for now."""
        return Place(standing, self._position(), self.zip or "", self.source_host or "", bool(self.external_id))
