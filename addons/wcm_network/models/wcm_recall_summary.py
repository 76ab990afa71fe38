from odoo import fields, models

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook

ROWS = 50  # homes and places on the page; the spreadsheet has all parts


class WcmRecall(models.Model):
    """Where the parts are: counted on the page, one by one in a spreadsheet."""

    _inherit = "wcm.recall"

    def _summary_tables(self):
        """[{title, states, rows: [(name, counts, total)], more}]: where they are, and in which homes."""
        counts = self._counts()
        if not counts:
            return []
        states = [state for state in self._state_names() if any(key[2] == state for key in counts)]
        places = {key: self._place_name(*key) for key in counts}
        homes = {key: key[1].display_name for key in counts}
        return [
            self._summary_table(self.env._("Where they are now"), states, counts, places),
            self._summary_table(self.env._("In which home"), states, counts, homes),
        ]

    def _counts(self):
        """{(member, home, state): parts}, with the rights of whoever looks."""
        groups = self.env["wcm.part"]._read_group(self._found_domain(), ["membership_id", "build_id", "state"], ["__count"])
        return {(member.sudo(), build.sudo(), state): count for member, build, state, count in groups}

    def _summary_table(self, title, states, counts, names):
        rows = {}
        for key, count in counts.items():
            row = rows.setdefault(names[key], dict.fromkeys(states, 0))
            row[key[2]] += count
        ordered = sorted(((name, list(row.values()), sum(row.values())) for name, row in rows.items()), key=lambda row: (-row[2], row[0]))
        return {"title": title, "states": [self._state_names()[state] for state in states], "rows": ordered[:ROWS], "more": len(ordered[ROWS:])}

    def _state_names(self):
        return dict(self.env["wcm.part"]._fields["state"]._description_selection(self.env))

    def _place_name(self, member, build, state):
        """The same for one part as for a thousand of its kind."""
        if state == "scrapped":
            return self.env._("Scrapped")
        if state == "dispatched":
            return self.env._("On the way to %s", build.site_id.name)
        return build.site_id.name if state in ("received", "installed") else member.facility_id.name

    def _workbook(self):
        """As bytes; read with the rights of whoever asks."""
        self.ensure_one()
        self.check_access("read")
        rows = self._workbook_rows()
        described = self.env._("%(count)s parts. %(reason)s", count=len(rows), reason=self.reason or "")
        return Workbook(
            title=self.env._("Recall %s", self.name), description=described,
            tables=[Table("Parts", self.env._("Parts of %s", self.name), described, self._workbook_columns(), rows)],
        ).to_bytes()

    def _workbook_columns(self):
        return (
            Column("Part", self.env._("Serial number on the label."), width=24),
            Column("Component", self.env._("What it is.")),
            Column("Member", self.env._("Who makes it."), width=28),
            Column("Home", self.env._("The home that it is for."), width=28),
            Column("State", self.env._("How far it is.")),
            Column("Where it is", self.env._("At its maker, on the way or on the site."), width=28),
            Column("Position", self.env._("Where in the home it was installed.")),
            Column("Design revision", self.env._("To which it is made.")),
            Column("Made on", self.env._("When it was made (UTC)."), kind="date"),
            Column("Held", self.env._("Why it may not go on, if it is held."), width=48),
        )

    def _workbook_rows(self):
        """Names are looked up once for each member, home and component, not for each part."""
        wanted = ["name", "product_id", "membership_id", "build_id", "state", "install_position", "design_revision", "made_on", "hold_reason"]
        parts = self.env["wcm.part"].search_read(self._found_domain(), wanted, load=None, order="build_id, name")
        read = {field: self.env[model].sudo().browse({part[field] for part in parts}) for field, model in (
            ("product_id", "product.product"), ("membership_id", "wcm.membership"), ("build_id", "wcm.build"),
        )}
        known = {field: {record.id: record for record in records} for field, records in read.items()}
        names = {field: {record.id: record.display_name for record in records} for field, records in read.items()}
        return [
            (
                part["name"], *(names[field][part[field]] for field in read), self._state_names()[part["state"]],
                self._place_name(known["membership_id"][part["membership_id"]], known["build_id"][part["build_id"]], part["state"]),
                part["install_position"], part["design_revision"], part["made_on"] and fields.Date.to_date(part["made_on"]), part["hold_reason"],
            )
            for part in parts
        ]
