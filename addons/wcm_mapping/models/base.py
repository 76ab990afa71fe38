from functools import cache
from math import cos, radians

from lxml import etree

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..geo import haversine_km
from ..world import WORLD, column_of, latitude_of, longitude_of, projected_x, projected_y, row_of

# Up to so many points are sent one by one; more are counted where they lie close together.
POINTS_AT_ONCE = 1000
# What lies in one square of 2 ** CELL pixels is one cluster, however many it holds.
CELL = 6
TILE = 8  # The world is a square of 2 ** TILE pixels at zoom 0.
EVERYWHERE = (-90, -180, 90, 180)
LARGEST = 1e9  # of what a caller may ask with; degrees too: somebody may have dragged a map round the world
LIST_PAGE = 40


class Base(models.AbstractModel):
    """What the view type `wcm_map` asks of any model with coordinates.

    The view says which fields hold the place, title and colour; a caller names the view, never a
    column. Everything counts what the caller may see: the query is that of `_search`.
    """

    _inherit = "base"

    @api.model
    @api.readonly
    def wcm_map_open(self, domain, view_id=False, color=None):
        """What a map shows of a search before anybody moves it.

        :return: `placed` and `missing` (records with and without a place), `bounds` (south, west, north, east),
            `groups` ([value, label, count]) and `points`, which is None where there are too many to send
        """
        return self._wcm_map_opening(domain, self._wcm_map_arch(view_id), color)

    def _wcm_map_opening(self, domain, arch, color=None):
        query = self._wcm_map_query(domain, arch)
        groups, bounds = self._wcm_map_totals(query, arch, color)
        placed = sum(groups.values())
        few = placed <= POINTS_AT_ONCE
        return {
            "placed": placed,
            "missing": self.search_count(Domain(domain) & self._wcm_map_missing_domain(arch)),
            "bounds": bounds,
            "groups": self._wcm_map_group_labels(groups, arch, color),
            "points": self._wcm_map_points(query, arch, color) if few else None,
        }

    @api.model
    @api.readonly
    def wcm_map_marks(self, domain, box, zoom, view_id=False, color=None):
        """What lies in a box (south, west, north, east): points, and clusters where there are too many.

        :return: `points` as rows (see `_wcm_map_points`), `clusters` as rows of latitude, longitude and
            counts by the position of the group's value in `values`
        """
        return self._wcm_map_window(domain, box, zoom, self._wcm_map_arch(view_id), color)

    def _wcm_map_window(self, domain, box, zoom, arch, color=None):
        query = self._wcm_map_query(domain, arch, box)
        rows = self._wcm_map_cells(query, arch, color, zoom)
        if sum(row[3] for row in rows) <= POINTS_AT_ONCE:
            return {"points": self._wcm_map_points(query, arch, color), "clusters": [], "values": []}
        alone, clusters, values = _clusters(rows)
        lone = self._wcm_map_query([("id", "in", alone)], arch)
        return {"points": self._wcm_map_points(lone, arch, color), "clusters": clusters, "values": values}

    @api.model
    @api.readonly
    def wcm_map_list(self, domain, box, view_id=False, color=None, hidden=(), centre=None, offset=0):
        """One page of what lies in a box, by name, or by distance where a centre is given.

        :return: `length` of all pages together, and `rows`: points with their distance in km from the centre
        """
        arch = self._wcm_map_arch(view_id)
        query = self._wcm_map_query(domain, arch, box)
        self._wcm_map_hide(query, arch, color, hidden)
        length = len(query)
        query.limit, query.offset = LIST_PAGE, max(self._asked_number(offset), 0)
        query.order = self._wcm_map_list_order(query, arch, centre)
        rows = self._wcm_map_points(query, arch, color)
        return {"length": length, "rows": [[*row, _km(row, centre)] for row in rows]}

    def _wcm_map_hide(self, query, arch, color, hidden):
        """Leaves out groups whose points are hidden on the map."""
        if values := tuple(text for value in listed(hidden) for text in _texts_of(value)):
            group = self._wcm_map_group_sql(query, arch, color)
            query.add_where(SQL("COALESCE((%s)::text, '') NOT IN %s", group, values))

    def _wcm_map_list_order(self, query, arch, centre):
        """By distance on a plane that fits around the centre: right for an order, and quick."""
        if centre:
            latitude, longitude = self._wcm_map_degrees(query, arch)
            north, east = self._wcm_map_numbers(centre, 2)
            return SQL(
                "(%s - %s) ^ 2 + ((%s - %s) * %s) ^ 2, %s",
                latitude,
                north,
                longitude,
                east,
                cos(radians(north)),
                SQL.identifier(self._table, "id"),
            )
        title = self._fields.get(arch.get("title"))
        stored = title is not None and title.store and title.column_type
        return self._order_to_sql(f"{title.name}, id" if stored else self._order, query)

    def _wcm_map_arch(self, view_id):
        """The root of a map view of this model, as the caller may see it; sudo, for nobody reads views, and only to ask which map it is."""
        view = self.env["ir.ui.view"].sudo().browse(view_id and self._asked_number(view_id)).exists()
        if view and (view.type, view.model) != ("wcm_map", self._name):
            raise UserError(self.env._("This is not a map of %(model)s.", model=self._description))
        return etree.fromstring(self.get_view(view.id, "wcm_map")["arch"])

    def _wcm_map_query(self, domain, arch, box=EVERYWHERE):
        """What a search finds that has a place, in a box (south, west, north, east)."""
        query = self._search(domain)
        x, y = self._wcm_map_projected(query, arch)
        query.add_where(SQL("(%s, %s) <> (%s, %s)", x, y, 2 ** (WORLD - 1), 2 ** (WORLD - 1)))
        south, west, north, east = self._wcm_map_numbers(box, 4)
        query.add_where(SQL("%s BETWEEN %s AND %s", x, column_of(west), column_of(east)))
        query.add_where(SQL("%s BETWEEN %s AND %s", y, row_of(north), row_of(south)))
        return query

    def _wcm_map_missing_domain(self, arch):
        """0, 0 lies in the sea and stands for "not known"."""
        return Domain(arch.get("latitude"), "=", 0) & Domain(arch.get("longitude"), "=", 0)

    def _wcm_map_projected(self, query, arch):
        """Where a record lies in the square of the world, as SQL: column and row."""
        latitude, longitude = self._wcm_map_degrees(query, arch)
        return [projected_x(longitude), projected_y(latitude)]

    def _wcm_map_numbers(self, values, count):
        """So many numbers, from whoever calls."""
        numbers = [value for value in listed(values) if _is_number(value)]
        if len(numbers) != count:
            raise UserError(self.env._("A map is asked with %(count)s numbers in degrees.", count=count))
        return map(float, numbers)

    @api.model
    def _asked_number(self, value):
        """A whole number, from whoever calls.

        :raise UserError: it is none, or too large to mean anything
        """
        if not _is_number(value):
            raise UserError(self.env._("“%(given)s” is not a number that can be asked with.", given=str(value)[:40]))
        return int(value)

    def _wcm_map_degrees(self, query, arch):
        """Latitude and longitude as SQL; the ORM refuses a field that the caller may not read."""
        names = (arch.get("latitude"), arch.get("longitude"))
        return [SQL("%s::float8", self._field_to_sql(self._table, name, query)) for name in names]

    def _wcm_map_totals(self, query, arch, color):
        """({value of the group: count}, bounds of all whose place can be right; of all, where there are no such)."""
        asked = "value, sure, COUNT(*), MIN(x), MAX(x), MIN(y), MAX(y)"
        counts, boxes, sure_boxes = {}, [], []
        for value, sure, count, *box in self._wcm_map_groups(query, arch, color, "value, sure", asked):
            counts[value] = counts.get(value, 0) + count
            boxes.append(box)
            sure_boxes += [box] if sure else []
        return counts, _bounds(sure_boxes or boxes)

    def _wcm_map_sure_sql(self, query):
        """Hook: whether a place can be right; one that cannot does not draw the map away from the others."""
        return SQL("TRUE")

    def _wcm_map_cells(self, query, arch, color, zoom):
        """Rows of cell (x, y), value of the group, count, mean column and row, and one id.

        The grid hangs on the world, not on the window, so that clusters stay when the map is moved.
        """
        shift = max(WORLD - TILE + CELL - min(max(self._asked_number(zoom), 0), 24), 0)
        cell = SQL("x >> %s, y >> %s, value", shift, shift)
        return self._wcm_map_groups(
            query, arch, color, cell, SQL("%s, COUNT(*), AVG(x)::float8, AVG(y)::float8, MIN(id)", cell)
        )

    def _wcm_map_groups(self, query, arch, color, by, asked):
        """Rows of what is asked of x, y, value, id and sure, grouped."""
        x, y = self._wcm_map_projected(query, arch)
        value = self._wcm_map_group_sql(query, arch, color)
        named = [
            SQL("%s AS id", SQL.identifier(self._table, "id")),
            SQL("%s AS value", value),
            SQL("%s AS x", x),
            SQL("%s AS y", y),
            SQL("%s AS sure", self._wcm_map_sure_sql(query)),
        ]
        marks = query.select(*named)
        by, asked = (SQL(part) if isinstance(part, str) else part for part in (by, asked))
        return self.env.execute_query(SQL("SELECT %s FROM (%s) AS mark GROUP BY %s", asked, marks, by))

    def _wcm_map_points(self, query, arch, color):
        """Rows of id, latitude, longitude, title, value of the group and whether the place is approximate."""
        latitude, longitude = self._wcm_map_degrees(query, arch)
        group = self._wcm_map_group_sql(query, arch, color)
        rows = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), latitude, longitude, group))
        return self._wcm_map_rows(rows, arch)

    def _wcm_map_rows(self, rows, arch):
        """Adds what only the record knows: its title, and how good its place is.

        The rows come from a search under the reader's rules, so those are not asked a second time.
        """
        title, rough = arch.get("title") or "display_name", arch.get("approximate")
        names = sorted(self.env["ir.ui.view"]._wcm_map_expression_fields(arch))
        for name in (title, *names):
            self._check_field_access(self._fields[name], "read")
        records = self.sudo().browse(row[0] for row in rows)
        records.fetch([title, *names])
        # Thousands of records have a handful of different values.
        judge = cache(lambda *values: bool(safe_eval(rough, dict(zip(names, values, strict=True)))) if rough else False)
        return [
            [
                row[0],
                round(row[1], 6),
                round(row[2], 6),
                _text(record[title]),
                _plain(row[3]),
                judge(*_values(record, names)),
            ]
            for record, row in zip(records, rows, strict=True)
        ]


