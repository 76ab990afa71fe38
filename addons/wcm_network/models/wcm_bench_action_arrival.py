from dataclasses import replace

from odoo import models
from odoo.exceptions import AccessError, UserError

LARGEST_PHOTO = 4_000_000


class WcmBenchAction(models.Model):
    """What whoever receives at a site tells. Asked each time: is it a site of the caller's?"""

    _inherit = "wcm.bench.action"

    def _handlers(self):
        cls = type(self)
        return {
            **super()._handlers(), "arrived": cls._do_arrived, "damaged": cls._do_damaged, "strange": cls._do_strange, "unloaded": cls._do_unloaded,
        }

    def _do_arrived(self, args):
        for shipment, parts in self._arriving(args.get("parts")).grouped("shipment_id").items():
            shipment._note_arrival(parts)

    def _do_damaged(self, args):
        part = self._arriving(args.get("parts"))
        part.ensure_one()
        note = self._text(args, "note")
        if not note:
            raise UserError(self.env._("Say in a few words what is damaged on %s.", part.name))
        part.shipment_id._receive_damaged(part, note, self._photo_told(args))

    def _do_strange(self, args):
        code = self._text(args, "code")[:200]
        if not code:
            raise UserError(self._strange_message())
        self._receiving_site(args.get("site"))._report_strange(code, self._text(args, "note"), self._photo_told(args))

    def _do_unloaded(self, args):
        [shipment_id] = self._known_ids([args.get("shipment")])
        shipment = self.env["wcm.shipment"].sudo().browse(shipment_id).exists()
        self._check_receives(shipment.site_id)
        short = self._arriving(args["short"]) if args.get("short") else self.env["wcm.part"]
        self._not_before_it_left(shipment)._unloaded(short)

    def _arriving(self, ids):
        """Blocks on their way to the caller's sites; of others nothing is said. Read past the access rights, which receivers have not."""
        parts = self.env["wcm.part"].sudo().browse(self._known_ids(ids)).exists()
        self._check_receives(parts.shipment_id.site_id)
        if not all(part.shipment_id for part in parts):
            raise AccessError(self._not_yours_message())
        return self._not_before_it_left(parts)

    def _receiving_site(self, site_id):
        [site_id] = self._known_ids([site_id])
        site = self.env["wcm.site"].sudo().browse(site_id).exists()
        self._check_receives(site)
        return site

    def _check_receives(self, sites):
        if not sites or sites - self.env["wcm.site"]._to_receive_at():
            raise AccessError(self._not_yours_message())

    def _not_before_it_left(self, records):
        shipments = records if records._name == "wcm.shipment" else records.shipment_id
        doing = self.env["wcm.part.event"]._doing()
        earliest = max((shipment.date_dispatched for shipment in shipments if shipment.date_dispatched), default=doing.time)
        return records.with_context(wcm_doing=replace(doing, time=max(doing.time, earliest)))

    def _photo_told(self, args):
        photo = args.get("photo")
        if photo and not (isinstance(photo, str) and len(photo) < LARGEST_PHOTO):
            raise UserError(self.env._("The photo is too large. Take it again."))
        return photo or False
