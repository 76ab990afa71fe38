from odoo import models


class WcmInspection(models.Model):
    """Closed is closed in the database itself, and none passes with nothing checked; a closed one can only be marked as corrected.

    A column that somebody adds is closed too. Open are those that follow another record: where the part is, what it is called,
    which notice told of it, and a person who was erased.
    """

    _inherit = "wcm.inspection"

    def init(self):
        super().init()
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION wcm_inspection_closed() RETURNS trigger AS $$
            DECLARE
                follows text[] := ARRAY['state', 'part_name', 'product_id', 'work_order_id', 'membership_id', 'build_id', 'stage',
                    'witness_notice_id', 'arrived_person_id', 'came_words', 'write_uid', 'write_date'];
            BEGIN
                IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND NEW.state = 'passed' AND (
                    NOT EXISTS (SELECT FROM wcm_inspection_line WHERE inspection_id = NEW.id)
                    OR EXISTS (SELECT FROM wcm_inspection_line WHERE inspection_id = NEW.id AND verdict IS DISTINCT FROM 'pass')) THEN
                    RAISE EXCEPTION 'Inspection % does not pass: something failed or was not checked.', OLD.name;
                END IF;
                IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND NEW.state = 'passed' AND NEW.witness_state = 'waits' THEN
                    RAISE EXCEPTION 'Inspection % does not pass: it waits for a witness.', OLD.name;
                END IF;
                IF OLD.state = 'open' THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                IF TG_OP = 'UPDATE' AND (NEW.state = OLD.state OR NEW.state = 'replaced')
                    AND to_jsonb(NEW) - follows = to_jsonb(OLD) - follows THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'Inspection % is closed: make a correction instead.', OLD.name;
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS wcm_inspection_closed ON wcm_inspection;
            CREATE TRIGGER wcm_inspection_closed BEFORE UPDATE OR DELETE ON wcm_inspection
                FOR EACH ROW EXECUTE FUNCTION wcm_inspection_closed();
        """)
