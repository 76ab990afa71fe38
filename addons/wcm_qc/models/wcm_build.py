from odoo import fields, models


class WcmBuild(models.Model):
    _inherit = "wcm.build"

    evidence_pack_ids = fields.One2many("wcm.evidence.pack", "build_id", "Evidence packs", readonly=True)

    def _follow_work(self):
        """Not complete while a hold point at the site or in the wall is open, or a block waits to be installed and checked there."""
        waiting = self._waits_for_checks()
        super(WcmBuild, self - waiting)._follow_work()
        for build in waiting.filtered(lambda build: build.state in ("draft", "planned", "complete")):
            build.state = "in_progress"

    def _waits_for_checks(self):
        parts = self.env["wcm.part"].sudo()
        at_site = [("build_id", "in", self.ids), ("state", "in", ("received", "installed"))]
        held = parts.search([*at_site, ("inspection_ids", "any", [("state", "=", "open"), ("is_hold_point", "=", True), ("stage", "in", ("site_receipt", "installation"))])])
        alike = parts._read_group([*at_site, ("state", "=", "received")], ["build_id", "product_id", "design_revision"])
        plans = self.env["wcm.control.plan"]
        return held.build_id.with_env(self.env).union(*(
            build.with_env(self.env) for build, product, revision in alike if plans._find_for(product, "installation", revision)._holds()
        ))

    def action_evidence_pack(self):
        """Write the evidence of this home, in the background."""
        self.ensure_one()
        return self.env["wcm.evidence.pack"]._start(self)
