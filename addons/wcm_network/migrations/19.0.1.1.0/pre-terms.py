"""Terms that have bound people keep the fingerprint they were accepted by, and ask again at once, as they did: their words promise what they promise."""


def migrate(cr, version):
    cr.execute("ALTER TABLE wcm_terms ADD COLUMN IF NOT EXISTS text_format integer, ADD COLUMN IF NOT EXISTS notice_days integer, ADD COLUMN IF NOT EXISTS response_days integer")
    cr.execute("SELECT value FROM ir_config_parameter WHERE key = 'wcm_network.offer_days'")
    [days] = cr.fetchone() or ["7"]
    days = int(days) if (days or "").strip().isdigit() and int(days) > 0 else 7
    cr.execute("UPDATE wcm_terms SET response_days = %s", [days])
    cr.execute("UPDATE wcm_terms SET text_format = CASE state WHEN 'draft' THEN 2 ELSE 1 END, notice_days = CASE state WHEN 'draft' THEN 30 ELSE 0 END")
