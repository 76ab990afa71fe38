from odoo import api, fields, models
from odoo.fields import Domain

from ..postcode import sector_of

# Written here, by what happens to a space, and nowhere else.
RECORDED = {"published_on", "published_by_id"}
CONTACT = ("website", "email", "phone")


class WcmFacility(models.Model):
    """What a space agreed to publish, and the one method that says what leaves the house."""

    _inherit = "wcm.facility"

    published_precision = fields.Selection(
        [
            ("exact", "Exact"),
            ("postcode_sector", "Postcode sector"),
            ("hidden", "Hidden"),
        ],
        string="Publish the Place",
        default="postcode_sector",
        required=True,
        tracking=True,
        help="How exactly the public may know where it is. Exact: address and point. Postcode sector: town and "
        "the middle of the postcode's sector. Hidden: its county and country only.",
    )
    publish_contact = fields.Boolean(
        "Publish the Contact",
        tracking=True,
        help="The space agreed that anybody may see its website, e-mail address and telephone.",
    )
    published_on = fields.Datetime(readonly=True, copy=False, help="Since when it is on the public map.")
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """What comes from open data is known to that precision already."""
        prepared = []
        for vals in vals_list:
            exact = {"published_precision": "exact"} if vals.get("source", "manual") != "manual" else {}
            prepared.append({**exact, **_without_recorded(vals)})
        facilities = super().create(prepared)
        facilities._record_publication()
        return facilities

    def write(self, vals):
        result = super().write(_without_recorded(vals))
        if "visibility" in vals:
            self._record_publication()
        return result

    def _record_publication(self):
        """Who listed it and when; a space that is taken off the map has neither."""
        now = {"published_on": fields.Datetime.now(), "published_by_id": self.env.uid}
        listed = self.filtered(lambda facility: facility.visibility == "public")
        super(WcmFacility, listed.filtered(lambda facility: not facility.published_on)).write(now)
        super(WcmFacility, (self - listed).filtered("published_on")).write(dict.fromkeys(RECORDED, False))

    @api.model
    def _published_domain(self, region=None, process=None, text=None):
        """What anybody may see of what fits a question.

        :param region: code of a region
        :param process: code of a process
        :param text: part of a name or town
        """
        domain = Domain("visibility", "=", "public") & Domain("active", "=", True)
        if region:
            domain &= Domain("region_id.code", "=", region)
        if process:
            # By number: the planner knows then how many spaces do it.
            domain &= Domain("process_ids", "in", self.env["wcm.process"].sudo().search([("code", "=", process)]).ids)
        if text:
            domain &= self._published_text_domain(text)
        return domain

    @api.model
    def _published_text_domain(self, text):
        """Only in words that are published: a search must not tell what the page keeps back."""
        processes = self.env["wcm.process"].sudo().search(
            Domain("name", "ilike", text) | Domain("aliases", "ilike", text)
        )
        return self._published_words_domain(text) | Domain("process_ids", "in", processes.ids)

    def _public_values(self):
        """The only source of what leaves the house: a list of plain dicts, words as in `writers.FIELDS`.

        Spaces that are not listed are left out, whoever asks. Never in here: who runs it, prices, rates, hours,
        what an import kept, people.
        """
        base_url = self.browse().get_base_url()
        fallback = self._open_data_terms()
        return self.filtered_domain(self._published_domain())._public_records(base_url, fallback)

    def _public_records(self, base_url, fallback):
        return [facility._public_record(base_url, fallback) for facility in self]

    def _public_record(self, base_url, fallback):
        self.ensure_one()
        sources = self._public_sources(fallback)
        return {
            "id": self.id,
            **self._public_words(),
            **self._public_place(),
            **{name: (self.publish_contact and self[name]) or None for name in CONTACT},
            "processes": [{"code": p.code, "name": p.name, "uri": p.uri or None} for p in self.process_ids],
            "licence": "; ".join(dict.fromkeys(source["licence"] for source in sources)),
            "attribution": "; ".join(filter(None, (source["attribution"] for source in sources))) or None,
            "sources": sources,
            "page": base_url + self._public_path(),
        }

    def _public_sources(self, fallback):
        """Whose data this is: its own source, and those of the records that were merged into it, each once."""
        records = self | self.merged_ids.filtered("licence")
        pairs = [(record.licence, record.attribution) if record.licence else fallback for record in records]
        return [{"licence": licence, "attribution": whom or None} for licence, whom in dict.fromkeys(pairs)]

    def _public_words(self):
        names = ("name", "organisation_type", "status", "access_type", "opening_hours", "description")
        return {
            **{name: self[name] or None for name in names},
            "network_region": self.region_id.code or None,
            "verified_on": self.verified_on.isoformat() if self.verified_on else None,
            "illustrative": self.is_illustrative,
        }

    def _public_place(self):
        """Address and point as exact as agreed; no point that is known to be wrong."""
        agreed = self.published_precision
        exact, hidden = agreed == "exact", agreed == "hidden"
        latitude, longitude, precision = self._public_point()
        return {
            "street": (exact and self.street) or None,
            "street2": (exact and self.street2) or None,
            "city": (not hidden and self.city) or None,
            "county": self.county or None,
            "postcode": None if hidden else self._public_postcode(exact),
            "country": self.country_id.code or None,
            "latitude": latitude,
            "longitude": longitude,
            "location_precision": precision,
        }

    def _public_postcode(self, exact):
        return (self.zip if exact else sector_of(self.zip)) or None

    def action_open_public_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._public_path(), "target": "new"}

    def _public_path(self):
        return f"/spaces/{self.id}-{self.env['ir.http']._slugify(self.name) or 'space'}"

    @api.model
    def _open_data_terms(self):
        """Licence and attribution of what was typed in here."""
        parameters = self.env["ir.config_parameter"].sudo()
        licence = parameters.get_param("wcm_mapping.open_data_licence") or "CC BY 4.0"
        attribution = parameters.get_param("wcm_mapping.open_data_attribution") or self.env.company.name
        return licence, attribution


def _without_recorded(vals):
    return {name: value for name, value in vals.items() if name not in RECORDED}
