from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

WEEKS = 12


class WcmCertificateRequirement(models.Model):
    """A kind of certificate that whoever makes a component must hold, or whoever makes anything.

    Papers are written for a year and renewed; a programme takes three. So a paper must hold from the first week of a
    plan to the last in which the component can be made, but no further ahead than the parameter
    `wcm_network.certificate_weeks` says. Beyond that a plan counts on its renewal, and says so (wcm_plan_renewals.py).
    """

    _name = "wcm.certificate.requirement"
    _description = "Certificate asked for"
    _order = "bom_id, kind"
    _rec_name = "kind"

    bom_id = fields.Many2one(
        "mrp.bom", "Component", index=True, ondelete="cascade", domain=[("type", "=", "subcontract")],
        help="Whose makers must hold it. Empty: makers of every component.",
    )
    kind = fields.Selection(
        selection=lambda self: self.env["wcm.certificate"]._fields["kind"].selection, string="Certificate", required=True,
    )

    _once_each = models.UniqueIndex("(bom_id, kind) WHERE bom_id IS NOT NULL", "This component asks for that certificate already.")
    _once_of_all = models.UniqueIndex("(kind) WHERE bom_id IS NULL", "That certificate is asked of every component already.")

    @api.model
    def _by_bom(self, boms):
        """{bill of materials: what is asked of it, and of every component}"""
        boms = self.env["mrp.bom"].union(*boms)
        asked = self.search([("bom_id", "in", [False, *boms.ids])]).grouped("bom_id")
        of_all = asked.get(self.env["mrp.bom"], self.browse())
        return {bom: (of_all | asked.get(bom, self.browse())) for bom in boms}

    def _held_by(self, facilities):
        """{(facility, kind): certificates of these kinds that were accepted}"""
        kinds = list(set(self.mapped("kind")))
        held = self.env["wcm.certificate"].search(
            [("facility_id", "in", facilities.ids), ("kind", "in", kinds), ("review", "=", "accepted")]
        )
        return held.grouped(lambda certificate: (certificate.facility_id, certificate.kind))

    @api.model
    def _judged_until(self, first, last):
        """The last day on which a paper must hold already.

        :param last: last day of making; none where nothing can be made in time
        """
        weeks = int(self.env["ir.config_parameter"].sudo().get_param("wcm_network.certificate_weeks", WEEKS))
        farthest = first + timedelta(weeks=max(1, weeks), days=-1)
        return max(first, min(last or first, farthest))

    def _misfit(self, certificates, first, last):
        """Why these do not cover all days from the first to the last, in plain words; empty when they do."""
        self.ensure_one()
        kind = self._kind_text()
        if not certificates:
            return self.env._("no “%(kind)s”: none is recorded and accepted", kind=kind)
        until = self._covered_until(certificates, first)
        if until and until >= last:
            return ""
        ends = until or max((row.expires_on for row in certificates if row.expires_on and row.expires_on < first), default=None)
        if not ends:
            begins = min(row.issued_on for row in certificates)
            return self.env._("no valid “%(kind)s” in the weeks of making: begins on %(day)s", kind=kind, day=self._day(begins))
        if ends < fields.Date.context_today(self):
            return self.env._("no valid “%(kind)s” in the weeks of making: expired on %(day)s", kind=kind, day=self._day(ends))
        return self.env._("no valid “%(kind)s” in the weeks of making: expires on %(day)s", kind=kind, day=self._day(ends))

    @api.model
    def _covered_until(self, certificates, first):
        """Last day that they hold without a gap from the first day on; None when they do not hold on that."""
        until = first - timedelta(days=1)
        for row in certificates.sorted(lambda row: row.issued_on or date.min):
            if not row.issued_on or (row.issued_on - until).days <= 1:
                until = max(until, row.expires_on or date.max)
        return until if until >= first else None

    def _kind_text(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    @api.model
    def _day(self, day):
        return format_date(self.env, day, date_format="d MMMM yyyy")
