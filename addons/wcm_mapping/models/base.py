from functools import cache
from math import cos, isfinite, radians

from lxml import etree

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..geo import haversine_km

# Up to so many points are sent one by one; more are counted where they lie close together.
POINTS_AT_ONCE = 1000
# Pixels: what lies in one square of this size is one cluster, however many it holds.
CELL = 48
TILE = 256
# What Web Mercator can show: beyond these degrees it has no place.
MERCATOR_EDGE = 85.05
LIST_PAGE = 40
COLOURING = ("boolean", "many2one", "selection")


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
        arch = self._wcm_map_arch(view_id)
        query = self._wcm_map_query(domain, arch)
        groups, bounds = self._wcm_map_totals(query, arch, color)
        placed = sum(groups.values())
        few = placed <= POINTS_AT_ONCE
        return {
            "placed": placed,
            "missing": self.search_count(Domain(domain) & ~self._wcm_map_placed_domain(arch)),
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
        arch = self._wcm_map_arch(view_id)
        query = self._wcm_map_query(Domain(domain) & self._wcm_map_box_domain(arch, box), arch)
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
        query = self._wcm_map_query(Domain(domain) & self._wcm_map_box_domain(arch, box), arch)
        self._wcm_map_hide(query, arch, color, hidden)
        length = len(query)
        query.limit, query.offset = LIST_PAGE, max(int(offset), 0)
        query.order = self._wcm_map_list_order(query, arch, centre)
        rows = self._wcm_map_points(query, arch, color)
        return {"length": length, "rows": [[*row, _km(row, centre)] for row in rows]}

    def _wcm_map_hide(self, query, arch, color, hidden):
        """Leaves out groups whose points are hidden on the map."""
        if hidden:
            values = tuple("" if value is False else str(value) for value in hidden)
            group = self._wcm_map_group_sql(query, arch, color)
            query.add_where(SQL("COALESCE((%s)::text, '') NOT IN %s", group, values))

    def _wcm_map_list_order(self, query, arch, centre):
        """By distance on a plane that fits around the centre: right for an order, and quick."""
        if centre:
            latitude, longitude = self._wcm_map_degrees(query, arch)
            north, east = self._wcm_map_numbers(centre, 2)
            return SQL("(%s - %s) ^ 2 + ((%s - %s) * %s) ^ 2, %s", latitude, north, longitude, east, cos(radians(north)),
                       SQL.identifier(self._table, "id"))
        title = self._fields.get(arch.get("title"))
        stored = title is not None and title.store and title.column_type
        return self._order_to_sql(f"{title.name}, id" if stored else self._order, query)

    def _wcm_map_arch(self, view_id):
        """The root of a map view of this model, as the caller may see it."""
        view = self.env["ir.ui.view"].sudo().browse(view_id or []).exists()
        if view and (view.type, view.model) != ("wcm_map", self._name):
            raise UserError(self.env._("This is not a map of %(model)s.", model=self._description))
        return etree.fromstring(self.get_view(view.id, "wcm_map")["arch"])

    def _wcm_map_query(self, domain, arch):
        return self._search(Domain(domain) & self._wcm_map_placed_domain(arch))

    def _wcm_map_placed_domain(self, arch):
        """0, 0 lies in the sea and stands for "not known"."""
        return Domain(arch.get("latitude"), "!=", 0) | Domain(arch.get("longitude"), "!=", 0)

    def _wcm_map_box_domain(self, arch, box):
        south, west, north, east = self._wcm_map_numbers(box, 4)
        latitude, longitude = arch.get("latitude"), arch.get("longitude")
        return Domain([(latitude, ">=", south), (latitude, "<=", north), (longitude, ">=", west), (longitude, "<=", east)])

    def _wcm_map_numbers(self, values, count):
        """So many numbers, from whoever calls."""
        numbers = [value for value in values if isinstance(value, int | float)] if isinstance(values, list | tuple) else []
        if len(numbers) != count or not all(map(isfinite, numbers)):
            raise UserError(self.env._("A map is asked with %(count)s numbers in degrees.", count=count))
        return map(float, numbers)

    def _wcm_map_degrees(self, query, arch):
        """Latitude and longitude as SQL; the ORM refuses a field that the caller may not read."""
        names = (arch.get("latitude"), arch.get("longitude"))
        return [SQL("%s::float8", self._field_to_sql(self._table, name, query)) for name in names]

    def _wcm_map_totals(self, query, arch, color):
        """({value of the group: count}, bounds of all of them)."""
        group = self._wcm_map_group_sql(query, arch, color)
        latitude, longitude = self._wcm_map_degrees(query, arch)
        asked = SQL("SELECT value, COUNT(*), MIN(y), MIN(x), MAX(y), MAX(x) FROM (%s) AS mark GROUP BY value",
                    query.select(SQL("%s AS value", group), SQL("%s AS y", latitude), SQL("%s AS x", longitude)))
        rows = self.env.execute_query(asked)
        edges = list(zip(*rows, strict=True))[2:]
        bounds = [fold(edge) for fold, edge in zip((min, min, max, max), edges, strict=True)] if rows else None
        return {value: count for value, count, *_edges in rows}, bounds

    def _wcm_map_cells(self, query, arch, color, zoom):
        """Rows of cell (x, y), value of the group, count, latitude, longitude and one id.

        The grid hangs on the world, not on the window, so that clusters stay when the map is moved.
        """
        latitude, longitude = self._wcm_map_degrees(query, arch)
        cells = TILE * 2 ** min(max(int(zoom), 0), 24) / CELL
        group = self._wcm_map_group_sql(query, arch, color)
        asked = SQL(
            """SELECT floor((x / 360 + 0.5) * %(cells)s)::bigint AS cell_x,
                      floor((0.5 - asinh(tand(LEAST(GREATEST(y, -%(edge)s), %(edge)s))) / (2 * pi())) * %(cells)s)::bigint AS cell_y,
                      value, COUNT(*), AVG(y), AVG(x), MIN(id)
                 FROM (%(marks)s) AS mark
             GROUP BY cell_x, cell_y, value""",
            cells=cells,
            edge=MERCATOR_EDGE,
            marks=query.select(
                SQL("%s AS id", SQL.identifier(self._table, "id")),
                SQL("%s AS value", group), SQL("%s AS y", latitude), SQL("%s AS x", longitude),
            ),
        )
        return self.env.execute_query(asked)

    def _wcm_map_points(self, query, arch, color):
        """Rows of id, latitude, longitude, title, value of the group and whether the place is approximate."""
        latitude, longitude = self._wcm_map_degrees(query, arch)
        group = self._wcm_map_group_sql(query, arch, color)
        rows = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), latitude, longitude, group))
        return self._wcm_map_rows(rows, arch)

    def _wcm_map_rows(self, rows, arch):
        """Adds what only the record knows: its title, and how good its place is."""
        records = self.browse(row[0] for row in rows)
        title, rough = arch.get("title") or "display_name", arch.get("approximate")
        names = sorted(self.env["ir.ui.view"]._wcm_map_expression_fields(arch))
        records.fetch([title, *names])
        # Thousands of records have a handful of different values.
        judge = cache(lambda *values: bool(safe_eval(rough, dict(zip(names, values, strict=True)))) if rough else False)
        return [
            [row[0], round(row[1], 6), round(row[2], 6), _text(record[title]), _plain(row[3]), judge(*_values(record, names))]
            for record, row in zip(records, rows, strict=True)
        ]

    def _wcm_map_group_sql(self, query, arch, color):
        """What the points are coloured by: the value of a field as SQL, or nothing."""
        name = color or arch.get("color")
        if not name:
            return SQL("NULL::int")
        self._wcm_map_check_color(name)
        return self._read_group_groupby(self._table, name, query)

    def _wcm_map_check_color(self, name):
        field = self._fields.get(name)
        if field is None or field.type not in COLOURING or not self._has_field_access(field, "read"):
            raise UserError(self.env._("A map of %(model)s cannot be coloured by “%(field)s”.", model=self._description, field=name))

    def _wcm_map_group_labels(self, counts, arch, color):
        """[[value, label, count]]: all of a selection in its order, or the records of a many2one by name."""
        field = self._fields.get(color or arch.get("color"))
        if field is None:
            return []
        labels = self._wcm_map_labels_of(field, [value for value in counts if value is not None])
        nothing = [[False, False, counts[None]]] if counts.get(None) else []
        return [[value, label, counts.get(value, 0)] for value, label in labels] + nothing

    def _wcm_map_labels_of(self, field, values):
        if field.type == "selection":
            return field._description_selection(self.env)
        if field.type == "boolean":
            return [(True, self.env._("Yes")), (False, self.env._("No"))]
        records = self.env[field.comodel_name].browse(values).sudo()
        return sorted(((record.id, record.display_name) for record in records), key=lambda pair: pair[1] or "")


def _clusters(rows):
    """Ids of what lies alone in its cell; rows of all other cells; the values that their counts stand for."""
    values = list({row[2]: None for row in rows})
    position = {value: index for index, value in enumerate(values)}
    cells = {}
    for cell_x, cell_y, value, count, latitude, longitude, one in rows:
        cell = cells.setdefault((cell_x, cell_y), [0, 0.0, 0.0, [0] * len(values), one])
        cell[0] += count
        cell[1] += latitude * count
        cell[2] += longitude * count
        cell[3][position[value]] += count
    alone = [cell[4] for cell in cells.values() if cell[0] == 1]
    clusters = [[round(y / n, 5), round(x / n, 5), *counts] for n, y, x, counts, _one in cells.values() if n > 1]
    return alone, clusters, [_plain(value) for value in values]


def _km(row, centre):
    return round(haversine_km(row[1], row[2], *map(float, centre)), 1) if centre else None


def _plain(value):
    return False if value is None else value


def _text(value):
    return value.display_name if isinstance(value, models.BaseModel) else str(value or "")


def _values(record, names):
    """As an expression of a view knows them: a record by its id."""
    values = [record[name] for name in names]
    return [value.id if isinstance(value, models.BaseModel) else value for value in values]
