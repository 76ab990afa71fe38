import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from epcis.document import document
from epcis.step import STEPS, Sheets, Step

SCHEMA = Path(__file__).parents[5] / "shared" / "data" / "epcis" / "EPCIS-JSON-Schema.json"
SUMMER = timezone(timedelta(hours=1))
NOON = datetime(2026, 7, 1, 12, tzinfo=SUMMER)
BASE = "https://network.example"
PART = f"{BASE}/part/ABCDEFGH23456723"
SHIP, HOME, SITE = f"{BASE}/id/shipment/SHIP-0001", f"{BASE}/id/home/7", f"{BASE}/id/place/Test%20Meadow"


def step(name: str, **values: Any) -> Step:
    return Step(id=f"{PART}#{name}{len(values)}", part=PART, name=name, time=NOON, recorded=NOON, place=SITE, **values)


def events(*steps: Step) -> list[dict[str, Any]]:
    found: dict[str, Any] = document(f"{BASE}/doc", NOON, steps)
    events: list[dict[str, Any]] = found["epcisBody"]["eventList"]
    return events


LIFE = [
    step("commissioning", facts=(("designRevision", "v1"),)),
    step("assembling", sheets=(Sheets(f"{BASE}/id/lot/SHEET/SH-A", 0.5),), facts=(("files", [{"name": "a.dxf", "sha256": "0" * 64}]),)),
    step("inspecting", verdict="failed"),
    step("holding"),
    step("repairing"),
    step("inspecting", verdict="passed", recalled=False),
    step("releasing"),
    step("packing", shipment=SHIP),
    step("packing"),
    step("packing", shipment=SHIP, recalled=False),
    step("loading", shipment=SHIP),
    step("shipping", shipment=SHIP, destination=SITE),
    step("receiving", shipment=SHIP),
    step("installing", home=HOME, facts=(("position", "Wall A, 3"),)),
    step("holding", recalled=True),
    step("replacing", home=HOME),
    step("returning"),
    step("destroying"),
]


def test_a_whole_life_is_valid_against_the_schema_of_gs1() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"shared data absent: {SCHEMA}")
    assert {each.name for each in LIFE} == STEPS
    wrong = replace(LIFE[11], id=f"{PART}#again", corrects=LIFE[11].id)
    never = replace(LIFE[10], id=f"{PART}#never", corrects=LIFE[10].id, did_not_occur=True)
    found = json.loads(json.dumps(document(f"{BASE}/doc", NOON, [*LIFE, wrong, never])))
    schema = json.loads(SCHEMA.read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(found)
    assert len(found["epcisBody"]["eventList"]) == len(LIFE) + 3


@pytest.mark.parametrize(
    ("name", "values", "kind", "words"),
    [
        ("commissioning", {}, "ObjectEvent", ("commissioning", "active")),
        ("inspecting", {"verdict": "passed"}, "ObjectEvent", ("inspecting", "conformant")),
        ("inspecting", {"verdict": "failed"}, "ObjectEvent", ("inspecting", "non_conformant")),
        ("holding", {}, "ObjectEvent", ("holding", "unavailable")),
        ("holding", {"recalled": True}, "ObjectEvent", ("holding", "recalled")),
        ("packing", {"shipment": SHIP}, "AggregationEvent", ("packing", "in_progress")),
        ("installing", {"home": HOME}, "AssociationEvent", ("installing", "active")),
        ("assembling", {}, "ObjectEvent", ("assembling", "active")),
    ],
)
def test_each_step_is_the_event_that_the_standard_has_for_it(
    name: str, values: dict[str, Any], kind: str, words: tuple[str, str]
) -> None:
    (found,) = events(step(name, **values))
    assert (found["type"], (found["bizStep"], found["disposition"])) == (kind, words)


def test_sheets_go_in_and_a_part_comes_out() -> None:
    (found,) = events(LIFE[1])
    assert found["type"] == "TransformationEvent"
    assert found["inputQuantityList"] == [{"epcClass": f"{BASE}/id/lot/SHEET/SH-A", "quantity": 0.5, "uom": "H87"}]
    assert found["outputEPCList"] == [PART]


def test_what_is_taken_out_leaves_the_shipment_that_it_was_in() -> None:
    _into, out, *_rest = events(*LIFE[7:9])
    assert (out["action"], out["parentID"], out["bizStep"]) == ("DELETE", SHIP, "unpacking")


def test_times_carry_the_offset_of_the_place() -> None:
    (found,) = events(step("receiving"))
    assert (found["eventTime"], found["eventTimeZoneOffset"]) == ("2026-07-01T12:00:00+01:00", "+01:00")


def test_a_correction_declares_the_error_and_names_what_is_right() -> None:
    wrong, right = step("receiving"), replace(step("receiving"), id=f"{PART}#right", corrects=f"{PART}#receiving0", place=HOME)
    first, declared, corrected = events(wrong, right)
    assert declared == first | {"errorDeclaration": {
        "declarationTime": "2026-07-01T12:00:00+01:00", "reason": "incorrect_data", "correctiveEventIDs": [right.id],
    }}
    assert corrected["readPoint"] == {"id": HOME}


def test_what_never_happened_has_no_right_event() -> None:
    never = replace(step("receiving"), id=f"{PART}#never", corrects=f"{PART}#receiving0", did_not_occur=True)
    _first, declared = events(step("receiving"), never)
    assert declared["errorDeclaration"]["reason"] == "did_not_occur"


@pytest.mark.parametrize("values", [{"name": "melting", "time": NOON}, {"name": "packing", "time": datetime(2026, 7, 1)}])
def test_strange_steps_and_times_without_zone_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Step(id="x:1", part="x:2", **values)
