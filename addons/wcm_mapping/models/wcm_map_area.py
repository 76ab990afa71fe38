from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..geo import EARTH_RADIUS_KM, Circle, read_area


class WcmMapArea(models.AbstractModel):
    """Lets a model be searched by a circle or polygon that somebody drew on its map.

    It is a condition as any other, so the map, the list, a pivot, an export and a favourite agree
    on what lies inside: `[("map_area", "=", "circle 51.45 -2.59 20")]`, see `geo.read_area`.
    """

    _name = "wcm.map.area"
    _description = "Place on a Map"

    _map_place = ("latitude", "longitude")

    map_area = fields.Char("Area on the Map", store=False, search="_search_map_area", exportable=False)

    def _search_map_area(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._map_area_domain(text) for text in value)

    def _map_area_domain(self, text):
        """Within the box, which an index finds, and then exactly."""
        area = self._map_area(text)
        latitude, longitude = self._map_place
        south, west, north, east = area.box
        box = [(latitude, ">=", south), (latitude, "<=", north), (longitude, ">=", west), (longitude, "<=", east)]
        placed = Domain(latitude, "!=", 0) | Domain(longitude, "!=", 0)
        inside = Domain.custom(
            to_sql=lambda model, alias, query: model._map_area_sql(area, alias, query),
            predicate=lambda record: area.contains(record[latitude], record[longitude]),
        )
        return placed & Domain(box) & inside

    def _map_area(self, text):
        try:
            return read_area(text)
        except (ValueError, AttributeError) as error:
            raise UserError(
                self.env._("“%(text)s” is no area: draw a circle or a polygon on the map.", text=text)
            ) from error

    def _map_area_sql(self, area, alias, query):
        place = [SQL("%s::float8", self._field_to_sql(alias, name, query)) for name in self._map_place]
        return _within_circle(area, *place) if isinstance(area, Circle) else _within_polygon(area, *place)


def _within_circle(area, latitude, longitude):
    """The great circle, as `geo.haversine_km`."""
    return SQL(
        "2 * %(radius)s * asin(LEAST(1, sqrt(sind((%(y)s - %(north)s) / 2) ^ 2"
        " + cosd(%(north)s) * cosd(%(y)s) * sind((%(x)s - %(east)s) / 2) ^ 2))) <= %(km)s",
        radius=EARTH_RADIUS_KM,
        y=latitude,
        x=longitude,
        north=area.latitude,
        east=area.longitude,
        km=area.km,
    )


def _within_polygon(area, latitude, longitude):
    """Crossings of a ray to the east, as `geo.Polygon`: odd inside."""
    sides = list(zip(area.ring, area.ring[1:] + area.ring[:1], strict=True))
    crossed = [_crossing(*one, *other) for one, other in sides if one[1] != other[1]]
    return SQL(
        "(SELECT (%s) %% 2 = 1 FROM (SELECT %s AS east, asinh(tand(LEAST(GREATEST(%s, -85.05), 85.05))) AS north) AS point)",
        SQL(" + ").join(crossed) or SQL("0"),
        longitude,
        latitude,
    )


def _crossing(x1, y1, x2, y2):
    """SQL: 1 where the side from one corner to the other is met, else 0."""
    return SQL(
        "((%(y1)s > north) <> (%(y2)s > north) AND east < %(dx)s * (north - %(y1)s) / %(dy)s + %(x1)s)::int",
        x1=x1, y1=y1, y2=y2, dx=x2 - x1, dy=y2 - y1,
    )  # fmt: skip
