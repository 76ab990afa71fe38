"""The square of the world that maps are drawn on: degrees to columns and rows, in SQL and in Python alike."""

from math import asinh, atan, degrees, pi, radians, sinh, tan

from odoo.tools import SQL

# The world of Web Mercator is a square of 2 ** WORLD units: 4 cm at the equator, and an int holds it.
WORLD = 30
# What Web Mercator can show: beyond these degrees it has no place.
MERCATOR_EDGE = 85.05


def projected_x(longitude):
    """SQL of the column of the world that a longitude lies in."""
    return SQL("((%s::float8 / 360 + 0.5) * %s)::int", longitude, _literal(2**WORLD))


def projected_y(latitude):
    """SQL of the row of the world, from the north."""
    edge = _literal(MERCATOR_EDGE)
    within = SQL("LEAST(GREATEST(%s::float8, -%s), %s)", latitude, edge, edge)
    return SQL("((0.5 - asinh(tand(%s)) / (2 * pi())) * %s)::int", within, _literal(2**WORLD))


def _literal(number):
    """A number of our own as it stands: no parameters in the definition of a column."""
    return SQL(repr(number))  # pylint: disable=sql-injection


def column_of(longitude):
    return round((longitude / 360 + 0.5) * 2**WORLD)


def row_of(latitude):
    within = min(max(latitude, -MERCATOR_EDGE), MERCATOR_EDGE)
    return round((0.5 - asinh(tan(radians(within))) / (2 * pi)) * 2**WORLD)


def longitude_of(column):
    return round((column / 2**WORLD - 0.5) * 360, 5)


def latitude_of(row):
    return round(degrees(atan(sinh((0.5 - row / 2**WORLD) * 2 * pi))), 5)
