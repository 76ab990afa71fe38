"""The same facts in schema.org's words, for search engines and whoever reads pages by machine."""

from . import licences

ENDINGS = {"okw.json": "application/json", "geojson": "application/geo+json", "csv": "text/csv",
           "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def space(values: dict) -> dict:
    """:param values: as `wcm.facility._public_values()` gives them"""
    return _without_nothing({
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": values["page"],
        "name": values["name"],
        "description": values["description"],
        "url": values["website"] or values["page"],
        "email": values["email"],
        "telephone": values["phone"],
        "openingHours": values["opening_hours"],
        "address": _address(values),
        "geo": _geo(values),
        "knowsAbout": [process["name"] for process in values["processes"]],
    })


def dataset(base_url: str, licence: str, attribution: str) -> dict:
    """The whole map as one set of data with its files."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base_url}/spaces",
        "name": "Production spaces",
        "description": "Workshops, maker spaces and small factories: where they are and what they can make.",
        "license": licences.address(licence) or licence,
        "creator": {"@type": "Organization", "name": attribution},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": f"{base_url}/open-data/spaces.{ending}"}
            for ending, media_type in ENDINGS.items()
        ],
    }


def _address(values: dict) -> dict | None:
    address = _without_nothing({
        "streetAddress": ", ".join(filter(None, (values["street2"], values["street"]))),
        "addressLocality": values["city"],
        "addressRegion": values["county"],
        "postalCode": values["postcode"],
        "addressCountry": values["country"],
    })
    return {"@type": "PostalAddress", **address} if address else None


def _geo(values: dict) -> dict | None:
    if values["latitude"] is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": values["latitude"], "longitude": values["longitude"]}


def _without_nothing(words: dict) -> dict:
    return {name: value for name, value in words.items() if value not in (None, "", [], {})}
