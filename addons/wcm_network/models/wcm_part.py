import base64
import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CODE = re.compile("[A-Z2-7]{16}")


class WcmPart(models.Model):
    """One physical block with a label; its identity is a lot."""

    _name = "wcm.part"
    _description = "Tracked part"
    _inherit = ["mail.thread", "wcm.guarded", "wcm.facade"]
    _order = "work_order_id, name"
    _rec_names_search = ["name", "code"]

    _guarded = frozenset({
        "code", "lot_id", "work_order_id", "state", "is_held", "hold_reason", "design_revision", "sheet_lot_ids", "sheet_usage",
        "made_on", "made_by_id", "shipment_id", "is_loaded", "is_scanned", "event_ids",
    })
    _member_readable = frozenset({
        "name", "code", "work_order_id", "component_code", "component_name", "build_name", "state", "is_held", "hold_reason",
        "design_revision", "sheet_lot_names", "made_on", "membership_id", "event_ids", "shipment_id", "is_loaded", "public_url",
        "history_intact",
    })

    def _default_code(self):
        """80 random bits in capitals and digits: short in a QR code, and nobody guesses one."""
        return base64.b32encode(secrets.token_bytes(10)).decode()

    name = fields.Char("Serial number", related="lot_id.name", store=True, index=True)
    code = fields.Char("Public code", required=True, readonly=True, copy=False, default=_default_code)
    lot_id = fields.Many2one("stock.lot", required=True, readonly=True, ondelete="restrict", index=True)
    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True, string="Member")
    build_id = fields.Many2one(related="work_order_id.build_id", store=True, index=True)
    build_name = fields.Char(related="build_id.name", string="Build name")
    product_id = fields.Many2one(related="work_order_id.product_id", store=True, string="Component")
    component_code = fields.Char(related="product_id.default_code", string="Component code")
    component_name = fields.Char(related="product_id.name", string="Component name")
    state = fields.Selection(
        [
            ("to_make", "To make"),
            ("made", "Made"),
            ("packed", "Packed"),
            ("dispatched", "Dispatched"),
            ("received", "Received"),
            ("installed", "Installed"),
            ("scrapped", "Scrapped"),
        ],
        default="to_make", required=True, readonly=True, index=True, tracking=True, group_expand="_states_in_use",
    )
    is_held = fields.Boolean("Held", readonly=True, copy=False, index=True, help="May not be packed, shipped, received or installed.")
    hold_reason = fields.Char(readonly=True, copy=False)
    design_revision = fields.Char(readonly=True)
    sheet_lot_ids = fields.Many2many("stock.lot", "wcm_part_sheet_lot_rel", "part_id", "lot_id", "Sheet lots used", readonly=True)
    sheet_usage = fields.Json(readonly=True, copy=False, help="{lot id: sheets}: how much of each sheet lot went into this part.")
    sheet_lot_names = fields.Char(compute="_compute_sheet_lot_names", compute_sudo=True, string="Sheets used")
    made_on = fields.Datetime(readonly=True)
    made_by_id = fields.Many2one("res.users", readonly=True)
    shipment_id = fields.Many2one("wcm.shipment", readonly=True, index=True)
    is_loaded = fields.Boolean("Loaded", readonly=True, copy=False, help="Scanned on to the vehicle.")
    is_scanned = fields.Boolean("Scanned", readonly=True, copy=False)
    event_ids = fields.One2many("wcm.part.event", "part_id", "History", readonly=True)
    history_intact = fields.Boolean(compute="_compute_history_intact", help="Every step still carries the hash of the one before, and none is missing at the end.")
    public_url = fields.Char("Public page", compute="_compute_public_url")

    _code_uniq = models.UniqueIndex("(code)", "Two parts cannot have the same public code.")
    _lot_uniq = models.UniqueIndex("(lot_id)", "This lot is already a tracked part.")

    @api.depends("sheet_lot_ids.name")
    def _compute_sheet_lot_names(self):
        for part in self:
            part.sheet_lot_names = ", ".join(part.sheet_lot_ids.mapped("name"))

    @api.depends("event_ids.event_hash")
    def _compute_history_intact(self):
        missing = self.env["wcm.part.event"].sudo()._missing(self.ids)
        for part in self:
            part.history_intact = part.id not in missing and not part._verify_history()

    @api.depends("code")
    def _compute_public_url(self):
        base = self.browse().get_base_url()
        for part in self:
            part.public_url = f"{base}/part/{part.code}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Parts come into being when a work order is released."))
        return super().create(vals_list)

    @api.model
    def _find_by_public_code(self, code):
        """By the unguessable code only: serial numbers can be counted up."""
        return self.search([("code", "=", code.upper())], limit=1) if CODE.fullmatch(code.upper()) else self.browse()

    @api.model
    def _find_by_code(self, code):
        """The part of a scanned or typed code: serial number, public code, or the address on its label."""
        text = str(code or "").replace("\0", "").strip().upper().partition("?")[0].rstrip("/").rpartition("/PART/")[2]
        part = self.sudo().search(["|", ("code", "=", text.replace(" ", "")), ("name", "=", text)], limit=1) if text else self.browse()
        if not part:
            raise UserError(self.env._(
                "“%(code)s” is no part of the network. Scan the label on the block, or type the serial number under it.",
                code=str(code or "").strip()[:80],
            ))
        return part.with_env(self.env)

    def _check_may_move(self, step):
        """Raise when a part must not go on; quality checks add their own reasons.

        :param step: pack, dispatch or receive
        """
        for part in self.filtered("is_held"):
            raise UserError(self.env._(
                "%(part)s is held: %(reason)s. It may not go on until the quality lead of the network releases it.",
                part=part.name, reason=part.hold_reason or self.env._("no reason given"),
            ))

    def _discard(self, reason):
        """The order is called off: the label is void."""
        for part in self.filtered(lambda part: part.state == "to_make"):
            part.state = "scrapped"
            part._log("destroying", note=reason)

    def _public_values(self):
        """What the page behind the label says."""
        self.ensure_one()
        return {
            "title": self.component_name,
            "serial": self.name,
            "state": self._state_label(),
            "facts": [(label, value) for label, value in self._public_facts() if value],
            "steps": [event._public_values() for event in self.event_ids.sorted("id")._standing() if event.is_public],
            "intact": self.history_intact,
            "is_illustrative": self.membership_id.facility_id.is_illustrative,
        }

    def _public_facts(self):
        """(label, value): no price, no person, the maker only if it is on the public map. Other addons add theirs."""
        facility = self.membership_id.facility_id
        return [
            (self.env._("Component"), self.component_code),
            (self.env._("Part of"), self.build_name),
            (self.env._("Design revision"), self.design_revision),
            (self.env._("Made by"), facility.name if facility.visibility == "public" else None),
            (self.env._("Public code"), self.code),
        ]

    def _log(self, biz_step, note=None, data=None, is_public=True):
        """Append one event to the history of each part.

        :param data: the same for all, or a function of the part
        """
        return self.env["wcm.part.event"].sudo()._append(self, biz_step, note, data, is_public)

    def _last_journeys(self):
        """{part id: whether it last arrived (receiving) or went back (returning), as also a receipt does that was taken back}"""
        events = self.env["wcm.part.event"].search([("part_id", "in", self.ids), ("biz_step", "in", ("receiving", "returning"))], order="id")
        return {event.part_id.id: "returning" if (event.data or {}).get("taken_back") else event.biz_step for event in events}

    def _verify_history(self):
        """The first event whose hash is not right, or none."""
        self.ensure_one()
        return self.sudo().event_ids.sorted("id")._first_broken()

    def action_open_public_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.public_url, "target": "new"}
