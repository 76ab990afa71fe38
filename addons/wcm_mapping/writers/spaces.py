"""What the files of open data have in common: the words of a space, and what a file says of itself. No Odoo.

A space is a dict as `wcm.facility._public_values()` gives it: plain values, None for what is not known or not published.
"""

from dataclasses import dataclass

from . import licences

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
    ("location_precision", "exact; street; postcode_sector: the middle of the postcode's sector, about a kilometre; town: some ten."),
    ("network_region", "Code of the region of the network that looks after it."),
    ("processes", "Codes of what it can do, separated by commas."),
    ("kit", "Its machines, when the space agreed: a list in JSON, words as in the data dictionary's table Kit."),
    ("evidence", "How well each process is proved, when the space agreed: declared (they say so), audited (somebody looked), demonstrated (good parts were made)."),
    ("free_capacity", "Hours free in the next four weeks, when the space agreed: none, some (up to 20 a week) or plenty, for each process."),
    ("website", "Web address, when the space agreed to publish its contact."),
    ("email", "E-mail address, when the space agreed to publish its contact."),
    ("phone", "Telephone, when the space agreed to publish its contact."),
    ("verified_on", "When somebody last checked this record, year-month-day."),
    ("illustrative", "yes: kit and processes are made up to show how the software works."),
    ("licence", "Licence of this record; of several sources, each of theirs."),
    ("attribution", "Whom to name when the record is used."),
    ("page", "The space's own page."),
)
FIELD_NAMES = tuple(name for name, _meaning in FIELDS)
# Name, meaning, unit: what a machine is told by. `readers/kit.py` reads each of these names again.
KIT_FIELDS = (
    ("id", "Stable number of the machine at this address.", ""),
    ("name", "What the space calls it.", ""),
    ("process", "Code of what it does.", ""),
    ("process_uri", "The same in a public vocabulary.", ""),
    ("make", "Who built it.", ""),
    ("model", "Its model.", ""),
    ("quantity", "How many identical machines.", "machines"),
    ("condition", "new, good, worn or out_of_order.", ""),
    ("envelope_x_mm", "Longest workpiece.", "mm"),
    ("envelope_y_mm", "Widest workpiece.", "mm"),
    ("envelope_z_mm", "Highest workpiece.", "mm"),
    ("materials", "Codes of the materials it works, separated by commas.", ""),
    ("thickness_max_mm", "Thickest material.", "mm"),
    ("tolerance_mm", "Best tolerance that it holds, plus or minus.", "mm"),
    ("tolerance_class", "General tolerances after ISO 2768-1: f, m, c or v.", ""),
    ("power_w", "Power of the spindle or laser.", "W"),
    ("spindle_speed_rpm", "Highest speed of the spindle.", "turns a minute"),
    ("photo", "Address of its photo.", ""),
)
KIT_NAMES = tuple(name for name, _meaning, _unit in KIT_FIELDS)


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

    def as_dict(self, spaces: list[dict]) -> dict:
        """For the head of a JSON file.

        :param spaces: the records in it
        """
        return {
            "title": self.title,
            "licence": self.licence,
            "attribution": self.attribution,
            "note": "Each record is under its own licence. Name every source of what you use, as its notice says.",
            "sources": licences.sources(spaces),
            "source": self.url,
            "total": self.total,
            "offset": self.offset,
            "next": self.next_url or None,
        }


def flat(space: dict) -> dict:
    """Each column's value as a table shows it; "" for nothing. Machines stay a list."""
    return {**{name: _cell(space.get(name)) for name in FIELD_NAMES if name != "kit"}, "kit": machines(space) or ""}


def machines(space: dict) -> list[dict]:
    """Without what is not known."""
    return [{name: value for name, value in machine.items() if value is not None} for machine in space.get("kit") or ()]


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {word}" for name, word in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(item["code"] for item in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else value
