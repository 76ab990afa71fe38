"""An EPCIS document of the history of any number of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from .event import PREFIX, Event, event
from .step import Step

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
NAMESPACE = "https://wecanmake.org/ns/epcis/"


def document(id: str, created: datetime, steps: Iterable[Step]) -> Event:
    """Of each part its steps in the order in which they were recorded.

    A correction stands as EPCIS asks: the event as it was told, once more with its error declared,
    and then the right one; what never happened has no right one.
    """
    return {
        "@context": [CONTEXT, {PREFIX: NAMESPACE}],
        "id": id,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": created.isoformat(timespec="seconds"),
        "epcisBody": {"eventList": list(_events(steps))},
    }


def _events(steps: Iterable[Step]) -> Iterator[Event]:
    packed: dict[str, str | None] = {}
    told: dict[str, Event] = {}
    for step in steps:
        if step.corrects in told:
            yield told[step.corrects] | {"errorDeclaration": _declaration(step)}
        if not (step.corrects and step.did_not_occur):
            told[step.id] = event(step, packed.get(step.part))
            yield told[step.id]
        if step.name == "packing":
            packed[step.part] = None if step.did_not_occur else step.shipment


def _declaration(step: Step) -> Event:
    when = (step.recorded or step.time).isoformat(timespec="seconds")
    if step.did_not_occur:
        return {"declarationTime": when, "reason": "did_not_occur"}
    return {"declarationTime": when, "reason": "incorrect_data", "correctiveEventIDs": [step.id]}
