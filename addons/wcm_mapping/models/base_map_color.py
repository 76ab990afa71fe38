from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .base import listed

COLOURING = ("boolean", "many2one", "selection")
SEVERAL = -1  # no record has this id
MOST_WEEKS = 52


class Base(models.AbstractModel):
    """What the points of a map are coloured by.

    :param color: the name of a field that makes groups, or of a `<color>` of the view; or a dict with that
        `name` and what the reader chose: `chosen` (ids) of a many2many, `weeks` of a sum
    """

    _inherit = "base"

    def _wcm_map_group_sql(self, query, arch, color):
        """The value of the group as SQL; the query gains the joins that it needs."""
        name, asked = _asked(arch, color)
        if not name:
            return SQL("NULL::int")
        node = _color_node(arch, name)
        if node is not None and node.get("field"):
            return self._wcm_map_chosen_sql(query, node, asked)
        if node is not None:
            return self._wcm_map_band_sql(query, node, asked)
        self._wcm_map_check_color(name)
        return self._read_group_groupby(self._table, name, query)

    def _wcm_map_check_color(self, name):
        field = self._fields.get(name) if isinstance(name, str) else None
        if field is None or field.type not in COLOURING or not self._has_field_access(field, "read"):
            raise UserError(
                self.env._("A map of %(model)s cannot be coloured by “%(field)s”.", model=self._description, field=name)
            )

    def _wcm_map_chosen_sql(self, query, node, asked):
        """Which of the records that were chosen one has: its id, or SEVERAL."""
        field = self._fields[node.get("field")]
        self._check_field_access(field, "read")
        chosen = self._wcm_map_chosen(field, asked)
        alias = query.make_alias(self._table, "wcm_map_chosen")
        counted = SQL(
            "(SELECT %(key)s AS key, CASE WHEN COUNT(*) = 1 THEN MIN(%(other)s) ELSE %(several)s END AS value"
            " FROM %(relation)s WHERE %(other)s IN %(chosen)s GROUP BY %(key)s)",
            key=SQL.identifier(field.column1),
            other=SQL.identifier(field.column2),
            relation=SQL.identifier(field.relation),
            several=SEVERAL,
            chosen=tuple(chosen.ids) or (0,),
        )
        return self._wcm_map_joined(query, alias, counted)

    def _wcm_map_chosen(self, field, asked):
        """The records that were chosen, as far as the reader may see them."""
        ids = [value for value in listed(asked.get("chosen")) if isinstance(value, int)]
        return self.env[field.comodel_name].search([("id", "in", ids)])

    def _wcm_map_band_sql(self, query, node, asked):
        """The band in which the sum over the coming weeks lies; nothing where there is nothing to sum."""
        alias = query.make_alias(self._table, "wcm_map_band")
        if alias in query._joins:  # of a query that was coloured before
            return SQL.identifier(alias, "value")
        source, days = self.env[node.get("model")], self._wcm_map_days(node, asked)
        # The view of weekly capacity works out these weeks only, of what lies in the window.
        asked = [(node.get("date"), "in", days), (node.get("link"), "in", query.subselect())]
        found = source.with_context(capacity_weeks=(days[0], days[-1]))._search(asked)
        columns = [source._field_to_sql(source._table, node.get(name), found) for name in ("link", "sum")]
        rows = found.subselect(SQL("%s AS key", columns[0]), SQL("%s AS hours", columns[1]))
        bands = SQL("ARRAY[%s]::float8[]", SQL(", ").join(SQL("%s", edge) for edge in _edges(node)))
        summed = SQL(
            "(SELECT key, width_bucket(SUM(hours)::float8, %s) AS value FROM %s AS row GROUP BY key)", bands, rows
        )
        return self._wcm_map_joined(query, alias, summed)

    def _wcm_map_days(self, node, asked):
        """The Mondays of this week and the next ones."""
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday())
        return [monday + timedelta(weeks=week) for week in range(self._wcm_map_weeks(node, asked))]

    def _wcm_map_weeks(self, node, asked):
        weeks = self._asked_number(asked.get("weeks") or int(node.get("weeks") or 4))
        return min(max(weeks, 1), MOST_WEEKS)

    def _wcm_map_joined(self, query, alias, rows):
        condition = SQL("%s = %s", SQL.identifier(self._table, "id"), SQL.identifier(alias, "key"))
        query.add_join("LEFT JOIN", alias, rows, condition)
        return SQL.identifier(alias, "value")

    def _wcm_map_group_labels(self, counts, arch, color):
        """[[value, label, count, letters]]: all of a selection in its order, or records by name; then nothing stated."""
        name, asked = _asked(arch, color)
        if not name:
            return []
        labels = self._wcm_map_labels_of(arch, name, asked, [value for value in counts if value is not None])
        nothing = [[False, False, counts[None], False]] if counts.get(None) else []
        return [[value, label, counts.get(value, 0), code] for value, label, code in labels] + nothing

    def _wcm_map_labels_of(self, arch, name, asked, values):
        node = _color_node(arch, name)
        if node is not None and not node.get("field"):
            return [(band, *self._wcm_map_band_label(node, band)) for band in range(len(_edges(node)) + 1)]
        field = self._fields[node.get("field") if node is not None else name]
        if field.type == "selection":
            return [(*choice, False) for choice in field._description_selection(self.env)]
        if field.type == "boolean":
            return [(True, self.env._("Yes"), False), (False, self.env._("No"), False)]
        records = (
            self._wcm_map_chosen(field, asked) if node is not None else self.env[field.comodel_name].browse(values)
        )
        named = sorted(
            ((record.id, record.display_name, False) for record in records.sudo()), key=lambda row: row[1] or ""
        )
        return named + ([(SEVERAL, self.env._("Several of them"), "+")] if node is not None else [])

    def _wcm_map_band_label(self, node, band):
        """In words, and in letters for the pins."""
        edges, unit = [f"{edge:g}" for edge in _edges(node)], node.get("unit") or ""
        if band == 0:
            return self.env._("Under %(edge)s %(unit)s", edge=edges[0], unit=unit), f"<{edges[0]}"
        if band == len(edges):
            return self.env._("%(edge)s %(unit)s or more", edge=edges[-1], unit=unit), f"{edges[-1]}+"
        return f"{edges[band - 1]}–{edges[band]} {unit}", f"{edges[band - 1]}+"


def _asked(arch, color):
    """(name, what the reader chose with it)."""
    asked = color if isinstance(color, dict) else {"name": color}
    return asked.get("name") or arch.get("color"), asked


def _color_node(arch, name):
    return next((node for node in arch.iter("color") if node.get("name") == name), None)


def _edges(node):
    return [float(edge) for edge in node.get("bands").split(",")]
