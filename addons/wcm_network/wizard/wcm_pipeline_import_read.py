from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.wcm_mapping.postcode import normalise_postcode, postcode_point, sector_unknown

from ..readers import PipelineRow

KIT_TYPES = ("normal", "phantom")
# A home that is on site, or given up, is not planned anew by a file.
CLOSED_STATES = ("complete", "cancelled")
NAMED = 3


@dataclass(slots=True)
class Home:
    """What one row means here.

    :ivar site: the wcm.site, empty when it is to be made; then `region` is where
    :ivar values: of the build, by field
    """

    row: PipelineRow
    site: models.Model
    region: models.Model
    build: models.Model
    kit: models.Model
    values: dict = field(default_factory=dict)
    outcome: str = "error"
    reason: str = ""

    @property
    def site_key(self):
        return self.row.site.casefold()

    @property
    def key(self):
        return (self.site_key, self.row.name.casefold())

    def line_values(self):
        return {
            "row_number": self.row.row_number, "name": self.row.name, "site": self.row.site, "kit": self.row.kit,
            "date_required": self.row.dates.get("date_required"), "outcome": self.outcome, "reason": self.reason,
            "build_id": self.build.id,
        }


@dataclass
class File:
    """What the rows say together.

    :ivar seen: {key of a home: its row}
    :ivar regions: {key of a new site: its region}
    :ivar told: {kit: what a person should know of it}
    """

    homes: list
    seen: dict = field(default_factory=dict)
    regions: dict = field(default_factory=dict)
    told: dict = field(default_factory=dict)

    @cached_property
    def postcodes(self):
        """{key of a site: its first postcode in the file}"""
        written = [(home.site_key, normalise_postcode(home.row.postcode)) for home in self.homes if home.row.postcode]
        return dict(reversed(written))

    @cached_property
    def region_names(self):
        return dict(reversed([(home.site_key, home.row.region) for home in self.homes if home.row.region]))


