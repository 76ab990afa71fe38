"""What the files of open data have in common: the words of a space, and what a file says of itself. No Odoo.

A space is a dict as `wcm.facility._public_values()` gives it: plain values, None for what is not known or not published.
"""

from dataclasses import dataclass

# Name, meaning: the columns of a table, in their order. `readers/columns.py` reads each of these names again.
FIELDS = (
    ("id", "Stable number of the space at this address."),
    ("name", "What the space is called."),
    ("organisation_type", "Kind of organisation: community_business, social_enterprise, sme, charity, cooperative, education, public_body, individual."),
    ("status", "planned, active, temporary_closure or closed."),
    ("access_type", "restricted, restricted_public_hours, shared_space, public or membership."),
    ("opening_hours", "When it is open."),
    ("description", "What the space is and does, in its own words."),
    ("street", "Street and number."),
    ("street2", "Building or district."),
    ("city", "Town."),
    ("county", "County."),
    ("postcode", "Postcode; only its sector when that is the precision agreed."),
    ("country", "Two-letter country code, ISO 3166."),
    ("latitude", "Degrees north, WGS84."),
    ("longitude", "Degrees east, WGS84."),
    ("location_precision", "exact, or postcode_sector: the middle of the postcode's sector, about a kilometre."),
    ("network_region", "Code of the region of the network that looks after it."),
    ("processes", "Codes of what it can do, separated by commas."),
    ("website", "Web address, when the space agreed to publish its contact."),
    ("email", "E-mail address, when the space agreed to publish its contact."),
    ("phone", "Telephone, when the space agreed to publish its contact."),
    ("verified_on", "When somebody last checked this record, year-month-day."),
    ("illustrative", "yes: kit and processes are made up to show how the software works."),
    ("licence", "Licence of this record."),
    ("attribution", "Whom to name when the record is used."),
    ("page", "The space's own page."),
)
FIELD_NAMES = tuple(name for name, _meaning in FIELDS)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself.

    :ivar url: the stable address that the file was asked from
    :ivar next_url: where it goes on, empty at its end
    :ivar total: spaces that fit the question; the file holds `limit` of them at most, from `offset` on
    """

    title: str
    licence: str
    attribution: str
    url: str
    total: int
    offset: int = 0
    limit: int = 0
    next_url: str = ""

    def as_dict(self) -> dict:
        """For the head of a JSON file."""
        return {
            "title": self.title,
            "licence": self.licence,
            "attribution": self.attribution,
            "note": "A record that names its own licence and attribution is under those.",
            "source": self.url,
            "total": self.total,
            "offset": self.offset,
            "next": self.next_url or None,
        }


def flat(space: dict) -> dict:
    """Each column's value as a table shows it; "" for nothing."""
    return {name: _cell(space.get(name)) for name in FIELD_NAMES}


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(item["code"] for item in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else value
