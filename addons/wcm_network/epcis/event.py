"""One step as one EPCIS event: which kind, in the words of the Core Business Vocabulary 2.0."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .step import Step

Event = dict[str, object]
PREFIX = "wcm"
PIECE = "H87"  # UN/CEFACT recommendation 20: sheets are counted, also in fractions

# (bizStep, disposition) where the step alone says it. CBV has no word for letting go what was held.
WORDS = {
    "commissioning": ("commissioning", "active"),
    "assembling": ("assembling", "active"),
    "inspecting": ("inspecting", "in_progress"),
    "holding": ("holding", "unavailable"),
    "repairing": ("repairing", "in_progress"),
    "releasing": ("other", "available"),
    "packing": ("packing", "in_progress"),
    "loading": ("loading", "in_progress"),
    "shipping": ("shipping", "in_transit"),
    "receiving": ("receiving", "in_progress"),
    "installing": ("installing", "active"),
    "replacing": ("replacing", "inactive"),
    "returning": ("shipping", "returned"),
    "destroying": ("destroying", "destroyed"),
}
VERDICTS = {"passed": "conformant", "failed": "non_conformant"}
ACTIONS = {"commissioning": "ADD", "destroying": "DELETE"}


def event(step: Step, packed_in: str | None) -> Event:
    """:param packed_in: the shipment that the part is in before this step"""
    kind = _KINDS.get(step.name, _object)
    return _common(step) | kind(step, packed_in) | _facts(step)


def offset(time: datetime) -> str:
    """As `+01:00`."""
    return time.isoformat()[-6:]


def _common(step: Step) -> Event:
    word, disposition = WORDS[step.name]
    disposition = VERDICTS.get(step.verdict or "", disposition)
    found: Event = {
        "eventID": step.id,
        "eventTime": step.time.isoformat(timespec="seconds"),
        "eventTimeZoneOffset": offset(step.time),
        "bizStep": word,
        "disposition": "recalled" if step.name == "holding" and step.recalled else disposition,
    }
    if step.recorded:
        found["recordTime"] = step.recorded.isoformat(timespec="seconds")
    if step.place:
        found["readPoint"] = {"id": step.place}
    return found


def _facts(step: Step) -> Event:
    """Words of our own: EPCIS lets whoever exports add some, under a prefix."""
    told: Event = {f"{PREFIX}:{name}": value for name, value in step.facts}
    return told | ({f"{PREFIX}:step": step.name} if WORDS[step.name][0] == "other" else {})


def _object(step: Step, _packed_in: str | None) -> Event:
    found: Event = {"type": "ObjectEvent", "action": ACTIONS.get(step.name, "OBSERVE"), "epcList": [step.part]}
    if step.shipment:
        found["bizTransactionList"] = [{"type": "desadv", "bizTransaction": step.shipment}]
    if step.destination:
        found["destinationList"] = [{"type": "location", "destination": step.destination}]
    return found


def _making(step: Step, packed_in: str | None) -> Event:
    """Sheets in, a part out; where nobody wrote the sheets down, the part is only seen."""
    if not step.sheets:
        return _object(step, packed_in)
    taken = [{"epcClass": sheets.lot, "quantity": sheets.sheets, "uom": PIECE} for sheets in step.sheets]
    return {"type": "TransformationEvent", "inputQuantityList": taken, "outputEPCList": [step.part]}


def _packing(step: Step, packed_in: str | None) -> Event:
    """Into a shipment, or out of the one that it is in."""
    if step.shipment:
        return {"type": "AggregationEvent", "action": "ADD", "parentID": step.shipment, "childEPCs": [step.part]}
    if packed_in:
        return {"type": "AggregationEvent", "action": "DELETE", "parentID": packed_in, "childEPCs": [step.part], "bizStep": "unpacking"}
    return _object(step, packed_in)


def _part_of_home(action: str) -> Callable[[Step, str | None], Event]:
    def found(step: Step, packed_in: str | None) -> Event:
        if not step.home:
            return _object(step, packed_in)
        return {"type": "AssociationEvent", "action": action, "parentID": step.home, "childEPCs": [step.part]}

    return found


_KINDS: dict[str, Callable[[Step, str | None], Event]] = {
    "assembling": _making,
    "packing": _packing,
    "installing": _part_of_home("ADD"),
    "replacing": _part_of_home("DELETE"),
}