class WcmPipelineImport(models.TransientModel):
    """From rows to what they mean here: which site, which kit, a new home or a known one."""

    _inherit = "wcm.pipeline.import"

    def _understood(self, rows):
        """A Home for each row, in their order."""
        sites, kits = self._sites_by_word(rows), self._kits_by_word(rows)
        homes = [self._home(row, sites.get(row.site.casefold()), kits.get(row.kit.casefold())) for row in rows]
        file, builds = File(homes), self._builds_by_key(homes)
        for home in homes:
            self._judge(home, builds, file)
        return homes

    def _home(self, row, sites, kits):
        none = self.env["wcm.site"]
        return Home(row, sites or none, self.env["wcm.region"], self.env["wcm.build"], kits or self.env["mrp.bom"])

    def _sites_by_word(self, rows):
        """{name or code in small letters: sites}, also those of other regions: a second one is not made."""
        Site = self.env["wcm.site"].sudo()
        return self._by_word(Site, {row.site for row in rows}, ("name", "code"))

    def _kits_by_word(self, rows):
        names = ("code", "product_tmpl_id.default_code", "product_tmpl_id.name")
        return self._by_word(self.env["mrp.bom"], {row.kit for row in rows}, names, Domain("type", "in", KIT_TYPES))

    def _by_word(self, records, words, names, domain=Domain.TRUE):
        """{word in small letters: records that have it by one of these names}, in one search."""
        words = {word.casefold() for word in words if word}
        asked = Domain.OR(Domain(name, "=ilike", _literal(word)) for word in words for name in names)
        found = defaultdict(records.browse)
        for record in records.search(domain & asked) if words else ():
            for word in {str(value).casefold() for name in names for value in record.mapped(name)} & words:
                found[word] |= record
        return found

    def _builds_by_key(self, homes):
        sites = self.env["wcm.site"].union(*(home.site for home in homes))
        builds = self.env["wcm.build"].search([("site_id", "in", sites.ids)])
        return {(build.site_id.id, build.name.casefold()): build for build in builds}

    def _judge(self, home, builds, file):
        """Outcome and reason; what is wrong with a row is said of that row."""
        try:
            self._check(home, file)
            home.site = home.site.sudo(False)
            home.build = builds.get((home.site.id, home.row.name.casefold()), home.build)
            home.values = self._values(home)
            home.outcome, home.reason = self._changes(home) if home.build else ("create", self._told(home, file))
        except UserError as error:
            home.outcome, home.reason = "error", str(error)

    def _check(self, home, file):
        if home.row.error:
            raise UserError(home.row.error)
        if home.key in file.seen:
            raise UserError(self.env._("The same home stands in row %s already.", file.seen[home.key]))
        file.seen[home.key] = home.row.row_number
        self._check_kit(home)
        if home.site:
            self._check_known_site(home)
        else:
            home.region = self._region_of(home, file)

    def _check_kit(self, home):
        name = home.row.kit
        if name and not home.kit:
            raise UserError(self.env._("No bill of materials is called “%s”, by its reference or its product. Make it first, or leave the kit empty.", name))
        if len(home.kit) > 1:
            raise UserError(self.env._("%(count)s bills of materials are called “%(name)s”. Give one a reference of its own and write that.", count=len(home.kit), name=name))
        if home.kit:
            home.kit._kit_quantities()

    def _check_known_site(self, home):
        if len(home.site) > 1:
            raise UserError(self.env._("Several sites are called “%s”. Write the code of the one that is meant.", home.row.site))
        if not home.site.sudo(False).has_access("read"):
            raise UserError(self.env._("“%s” belongs to another region. Ask its coordinator.", home.row.site))

    def _region_of(self, home, file):
        """Where a new site is: as the file says, or by its postcode."""
        row, postcode = home.row, file.postcodes.get(home.site_key)
        if not postcode:
            raise UserError(self.env._("The site “%s” is new. Give its postcode, so that distances are known.", row.site))
        if row.postcode and normalise_postcode(row.postcode) != postcode:
            raise UserError(self.env._("The site “%(site)s” has the postcode %(postcode)s in an earlier row.", site=row.site, postcode=postcode))
        row.postcode = postcode
        if home.site_key not in file.regions:
            file.regions[home.site_key] = self._new_region(row, file.region_names.get(home.site_key))
        return file.regions[home.site_key]

    def _new_region(self, row, name):
        place = postcode_point(row.postcode)
        if not place or sector_unknown(row.postcode):
            raise UserError(self.env._("“%s” is no postcode that is known.", row.postcode))
        region = self._named_region(name) if name else self._region_around(place)
        if not self.env.user.has_group("wcm_network.group_manager") and self.env.user not in region.sudo().coordinator_ids:
            raise UserError(self.env._("The site “%(site)s” is new and in %(region)s. Ask its coordinator.", site=row.site, region=region.name))
        return region

    def _named_region(self, name):
        region = self._by_word(self.env["wcm.region"], {name}, ("name", "code"))[name.casefold()]
        if len(region) != 1:
            raise UserError(self.env._("No region is called “%s”.", name))
        return region

    def _region_around(self, place):
        own = self.env["wcm.region"].search([("coordinator_ids", "in", self.env.uid)])
        region = self.env["wcm.region"]._outlined()._around(*place) or (own if len(own) == 1 else own.browse())
        if not region:
            raise UserError(self.env._("The postcode tells no region. Add a column “Region” and name it."))
        return region

    def _values(self, home):
        """What the file says of the build; what it leaves out stays as it is."""
        values = {"name": home.row.name, "date_required": home.row.dates["date_required"]}
        if home.kit:
            home.kit = home.kit.sudo(False)
            values["bom_id"] = home.kit.id
        for name in ("walls", "roof"):
            if day := home.row.dates.get(f"date_{name}"):
                values[f"{name}_after_days"] = (day - values["date_required"]).days
        return values

    def _told(self, home, file):
        """What a person should know of a new home."""
        new = [] if home.site else [self.env._("New site in %s.", home.region.name)]
        past = [self.env._("The date is in the past.")] if home.row.dates["date_required"] < fields.Date.context_today(self) else []
        if home.kit not in file.told:
            file.told[home.kit] = self._kit_told(home.kit)
        return " ".join([*new, *past, *file.told[home.kit]])

    def _kit_told(self, kit):
        """What nobody has said yet is asked for, never invented."""
        if not kit:
            return [self.env._("No kit yet: what it needs is not known.")]
        unknown = self._without_minutes(kit)
        names = ", ".join(product.default_code or product.name for product in unknown[:NAMED])
        more = self.env._(" and %s more", len(unknown) - NAMED) if len(unknown) > NAMED else ""
        return [self.env._("Nobody has said how long these take: %s.", names + more)] if unknown else []

    def _without_minutes(self, kit):
        products = kit.bom_line_ids.product_id
        boms = self.env["wcm.plan"]._boms(products)
        return products.filtered(lambda product: not boms[product].requirement_ids)

    def _changes(self, home):
        """Outcome and words for a home that is known."""
        build = home.build
        now = {name: build._fields[name].convert_to_write(build[name], build) for name in home.values}
        changed = [name for name, value in home.values.items() if name != "name" and now[name] != value]
        if not changed:
            return "same", ""
        if build.state in CLOSED_STATES:
            raise UserError(self.env._("This home is %s and is not changed any more.", self._state_of(build)))
        if "bom_id" in changed and build.work_order_count:
            raise UserError(self.env._("It has work orders for another kit. Change the kit by hand."))
        home.values = {name: home.values[name] for name in changed}
        return "update", "; ".join(self._change_in_words(build, name, home.values[name]) for name in changed)

    def _state_of(self, build):
        return dict(build._fields["state"]._description_selection(self.env))[build.state].lower()

    def _change_in_words(self, build, name, value):
        label = build._fields[name].get_description(self.env)["string"]
        was, now = build[name], value
        if name == "bom_id":
            was, now = was.display_name, build.bom_id.browse(value).display_name
        elif name == "date_required":
            was, now = format_date(self.env, was), format_date(self.env, now)
        return f"{label}: {was or '–'} → {now}"


def _literal(word):
    """Text for =ilike that stands for itself."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
