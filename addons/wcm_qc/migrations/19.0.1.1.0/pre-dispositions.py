"""Keeps what was decided on each nonconformity: its column is computed from the decisions on its parts from now on, and would be emptied."""

from odoo.tools.sql import column_exists, table_exists


def migrate(cr, version):
    if table_exists(cr, "wcm_disposition") or column_exists(cr, "wcm_nonconformity", "disposition_before"):
        return
    cr.execute("ALTER TABLE wcm_nonconformity ADD COLUMN disposition_before varchar")
    cr.execute("UPDATE wcm_nonconformity SET disposition_before = disposition")
