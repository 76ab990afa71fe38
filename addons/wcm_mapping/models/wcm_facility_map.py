from odoo import models
from odoo.tools import SQL

from ..world import projected_x, projected_y

# Points that lie nowhere near their space.
ASTRAY = ("null_island", "swapped", "outside_country", "in_sea")


class WcmFacility(models.Model):
    """Where a space lies in the map's own projection, kept by the database.

    A hundred thousand of them are counted while somebody moves the map: whole numbers are
    compared and grouped several times as fast as degrees are projected.
    """

    _name = "wcm.facility"
    _inherit = ["wcm.facility", "wcm.map.area"]

    def init(self):
        super().init()
        for column, sql in (("map_x", projected_x(SQL("longitude"))), ("map_y", projected_y(SQL("latitude")))):
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE wcm_facility ADD COLUMN IF NOT EXISTS %s int GENERATED ALWAYS AS (%s) STORED",
                    SQL.identifier(column),
                    sql,
                )
            )
        self.env.cr.execute("CREATE INDEX IF NOT EXISTS wcm_facility_map_idx ON wcm_facility (map_x, map_y)")

    def _wcm_map_sure_sql(self, query):
        return SQL("COALESCE(%s, '') NOT IN %s", self._field_to_sql(self._table, "location_issue", query), ASTRAY)

    def _wcm_map_projected(self, query, arch):
        computed = super()._wcm_map_projected(query, arch)  # also when unused: it refuses who may not read the place
        if (arch.get("latitude"), arch.get("longitude")) != ("latitude", "longitude"):
            return computed
        return [SQL.identifier(self._table, "map_x"), SQL.identifier(self._table, "map_y")]
