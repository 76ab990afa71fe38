from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Each unit that was written beside a checkpoint becomes one of Odoo's; what none of them is, a unit of its own.

    Closed results keep the name of theirs and are never converted again.
    """
    cr.execute("SELECT 1 FROM information_schema.columns WHERE table_name = 'wcm_checkpoint' AND column_name = 'unit'")
    if not cr.fetchone():
        return
    units = api.Environment(cr, SUPERUSER_ID, {})["uom.uom"]
    cr.execute("SELECT TRIM(unit) FROM wcm_checkpoint WHERE kind = 'measurement' UNION SELECT TRIM(unit) FROM wcm_inspection_line WHERE kind = 'measurement'")
    for name in [row[0] or None for row in cr.fetchall()]:
        unit = name and (units._named(name) or units.create({"name": name, "is_measured": True}))
        _set(cr, unit and unit.id, name or "")
    cr.execute("ALTER TABLE wcm_checkpoint DROP COLUMN unit")


def _set(cr, unit, name):
    cr.execute("UPDATE wcm_checkpoint SET uom_id = %s WHERE kind = 'measurement' AND TRIM(COALESCE(unit, '')) = %s", [unit, name])
    cr.execute("""
        UPDATE wcm_inspection_line line SET uom_id = %s FROM wcm_inspection inspection
         WHERE inspection.id = line.inspection_id AND inspection.state = 'open' AND line.kind = 'measurement' AND TRIM(COALESCE(line.unit, '')) = %s
    """, [unit, name])
