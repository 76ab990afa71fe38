import re

from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError


class WcmPipelineImport(models.TransientModel):
    """Sites and homes are written in one go; when that fails, one by one, so that each failure is one home's."""

    _inherit = "wcm.pipeline.import"

    def _apply(self, homes):
        self._create_sites([home for home in homes if home.outcome == "create" and not home.site])
        self._create_homes([home for home in homes if home.outcome == "create"])
        for home in homes:
            if home.outcome == "update":
                self._try([home], self._update_home)

    def _try(self, homes, step):
        """True when the step could be done; otherwise nothing of it is left."""
        try:
            with self.env.cr.savepoint():
                step(homes)
        except (UserError, IntegrityError) as error:
            for home in homes:
                home.outcome, home.reason = "error", self._error_in_words(error)
            return False
        return True

    def _error_in_words(self, error):
        """What a constraint of the database says to people."""
        if isinstance(error, UserError):
            return str(error)
        name = next((name for name, model in self.env.registry.items() if model._table == error.diag.table_name), self._name)
        return self.env[name]._sql_error_to_message(error)

    def _create_sites(self, homes):
        waiting = {}
        for home in homes:
            waiting.setdefault(home.site_key, []).append(home)
        for together in waiting.values():
            self._try(together, self._create_site)

    def _create_site(self, homes):
        """Its address too, which coordinators have no right to make elsewhere."""
        row = homes[0].row
        self.env["wcm.site"].check_access("create")
        address = self.env["res.partner"].sudo().create({"name": row.site, "zip": row.postcode, "country_id": self.env.ref("base.uk").id})
        site = self.env["wcm.site"].create(
            {"name": row.site, "code": self._free_code(row.site), "partner_id": address.id,
             "region_id": homes[0].region.id}
        )
        for home in homes:
            home.site = site

    def _free_code(self, name):
        """Short, and nobody else's."""
        code = re.sub(r"[^A-Z0-9]", "", name.upper())[:6] or "SITE"
        taken = set(self.env["wcm.site"].sudo().with_context(active_test=False).search([("code", "=like", f"{code}%")]).mapped("code"))
        return next(found for found in (code, *(f"{code}{number}" for number in range(2, len(taken) + 3))) if found not in taken)

    def _create_homes(self, homes):
        if homes and not self._try(homes, self._create_builds) and len(homes) > 1:
            for home in homes:
                home.outcome, home.reason = "create", ""
                self._create_homes([home])

    def _create_builds(self, homes):
        builds = self.env["wcm.build"].create([{**home.values, "site_id": home.site.id} for home in homes])
        builds.filtered("bom_id")._create_kit_lines()
        for home, build in zip(homes, builds, strict=True):
            home.build = build

    def _update_home(self, homes):
        """Another kit replaces the components: nothing of the old one is ordered yet, or the row was refused."""
        for home in homes:
            home.build.write(home.values)
            if "bom_id" in home.values:
                home.build.line_ids.unlink()
                home.build._create_kit_lines()
