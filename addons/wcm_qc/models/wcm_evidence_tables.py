from odoo import models

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook


class WcmEvidencePack(models.Model):
    """The same as tables."""

    _inherit = "wcm.evidence.pack"

    def _tables(self, content):
        described = self.env._("Evidence for %(home)s, written on %(day)s.", home=content["home"], day=content["written_on"])
        return Workbook(
            title=self.env._("Evidence for %s", content["home"]), description=described,
            tables=[self._part_table(content), self._check_table(content), self._open_table(content), self._certificate_table(content), self._sheet_table(content), *self._equipment_tables(content)],
        ).to_bytes()

    def _part_table(self, content):
        labels = list(dict.fromkeys(label for part in content["parts"] for label in part["facts"]))
        return Table(
            "Parts", self.env._("Parts of the home"), self.env._("One row for each part."),
            (
                Column("Part", self.env._("Serial number on the label."), width=24), Column("Component", self.env._("What it is."), width=32),
                Column("Quality", self.env._("What its checks have shown.")), Column("State", self.env._("How far it is.")),
                Column("Not inspected", self.env._("Why it was not inspected; empty where it was."), width=40),
                *(Column(label, self.env._("As it was recorded."), width=28) for label in labels),
            ),
            [
                (part["serial"], part["component"], part["quality"], part["state"], part["not_inspected"], *(part["facts"].get(label) for label in labels))
                for part in content["parts"]
            ],
        )

    def _check_table(self, content):
        names = ("Part", "Inspection", "Stage", "Checked", "Allowed", "Found", "Result", "By", "On", "Photo", "Signature")
        rows = [
            (part["serial"], check["name"], check["stage"], line["checkpoint"], line["limits"], line["found"], line["verdict"], line["by"], line["on"], line["photo"], line["signature"])
            for part in content["parts"] for check in part["checks"] for line in check["lines"]
        ]
        return Table(
            "Checks", self.env._("Readings and answers"), self.env._("One row for each checkpoint of each inspection that stands."),
            tuple(Column(name, self.env._("As it was recorded."), width=24) for name in names), rows,
        )

    def _open_table(self, content):
        names = ("Number", "What was wrong", "Parts", "State", "What became of it", "Decided by", "Closed on")
        rows = [
            (row["name"], row["title"], ", ".join(row["parts"]), row["state"], row["outcome"], row["decided_by"], row["closed_on"])
            for row in content["nonconformities"]
        ]
        return Table(
            "Nonconformities", self.env._("Nonconformities and concessions"), self.env._("One row for each, open or closed."),
            tuple(Column(name, self.env._("As it was recorded."), width=28) for name in names), rows,
        )

    def _certificate_table(self, content):
        names = ("Member", "Certificate", "Number", "Issuer", "Issued on", "Runs out on")
        rows = [(row["member"], row["kind"], row["number"], row["issuer"], row["issued_on"], row["expires_on"]) for row in content["certificates"]]
        return Table(
            "Certificates", self.env._("Certificates of the makers"), self.env._("One row for each that is on record, also those that have run out."),
            tuple(Column(name, self.env._("As it was recorded."), width=24) for name in names), rows,
        )
