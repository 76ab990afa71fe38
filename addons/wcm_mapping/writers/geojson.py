"""GeoJSON (RFC 7946): one feature a space; no geometry where no place is published."""

import json

from .spaces import About, flat

BESIDES = {"latitude", "longitude"}


def write(spaces: list[dict], about: About) -> bytes:
    document = {"type": "FeatureCollection", **about.as_dict(spaces), "features": [_feature(space) for space in spaces]}
    return json.dumps(document, ensure_ascii=False).encode()


def _feature(space: dict) -> dict:
    properties = {name: value for name, value in flat(space).items() if name not in BESIDES and value != ""}
    return {"type": "Feature", "id": space["id"], "geometry": _point(space), "properties": properties}


def _point(space: dict) -> dict | None:
    if space["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [space["longitude"], space["latitude"]]}
