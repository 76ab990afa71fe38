"""What a stranger wrote on the public form, read and judged in their own words. No Odoo.

Text stays text: nothing is stripped of its tags, as nothing is ever shown but escaped.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .postcode import normalise_postcode, sector_unknown

# Characters that fit; more is said, not cut off.
LIMITS = {
    "name": 120,
    "street": 200,
    "city": 80,
    "zip": 12,
    "website": 200,
    "email": 120,
    "phone": 40,
    "opening_hours": 200,
    "description": 2000,
    "kit": 4000,
    "message": 4000,
    "suggester_name": 120,
    "suggester_email": 120,
}
LONG = {"description", "kit", "message"}
CHOICES = ("organisation_type", "access_type")
LISTS = ("processes", "materials")
# What a space is asked for, in the order in which it is shown beside what is here.
SPACE_FIELDS = (
    "name",
    "organisation_type",
    "street",
    "city",
    "zip",
    "website",
    "email",
    "phone",
    "opening_hours",
    "access_type",
    "description",
    "processes",
)
# From top to bottom of the form, so that errors are told in this order.
ORDER = (
    "name",
    "organisation_type",
    "description",
    "website",
    "zip",
    "street",
    "city",
    "processes",
    "materials",
    "kit",
    "access_type",
    "opening_hours",
    "email",
    "phone",
    "message",
    "suggester_name",
    "suggester_email",
    "consent",
)
# A person must not see it, so whoever fills it in is a machine.
HONEYPOT = "fax"
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s<>()\[\],;:\"\\.]+(\.[^@\s<>()\[\],;:\"\\.]+)+")
_WEBSITE = re.compile(r"(https?://)?[^\s/:@.<>\"]+(\.[^\s/:@.<>\"]+)+(:\d{1,5})?([/?#][^\s<>\"]*)?", re.IGNORECASE)
_PHONE = re.compile(r"[\d\s+().\-/ext]{5,}")


@dataclass
class Form:
    """:ivar values: what was written, cleaned; fit to fill the form with again
    :ivar errors: {field: what to do about it}
    :ivar changed: names of the space's fields that differ from what is published
    """

    values: dict
    errors: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def blank(present: Mapping | None = None) -> Form:
    """The form as it is first shown: empty, or with what is published of a space."""
    present = present or {}
    texts = {name: _text(name, present.get(name)) for name in (*LIMITS, *CHOICES)}
    return Form({**texts, **{name: list(present.get(name) or ()) for name in LISTS}, "consent": ""})


def read_form(posted: Mapping, vocabulary: Mapping[str, Collection[str]], present: Mapping | None = None) -> Form:
    """Read what was sent.

    :param posted: {name: list of texts}, as a browser sends it
    :param vocabulary: {field of CHOICES or LISTS: codes that exist}
    :param present: what is published of the space that is corrected; None for a new one
    """
    before = blank(present).values
    values = {name: _text(name, first_of(posted, name)) for name in (*LIMITS, *CHOICES)}
    values.update({name: sorted(set(posted.get(name) or ())) for name in LISTS})
    values["consent"] = "yes" if first_of(posted, "consent") else ""
    form = Form(values)
    form.changed = [name for name in SPACE_FIELDS if _plain(values[name]) != _plain(before[name])]
    _judge(form, vocabulary, new=present is None)
    form.errors = {name: form.errors[name] for name in ORDER if name in form.errors}
    return form


def is_machine(posted: Mapping) -> bool:
    return bool(first_of(posted, HONEYPOT))


def _judge(form: Form, vocabulary: Mapping, new: bool) -> None:
    """What is published already is not judged: a correction need not mend what others wrote."""
    values = form.values
    judged = {*form.changed, "kit", "message", "suggester_name", "suggester_email"}
    for name in judged & LIMITS.keys():
        if len(values[name]) > LIMITS[name]:
            form.errors[name] = f"This is {len(values[name])} characters long. At most {LIMITS[name]} fit: please shorten it."
            values[name] = values[name][: 2 * LIMITS[name]]
    for name in (*CHOICES, *LISTS):
        _judge_words(form, name, vocabulary[name])
    for name, judge in _JUDGES.items():
        if name in judged and values[name] and name not in form.errors:
            _say(form, name, judge(values[name]))
    _judge_whole(form, new)


def _judge_words(form: Form, name: str, codes: Collection[str]) -> None:
    """Codes that do not exist come from no form of ours; they are left out and said."""
    value = form.values[name]
    if name in LISTS and not set(value) <= set(codes):
        form.values[name] = [code for code in value if code in codes]
        form.errors[name] = "Something that is not on the list was sent. Please choose from the list again."
    elif name in CHOICES and value and value not in codes:
        form.values[name] = ""
        form.errors[name] = "Please choose one of the list, or leave it at “Not sure”."


def _judge_whole(form: Form, new: bool) -> None:
    values = form.values
    if not values["name"]:
        _say(form, "name", "Please write the name of the space.")
    if new and not (values["zip"] or (values["street"] and values["city"])):
        _say(form, "zip", "Please write a postcode, or a street and a town, so that the space can be found.")
    if not values["suggester_email"]:
        _say(form, "suggester_email", "Please write your e-mail address. We send you a link to confirm.")
    if not values["consent"]:
        _say(form, "consent", "Please tick the box if you agree. Without it we cannot take the suggestion.")
    if not new and not (form.changed or values["materials"] or values["kit"] or values["message"]):
        _say(form, "message", "Nothing differs from what is here. Change what is wrong above, or write it here.")


def _say(form: Form, name: str, complaint: str | None) -> None:
    if complaint:
        form.errors.setdefault(name, complaint)


def _judge_postcode(text: str) -> str | None:
    known = not sector_unknown(text)
    return None if known else f"There is no postcode {text}. Please check it, or leave it out and write street and town."


def _judge_website(text: str) -> str | None:
    fits = _WEBSITE.fullmatch(text)
    return None if fits else "Please write the website like this: www.example.org"


def judge_email(text: str) -> str | None:
    fits = _EMAIL.fullmatch(text) and text.isascii()
    return None if fits else "Please write the e-mail address like this: name@example.org"


def judge_phone(text: str) -> str | None:
    fits = _PHONE.fullmatch(text.lower())
    return None if fits else "Please write the telephone number in digits, like this: 0117 496 0000"


_JUDGES = {
    "zip": _judge_postcode,
    "website": _judge_website,
    "email": judge_email,
    "suggester_email": judge_email,
    "phone": judge_phone,
}


def first_of(posted: Mapping, name: str) -> str:
    return next(iter(posted.get(name) or ("",)))


def _text(name: str, text: str | None) -> str:
    """One line where one is asked for; without what neither a database nor a mail's head can take."""
    text = clean(text, is_long=name in LONG)
    return normalise_postcode(text) if name == "zip" else text


def clean(text: str | None, is_long: bool = False) -> str:
    """What a form of ours keeps of what was typed, on one line unless it is long."""
    text = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return text.strip() if is_long else " ".join(text.split())


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value