def _bounds(boxes):
    """South, west, north, east of boxes in columns and rows of the world."""
    if not boxes:
        return None
    west, east, north, south = zip(*boxes, strict=True)
    return [latitude_of(max(south)), longitude_of(min(west)), latitude_of(min(north)), longitude_of(max(east))]


def _clusters(rows):
    """Ids of what lies alone in its cell; rows of all other cells; the values that their counts stand for."""
    values = list({row[2]: None for row in rows})
    position = {value: index for index, value in enumerate(values)}
    cells = {}
    for cell_x, cell_y, value, count, x, y, one in rows:
        cell = cells.setdefault((cell_x, cell_y), [0, 0.0, 0.0, [0] * len(values), one])
        cell[0] += count
        cell[1] += x * count
        cell[2] += y * count
        cell[3][position[value]] += count
    alone = [cell[4] for cell in cells.values() if cell[0] == 1]
    clusters = [[latitude_of(y / n), longitude_of(x / n), *counts] for n, x, y, counts, _one in cells.values() if n > 1]
    return alone, clusters, [_plain(value) for value in values]


def _km(row, centre):
    return round(haversine_km(row[1], row[2], *map(float, centre)), 1) if centre else None


def listed(value):
    """What a caller gave as a list; nothing where it is none."""
    return value if isinstance(value, list | tuple) else ()


def _is_number(value):
    """NaN is none: it is not within any bound."""
    return isinstance(value, int | float) and abs(value) <= LARGEST


def _plain(value):
    return False if value is None else value


def _texts_of(value):
    """A value of a group as the database writes it; nothing stated and "no" are both False to a caller."""
    if isinstance(value, bool):
        return ("true",) if value else ("", "false")
    return (str(value),)


def _text(value):
    return value.display_name if isinstance(value, models.BaseModel) else str(value or "")


def _values(record, names):
    """As an expression of a view knows them: a record by its id."""
    values = [record[name] for name in names]
    return [value.id if isinstance(value, models.BaseModel) else value for value in values]
