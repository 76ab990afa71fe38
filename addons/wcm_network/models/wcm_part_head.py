from odoo import fields, models
from odoo.tools import SQL


class WcmPartHead(models.Model):
    """How long the history of a part is, and how it ends: steps cut off its end leave no gap in the chain.

    Only the database writes it, when an event is inserted; nobody reaches it, and it refuses any other change.
    Whoever owns the database can turn both triggers off and write both tables: only a backup tells that.
    """

    _name = "wcm.part.head"
    _description = "End of a part's history"
    _log_access = False
    _rec_name = "event_hash"

    part_id = fields.Many2one("wcm.part", required=True, readonly=True, ondelete="restrict")
    steps = fields.Integer(required=True, readonly=True)
    event_hash = fields.Char("Hash of the last step", required=True, readonly=True)

    _part_uniq = models.UniqueIndex("(part_id)")

    def init(self):
        """Triggers, and the ends of the histories that were there before them."""
        [[is_new]] = self.env.execute_query(SQL("SELECT NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'wcm_part_event_head')"))
        if is_new:
            self.env.cr.execute(SQL("""
                INSERT INTO wcm_part_head (part_id, steps, event_hash)
                SELECT part_id, count(*), (array_agg(event_hash ORDER BY id DESC))[1] FROM wcm_part_event GROUP BY part_id
            """))
        self.env.cr.execute(SQL("""
            CREATE OR REPLACE FUNCTION wcm_part_event_head() RETURNS trigger AS $$
            BEGIN
                INSERT INTO wcm_part_head (part_id, steps, event_hash)
                SELECT DISTINCT ON (part_id) part_id, count(*) OVER (PARTITION BY part_id), event_hash FROM told ORDER BY part_id, id DESC
                ON CONFLICT (part_id) DO UPDATE SET steps = wcm_part_head.steps + EXCLUDED.steps, event_hash = EXCLUDED.event_hash;
                RETURN NULL;
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER wcm_part_event_head AFTER INSERT ON wcm_part_event
                REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION wcm_part_event_head();
            CREATE OR REPLACE FUNCTION wcm_part_head_by_trigger() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'DELETE' OR pg_trigger_depth() < 2 THEN
                    RAISE EXCEPTION 'The end of a history follows from its steps only.' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE OR REPLACE TRIGGER wcm_part_head_by_trigger BEFORE INSERT OR UPDATE OR DELETE ON wcm_part_head
                FOR EACH ROW EXECUTE FUNCTION wcm_part_head_by_trigger();
        """))
