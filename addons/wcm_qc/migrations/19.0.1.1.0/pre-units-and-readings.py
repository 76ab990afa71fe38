def migrate(cr, version):
    """Results that stand keep their meaning: one reading, its value as it was computed then.

    The columns are made here, since closed results cannot be written once they are known as results.
    """
    cr.execute("""
        ALTER TABLE wcm_inspection_line
            ADD COLUMN IF NOT EXISTS uom_id integer, ADD COLUMN IF NOT EXISTS reading_count integer, ADD COLUMN IF NOT EXISTS measured_values jsonb
    """)
    cr.execute("""
        UPDATE wcm_inspection_line SET reading_count = 1,
            measured_values = CASE WHEN kind = 'measurement' AND TRIM(COALESCE(reading, '')) <> '' THEN jsonb_build_array(TRIM_SCALE(value::numeric)) END
    """)
