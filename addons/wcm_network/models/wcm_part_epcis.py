from datetime import UTC
from urllib.parse import quote
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

from ..epcis import Sheets, Step, document

# What an event keeps under a name of ours, and how EPCIS is told. People, notes and Odoo's own numbers are not.
FACTS = {"design_revision": "designRevision", "files": "files", "machines": "machines", "position": "position"}


class WcmPart(models.Model):
    """The history of parts as EPCIS 2.0, for whoever may read the parts."""

    _inherit = "wcm.part"

    def action_download_epcis(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/part/{self.id}/epcis.jsonld", "target": "self"}

    def _epcis(self, address):
        """:param address: where this document is fetched, which names it"""
        now = fields.Datetime.now().replace(tzinfo=UTC).astimezone(self._zone())
        return document(f"{self.browse().get_base_url()}{address}", now, self.sudo()._epcis_steps())

    def _epcis_of(self, domain, address):
        """Of what the caller may see, and no more; nothing where that is nothing."""
        parts = self.search(domain, order="id") if self.has_access("read") else self
        return parts._epcis(address) if parts else None

    def _epcis_steps(self):
        """Read as rows: a home has tens of thousands of events."""
        known = {part.id: part for part in self}
        rows = self.env.execute_query(SQL(
            """SELECT part_id, biz_step, event_time, record_time, place, data, event_hash FROM wcm_part_event
                WHERE part_id = ANY(%s) ORDER BY part_id, id""", list(self.ids),
        ))
        zone, base = self._zone(), self.browse().get_base_url()
        for part_id, biz_step, time, recorded, place, data, event_hash in rows:
            yield known[part_id]._epcis_step(base, biz_step, _at(time, zone), _at(recorded, zone), place, data or {}, event_hash)

    def _epcis_step(self, base, biz_step, time, recorded, place, data, event_hash):
        part = f"{base}/part/{self.code}"
        return Step(
            id=f"{part}#{event_hash}", part=part, name=biz_step, time=time, recorded=recorded,
            place=_uri(base, "place", place),
            sheets=tuple(Sheets(_uri(base, "lot", one["product"], one["lot"]), one["sheets"]) for one in data.get("sheet_lots", [])),
            shipment=_uri(base, "shipment", data.get("shipment")),
            home=_uri(base, "home", str(self.build_id.id)) if biz_step in ("installing", "replacing") else None,
            destination=_uri(base, "place", data.get("to")),
            verdict=data.get("verdict"), recalled="recall" in data,
            facts=tuple((word, data[name]) for name, word in FACTS.items() if data.get(name)),
            corrects=data.get("corrects") and f"{part}#{data['corrects']}", did_not_occur=bool(data.get("did_not_occur")),
        )

    def _zone(self):
        """Where the network works: offsets are part of EPCIS, and Odoo keeps UTC."""
        return ZoneInfo(self.env.company.sudo().resource_calendar_id.tz or "UTC")


def _at(time, zone):
    return time and time.replace(tzinfo=UTC).astimezone(zone)


def _uri(base, kind, *names):
    """An address of ours that names something; nothing for nothing."""
    return "/".join([base, "id", kind, *(quote(name, safe="") for name in names)]) if all(names) else None
