"""What somebody wrote on the form “Join the network”, read and judged in their own words. No Odoo.

The space and the sender are read as on the form for suggestions; this adds the organisation and its work.
"""

from collections.abc import Collection, Mapping

from odoo.addons.wcm_mapping import suggestion_form
from odoo.addons.wcm_mapping.suggestion_form import Form, clean, first_of, judge_email, judge_phone

# Characters that fit.
LIMITS = {"organisation": 120, "contact_role": 80, "contact_phone": 40, "owner_name": 120, "owner_email": 120, "wants": 2000, "hours": 8}
LONG = {"wants"}
# From top to bottom of the form, so that errors are told in this order.
ORDER = (
    "organisation", "organisation_type", "name", "zip", "street", "city", "processes", "materials", "kit", "wants", "hours", "message",
    "suggester_name", "contact_role", "suggester_email", "contact_phone", "owner_name", "owner_email", "consent",
)  # fmt: skip
SENT = (*LIMITS, *suggestion_form.LIMITS, *suggestion_form.CHOICES, *suggestion_form.LISTS, "consent", suggestion_form.HONEYPOT)
PLACE = ("name", "street", "city", "zip")
HOURS_IN_A_WEEK = 168


def blank_application(space: Mapping | None = None, known: Mapping | None = None) -> Form:
    """The form as it is first shown.

    :param space: what is published of the space that applies; None for one that is not on the map
    :param known: what the same organisation wrote before
    """
    processes = [process["code"] for process in space["processes"]] if space else []
    form = suggestion_form.blank({"processes": processes, "organisation_type": (space or {}).get("organisation_type")})
    form.values.update(dict.fromkeys(LIMITS, ""))
    form.values.update({name: text or "" for name, text in (known or {}).items()})
    return form


def read_application(posted: Mapping, vocabulary: Mapping[str, Collection[str]], space: Mapping | None = None) -> Form:
    """Read what was sent.

    :param posted: {name: list of texts}, as a browser sends it
    """
    form = suggestion_form.read_form(posted, vocabulary)
    if space:
        form.errors = {name: words for name, words in form.errors.items() if name not in PLACE}
        form.values.update({**dict.fromkeys(PLACE, ""), "name": space["name"]})
    form.values.update({name: clean(first_of(posted, name), is_long=name in LONG) for name in LIMITS})
    _judge_lengths(form)
    _judge_whole(form)
    if "consent" in form.errors:
        form.errors["consent"] = "Tick the box if you agree. Without it we cannot take the application."
    form.errors = {name: form.errors[name] for name in ORDER if name in form.errors}
    return form


def hours_of(text: str) -> float | None:
    """Hours a week as they were typed; None where that is no number of them."""
    try:
        hours = float(text.replace(",", ".") or 0)
    except ValueError:
        return None
    return hours if 0 <= hours <= HOURS_IN_A_WEEK else None


def _judge_lengths(form: Form) -> None:
    for name, most in LIMITS.items():
        if len(form.values[name]) > most:
            form.errors[name] = f"This is {len(form.values[name])} characters long. At most {most} fit: shorten it."
            form.values[name] = form.values[name][: 2 * most]


def _judge_whole(form: Form) -> None:
    values = form.values
    wants = {
        "organisation": (values["organisation"], "Write the name of the organisation."),
        "organisation_type": (values["organisation_type"], "Choose what kind of organisation it is."),
        "processes": (values["processes"], "Choose at least one way of making."),
        "wants": (values["wants"], "Write what you would like to make."),
        "suggester_name": (values["suggester_name"], "Write your name."),
        "hours": (hours_of(values["hours"]) is not None, "Write the hours of a week as a number, like 20."),
        "owner_email": (values["owner_email"] or not values["owner_name"], "Write the e-mail address of this person."),
        "owner_name": (values["owner_name"] or not values["owner_email"], "Write the name of this person."),
    }
    for name, (is_there, complaint) in wants.items():
        if not is_there:
            form.errors.setdefault(name, complaint)
    for name, judge in (("owner_email", judge_email), ("contact_phone", judge_phone)):
        complaint = values[name] and judge(values[name])
        if complaint:
            form.errors.setdefault(name, complaint)
