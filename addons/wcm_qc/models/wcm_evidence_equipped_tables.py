from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table


class WcmEvidencePack(models.Model):
    """Instruments and competence as tables."""

    _inherit = "wcm.evidence.pack"

    def _equipment_tables(self, content):
        return [
            self._equipment_table("Instruments", self.env._("Calibrations that readings stand on"), ("Instrument", "Kind", "Serial number", "Owner", "Certificate", "Calibrated by", "Calibrated on", "Due", "Stands"), [
                (row["name"], row["kind"], row["serial"], row["owner"], row["number"], row["laboratory"], row["calibrated_on"], row["due_on"], self.env._("yes") if row["stands"] else self.env._("corrected since"))
                for row in content["instruments"]
            ]),
            self._equipment_table("Competence", self.env._("Trainings that checks stand on"), ("Who", "For what", "Trained by", "From", "Until", "Authorised by", "Withdrawn on"), [
                (row["who"], row["kind"], row["trained_by"], row["valid_from"], row["valid_until"], row["authorised_by"], row["withdrawn_on"]) for row in content["competences"]
            ]),
            self._equipment_table("Without", self.env._("Measured without an instrument that is named"), ("Control plan", "Checkpoint", "Part"), [
                (row["plan"], row["checkpoint"], part) for row in content["without_instrument"] for part in row["parts"]
            ]),
        ]

    def _equipment_table(self, name, title, columns, rows):
        return Table(name, title, self.env._("One row for each."), tuple(Column(column, self.env._("As it was recorded."), width=24) for column in columns), rows)
