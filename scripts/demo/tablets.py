"""What is told by the app at /bench: by people with a PIN at a member's tablet, and by whoever receives at the site."""

import uuid

from people import person, signed, user

# Made up, as everything of the demonstration: who works at two members that share a tablet, and the PIN of each.
PEOPLE = {
    "BRS": {"Kit Carver": ("supervisor", "1111"), "Mo Peg": ("maker", "2222")},
    "ESL": {"Lee Itchen": ("owner", "1111"), "Wren Batten": ("maker", "2222")},
}


def name_people(env):
    """Two members have a tablet that several people share; somebody on the site receives deliveries."""
    for code, people in PEOPLE.items():
        membership = env["wcm.membership"].with_user(user(env, "manager")).search([("code", "=", code)])
        for name, (role, pin) in people.items():
            known = membership.person_ids.filtered(lambda one, name=name: one.name == name)
            known = known or known.create({"membership_id": membership.id, "name": name, "role": role})
            known.pin = pin
    receiver = person(env, "site", "Sasha Site", ["base.group_portal"])
    env["wcm.site"].search([("code", "=", "KW")]).with_user(user(env, "manager")).receiver_ids = receiver
    signed(env)


def tell(login, *told, token=None):
    """One sync of the app of this login.

    :param told: (name, arguments)
    :param token: of whoever entered a PIN before
    """
    actions = [{"key": str(uuid.uuid4()), "name": name, "age": 0, "person": token, "args": args} for name, args in told]
    answers = login.env["wcm.bench.action"].with_user(login)._run_all(actions)
    if refused := [answer["message"] for answer in answers if answer["state"] != "done"]:
        raise ValueError("; ".join(refused))
    signed(login.env)


def last_to_sign_in(membership):
    """What the tablet of a member keeps of whoever entered a PIN last; nothing where nobody has one."""
    people = PEOPLE.get(membership.code)
    if not people:
        return None
    name, (_role, pin) = list(people.items())[-1]
    found = membership.person_ids.filtered(lambda one: one.name == name)
    return found.with_user(membership.user_ids[0])._unlock(found.id, pin)["token"]
