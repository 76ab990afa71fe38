from odoo import models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if not {"datas", "raw", "db_datas", "store_fname", "checksum", "res_model", "res_id", "res_field"}.isdisjoint(vals):
            self._check_not_evidence()
        return super().write(vals)

    def unlink(self):
        self._check_not_evidence()
        return super().unlink()

    def _check_not_evidence(self):
        """A photo of a closed inspection is as closed as its readings, a picture of an approved control plan as its limits."""
        self._check_not_approved()
        photos = self.sudo().filtered(lambda file: file.res_model == "wcm.inspection.line" and file.res_id)
        lines = self.env["wcm.inspection.line"].sudo().browse(photos.mapped("res_id")).exists()
        if lines.filtered(lambda line: line.state != "open"):
            raise UserError(self.env._("This photo belongs to a closed inspection and is kept as it is."))

    def _check_not_approved(self):
        pictures = self.sudo().filtered(lambda file: file.res_model == "wcm.checkpoint" and file.res_field and file.res_id)
        self.env["wcm.checkpoint"].sudo().browse(pictures.mapped("res_id")).exists().plan_id._check_draft()

    def init(self):
        """Also in the database: the row that says which file it is."""
        super().init()
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION wcm_inspection_file_closed() RETURNS trigger AS $$
            BEGIN
                IF to_regclass('wcm_inspection_line') IS NULL OR NOT EXISTS (
                    SELECT FROM wcm_inspection_line line JOIN wcm_inspection inspection ON inspection.id = line.inspection_id
                     WHERE line.id = OLD.res_id AND inspection.state <> 'open') THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                IF TG_OP = 'UPDATE' AND (NEW.res_model, NEW.res_id, NEW.res_field, NEW.checksum, NEW.store_fname, NEW.db_datas)
                    IS NOT DISTINCT FROM (OLD.res_model, OLD.res_id, OLD.res_field, OLD.checksum, OLD.store_fname, OLD.db_datas) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'File % belongs to a closed inspection: make a correction instead.', OLD.id;
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS wcm_inspection_file_closed ON ir_attachment;
            CREATE TRIGGER wcm_inspection_file_closed BEFORE UPDATE OR DELETE ON ir_attachment
                FOR EACH ROW WHEN (OLD.res_model = 'wcm.inspection.line' AND OLD.res_field IS NOT NULL) EXECUTE FUNCTION wcm_inspection_file_closed();
        """)
