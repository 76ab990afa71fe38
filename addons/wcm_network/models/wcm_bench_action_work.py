from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError


class WcmBenchAction(models.Model):
    """The actions that the shop-floor app may tell of; each calls what a button calls, with the caller's rights."""

    _inherit = "wcm.bench.action"

    def _handlers(self):
        """Hook: {name: method of (self, args)}."""
        cls = type(self)
        return {
            "start": cls._do_start, "pause": cls._do_pause, "made": cls._do_made, "spoil": cls._do_spoil,
            "sheets": cls._do_sheets, "pack": cls._do_pack, "unpack": cls._do_unpack, "load": cls._do_load, "dispatch": cls._do_dispatch,
        }

    def _do_start(self, args):
        self._records("wcm.work.order", [args.get("order")]).action_start()

    def _do_pause(self, args):
        self._records("wcm.work.order", [args.get("order")]).action_pause(self._text(args, "reason"))

    def _do_made(self, args):
        parts = self._parts(args)
        parts._check_part_state("to_make", self.env._("still to be made"))
        parts.action_mark_made(self._text(args, "sheets"), self._text(args, "machines"))

    def _do_spoil(self, args):
        self._parts(args).action_spoil(self._text(args, "reason"), self._text(args, "sheets"))

    def _do_sheets(self, args):
        """The photo of the supplier's certificate travels as base64."""
        order = self._records("wcm.work.order", [args.get("order")])
        paper = {"name": "certificate.jpg", "data": args["photo"]} if args.get("photo") else None
        order.action_record_sheets(args.get("product"), args.get("quantity"), self._text(args, "lot"), self._text(args, "supplier"), paper)

    def _do_pack(self, args):
        parts = self._parts(args)
        parts._check_part_state("made", self.env._("made and not packed yet"))
        parts.action_pack()

    def _do_unpack(self, args):
        self._parts(args).action_unpack()

    def _do_load(self, args):
        """The shipment is found by the part: offline, the app does not know its number."""
        part = self._parts(args)
        part.ensure_one()
        if part.state == "made":
            part.action_pack()
        part._check_part_state("packed", self.env._("packed and still here"))
        part.shipment_id.action_scan_load(part.code)

    def _do_dispatch(self, args):
        parts = self._parts(args)
        parts._check_part_state("packed", self.env._("packed and still here"))
        parts.shipment_id.action_dispatch()

    def _parts(self, args):
        """Nothing is done to a block before it was made, and nobody makes it before it has its label."""
        parts, doing = self._records("wcm.part", args.get("parts")), self.env["wcm.part.event"]._doing()
        earliest = max(part.made_on or part.create_date.replace(microsecond=0) for part in parts.sudo())
        return parts.with_context(wcm_doing=replace(doing, time=max(doing.time, earliest)))

    def _records(self, model, ids):
        """Records that the caller may see, asked before anything is said about them."""
        records = self.env[model].browse(self._known_ids(ids))
        records.check_access("read")
        records._check_member_or_coordinator()
        return records

    def _known_ids(self, ids):
        known = isinstance(ids, list) and 0 < len(ids) <= 500 and all(type(each) is int and 0 < each < 2**31 for each in ids)
        if not known:
            raise UserError(self._strange_message())
        return tuple(dict.fromkeys(ids))

    def _text(self, args, name):
        text = args.get(name) or ""
        if not isinstance(text, str) or len(text) > 2000:
            raise UserError(self._strange_message())
        return text.replace("\0", "").strip()
