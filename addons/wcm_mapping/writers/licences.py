"""Whose data is in a file, and what their licences ask to be said. No Odoo."""

from collections import Counter

ADDRESSES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "OGL 3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
# How others write them.
ALIASES = {"odbl": "ODbL 1.0", "open database license": "ODbL 1.0", "cc0": "CC0 1.0", "cc-by-4.0": "CC BY 4.0", "cc by": "CC BY 4.0"}
# Section 4.3 of the Open Database License asks for these words.
ODBL = (
    "Contains information from {whom}, which is made available here under the Open Database License (ODbL) 1.0. "
    "Who makes a database from it and shows it to others must offer that under the same licence."
)
PLAIN = "{whom}, {licence}. Places may be coarser here than at the source, and fields left out."


def address(licence: str) -> str | None:
    """Where the licence's text stands; None for one that we do not know."""
    return ADDRESSES.get(_known(licence))


def sources(spaces: list[dict]) -> list[dict]:
    """Each source of these records once, with how many of them it gave, the largest first."""
    counts = Counter((source["licence"], source["attribution"]) for space in spaces for source in space["sources"])
    return [
        {
            "licence": licence,
            "licence_url": address(licence),
            "attribution": attribution,
            "notice": notice(licence, attribution),
            "records": count,
        }
        for (licence, attribution), count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    ]


def notice(licence: str, attribution: str | None) -> str:
    """What to print beside the data."""
    words = ODBL if _known(licence) == "ODbL 1.0" else PLAIN
    return words.format(whom=attribution or "a source that asks for no name", licence=licence)


def _known(licence: str) -> str:
    return ALIASES.get(licence.strip().lower(), licence.strip())
