from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What a person fills in to say which parts are meant.
SOURCE = ("lot_ids", "document_ids", "product_ids", "design_revision", "equipment_ids", "membership_ids", "date_from", "date_to")


class WcmRecall(models.Model):
    """From what is wrong (a sheet lot, a drawing, a machine, a period) to every part, where it is and in which home.

    It stays as the record: who held which parts, when, why, and who let them go. Everything that is filled
    in has to fit. Coordinators reach the parts of their regions, managers all.
    """

    _name = "wcm.recall"
    _description = "Recall"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "id desc"

    _guarded = frozenset({
        "name", "part_ids", "region_ids", "held_by_id", "held_on", "held_count", "released_by_id", "released_on",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    state = fields.Selection(
        [("draft", "Looking"), ("held", "Held"), ("released", "Released")],
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    reason = fields.Char("What is wrong", required=True, help="The people of each member read it beside the parts that are held. Name no other member.")
    lot_ids = fields.Many2many("stock.lot", "wcm_recall_lot_rel", "recall_id", "lot_id", "Sheet lots", help="Parts that any of these sheets went into.")
    document_ids = fields.Many2many(
        "product.document", "wcm_recall_document_rel", "recall_id", "document_id", "Drawing files",
        help="Parts that were made, or are to be made, to any of these files, whatever the file is called: it is known by its content.",
    )
    product_ids = fields.Many2many("product.product", "wcm_recall_product_rel", "recall_id", "product_id", "Components")
    design_revision = fields.Char("Design revision", copy=False, help="As on the component: for example v2.")
    equipment_ids = fields.Many2many("maintenance.equipment", "wcm_recall_equipment_rel", "recall_id", "equipment_id", "Machines")
    membership_ids = fields.Many2many("wcm.membership", "wcm_recall_membership_rel", "recall_id", "membership_id", "Members")
    date_from = fields.Datetime("Made from")
    date_to = fields.Datetime("Made until")
    part_ids = fields.Many2many("wcm.part", "wcm_recall_part_rel", "recall_id", "part_id", "Parts that were held", readonly=True, copy=False)
    region_ids = fields.Many2many("wcm.region", "wcm_recall_region_rel", "recall_id", "region_id", "Regions", readonly=True, copy=False)
    held_by_id = fields.Many2one("res.users", "Held by", readonly=True, copy=False, ondelete="restrict")
    held_on = fields.Datetime("Held on", readonly=True, copy=False)
    held_count = fields.Integer("Parts held", readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", "Released by", readonly=True, copy=False, ondelete="restrict")
    released_on = fields.Datetime("Released on", readonly=True, copy=False)
    release_reason = fields.Char("Why they may go on", copy=False, help="Kept with each part.")
    found_count = fields.Integer("Parts", compute="_compute_found")
    more_count = fields.Integer("Not held yet", compute="_compute_found", help="Parts that fit and are not held by this recall.")
    elsewhere_count = fields.Integer("In other regions", compute="_compute_found", help="Parts that fit and that you do not coordinate.")
    summary = fields.Html("Where they are", compute="_compute_summary", sanitize=False)

    @api.depends("state", *SOURCE)
    @api.depends_context("uid")
    def _compute_found(self):
        Part = self.env["wcm.part"]
        for recall in self:
            found = recall._found_domain()
            recall.found_count = Part.search_count(found)
            recall.more_count = Part.search_count(recall._to_hold_domain()) if recall.state == "held" else 0
            recall.elsewhere_count = Part.sudo().search_count(found) - recall.found_count

    @api.depends("state", *SOURCE)
    @api.depends_context("uid", "lang")
    def _compute_summary(self):
        for recall in self:
            tables = [*recall._summary_tables(), *recall._sheet_tables()]
            recall.summary = tables and self.env["ir.qweb"]._render("wcm_network.recall_summary", {"tables": tables})

    @api.model_create_multi
    def create(self, vals_list):
        recalls = super().create(vals_list)
        for recall in recalls.sudo():
            recall.name = self.env["ir.sequence"].next_by_code("wcm.recall")
        return recalls

    def write(self, vals):
        if not self.env.su and {"reason", *SOURCE} & vals.keys() and any(recall.state != "draft" for recall in self):
            raise UserError(self.env._("What was recalled, and why, stays as it was. Begin another recall for more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(recall.state != "draft" for recall in self):
            raise UserError(self.env._("A recall that held parts is kept. Release them instead."))

    def action_open_parts(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_part")
        return {**action, "name": self.name, "domain": list(self._found_domain()), "context": {"search_default_group_build": 1}}

    def action_download_workbook(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/recall/{self.id}/parts.xlsx", "target": "self"}

    def _found_domain(self):
        """Of a draft what fits now; afterwards what was held."""
        return self._source_domain() if self.state == "draft" else Domain("recall_ids", "in", self.ids)

    def _to_hold_domain(self):
        """What was scrapped goes nowhere, and what this recall holds is held."""
        fits = self._source_domain() & Domain("state", "!=", "scrapped")
        return fits & Domain("recall_ids", "not in", self._origin.ids) if self.state == "held" else fits

    def _source_domain(self):
        """Nothing filled in is no part at all."""
        conditions = list(self._source_conditions())
        return Domain.AND(conditions) if conditions else Domain.FALSE

    def _source_conditions(self):
        named = {
            "sheet_lot_ids": self.lot_ids, "product_id": self.product_ids, "equipment_ids": self.equipment_ids, "membership_id": self.membership_ids,
        }
        yield from (Domain(field, "in", records._origin.ids) for field, records in named.items() if records)
        if self.document_ids:
            yield Domain.OR(self.document_ids.sudo().mapped(lambda document: document._origin._parts_domain()))
        if revision := (self.design_revision or "").strip():
            yield Domain("design_revision", "=ilike", revision.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_"))
        if self.date_from:
            yield Domain("made_on", ">=", self.date_from)
        if self.date_to:
            yield Domain("made_on", "<=", self.date_to)

    def _hold_reason(self):
        return self.env._("Recall %(name)s: %(reason)s", name=self.name, reason=self.reason)

    def _check_may_hold(self):
        """Whoever may write recalls; the parts are those that the caller may see."""
        self.ensure_one()
        if not self.has_access("write"):
            raise AccessError(self.env._("Only a coordinator or a quality lead of the network can do this."))

    def _check_may_release(self):
        """Hook: wcm_qc leaves it to quality leads. Nobody lets parts go that are not theirs to see."""
        self._check_may_hold()
        if self.state != "held":
            raise UserError(self.env._("%s holds nothing.", self.name))
        if self.found_count != self.held_count:
            raise AccessError(self.env._("Some of these parts belong to other regions, so a manager of the network releases them."))
