"""A space's machines as files tell them: a list of records, or the same as JSON in a table's cell."""

import json

from .row import clean_extra, clean_text, read_number

# Our word, and what others call it, best first. Lengths in mm, power in W, speed in turns a minute.
WORDS = {
    "name": ("name", "equipment_name", "equipment_type"),
    "process": ("process", "process_code", "manufacturing_process"),
    "process_uri": ("process_uri", "manufacturing_process"),
    "make": ("make", "brand", "manufacturer"),
    "model": ("model",),
    "quantity": ("quantity",),
    "condition": ("condition",),
    "materials": ("materials", "materials_worked"),
    "envelope_x_mm": ("envelope_x_mm", "x_travel"),
    "envelope_y_mm": ("envelope_y_mm", "y_travel"),
    "envelope_z_mm": ("envelope_z_mm", "z_travel"),
    "thickness_max_mm": ("thickness_max_mm",),
    "tolerance_mm": ("tolerance_mm",),
    "tolerance_class": ("tolerance_class",),
    "power_w": ("power_w", "power_rating", "laser_power"),
    "spindle_speed_rpm": ("spindle_speed_rpm", "maximum_spindle_speed"),
}
WHOLE = ("quantity", "envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "spindle_speed_rpm")
TEXTS = ("name", "process", "process_uri", "make", "model")
CHOICES = {"condition": ("new", "good", "worn", "out_of_order"), "tolerance_class": ("f", "m", "c", "v")}
# Nothing that people call a machine is larger; beyond it a column would overflow.
LARGEST = 10_000_000
NOTHING = (None, "", "[x]", [], {})


def read(value: object) -> list[dict]:
    """Machines in our words; [] when this is no list of records that each name something."""
    machines = _list(value)
    if not machines or not all(isinstance(machine, dict) for machine in machines):
        return []
    found = [_machine(machine) for machine in machines]
    return found if all(machine["label"] for machine in found) else []


def _list(value: object) -> list:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _machine(record: dict) -> dict:
    """`label` is what to call it when it has no name of its own."""
    words = {_word(key): value for key, value in record.items() if value not in NOTHING}
    taken = {name: _take(name, words) for name in WORDS}
    used = {alias for alias, _value in taken.values()}
    extra = {key: clean_extra(value) for key, value in words.items() if key not in used}
    machine = {name: value for name, (_alias, value) in taken.items() if value is not None}
    return {**machine, "label": _label(machine), "extra": extra}


def _label(machine: dict) -> str:
    return machine.get("name") or " ".join(filter(None, (machine.get("make"), machine.get("model"))))


def _word(key: object) -> str:
    return clean_text(key).lower().replace(" ", "_")


def _take(name: str, words: dict) -> tuple[str | None, object]:
    """The first alias whose value can be read, and that; what cannot be read stays in `extra`."""
    readings = ((alias, _read(name, words[alias])) for alias in WORDS[name] if alias in words)
    return next(((alias, value) for alias, value in readings if value is not None), (None, None))


def _read(name: str, value: object) -> object:
    if name in TEXTS:
        return clean_text(value) if isinstance(value, str | int | float) else None
    if name in CHOICES:
        word = clean_text(value).lower().replace(" ", "_")
        return word if word in CHOICES[name] else None
    return _materials(value) if name == "materials" else _number(name, value)


def _materials(value: object) -> list[str] | None:
    words = value.split(",") if isinstance(value, str) else value
    plain = isinstance(words, list) and all(isinstance(word, str) for word in words)
    return [clean_text(word) for word in words if clean_text(word)] or None if plain else None


def _number(name: str, value: object) -> int | float | None:
    number = None if isinstance(value, bool | dict | list) else read_number(clean_text(value))
    if number is None or not 0 < number < LARGEST:
        return None
    return round(number) or None if name in WHOLE else number
