"""Members and coordinators learn in the open: lessons in each state, feedback in each state."""

from people import signed, user

from odoo import Command

SHEETS = (
    "Sheets that stood against the wall overnight bowed by 4 to 6 mm and lifted off the bed at the corners.\n\n"
    "The next day Sam Okafor turned them and laid them flat under two others for a day: 1 mm was left. Since then they lie flat from the delivery on."
)
LABELS = "In the sprint everybody scanned labels with gloves on. Labels at the end grain were found at once, those on the face were under the next block."
GLUE = "Below 8 °C the glue took a day longer. We asked for a heater in the assembly area instead of moving the dates."


def write_lessons(env):
    """One is published, one waits for a review, one is a draft (illustrative)."""
    member, coordinator = user(env, "member1"), user(env, "coordinator")
    first = _written(env, member, "Sheets bow when they stand", "lesson", SHEETS)
    first.with_user(member).action_add_person("Sam Okafor", "a maker of the workshop", "refused", "Asked in person")
    first.with_user(member).write({"stage": "develop"})
    first.with_user(member).action_ask_review()
    signed(env)
    first.with_user(coordinator).write({"process_ids": [Command.link(env.ref("wcm_mapping.process_cnc_routing").id)]})
    first.with_user(coordinator).action_publish()
    signed(env)
    second = _written(env, member, "Labels belong on the end grain", "sprint", LABELS)
    second.with_user(member).write({"stage": "define"})
    second.with_user(member).action_ask_review()
    _written(env, member, "Glue in the cold", "lesson", GLUE)
    signed(env)


def _written(env, author, title, kind, text):
    opened = env["wcm.lesson"].with_user(author).workshop_write(title, kind, text)
    return env["wcm.lesson"].browse(opened["res_id"])


def contest_a_figure(env):
    """A member says that two answers should not count in its record; one is answered (illustrative)."""
    member, coordinator = user(env, "member1"), user(env, "coordinator")
    membership = env["wcm.membership"].with_user(member)._workshop_memberships()
    answers = env["wcm.offer.answer"].with_user(member).search([("answered_at", "!=", False), ("answer", "!=", "withdrawn")], limit=2)
    for answer, words in zip(answers, ("The works were shut for the week, as we had told you.", "We answered by telephone the same day."), strict=False):
        membership.action_contest("response", answer.id, words)
    signed(env)
    contests = env["wcm.record.contest"].with_user(coordinator).search([("membership_id", "=", membership.id)], order="id", limit=1)
    contests.action_uphold("True, it stood in your mail of the week before.")
    signed(env)


def tell_and_answer(env):
    """A problem that was answered, an idea that somebody has, and praise that waits (illustrative)."""
    member, coordinator = user(env, "member1"), user(env, "coordinator")
    inbox = env["wcm.feedback"]
    order = env["wcm.work.order"].with_user(member).search([], limit=1)
    about = {"model": "wcm.work.order", "id": order.id}
    inbox.with_user(member).workshop_tell("The drawing opens too small to read at the machine.", "problem", f"/workshop/my-orders/{order.id}", about)
    inbox.with_user(member).workshop_tell("Let us note on an order which pallet the blocks stand on.", "idea", f"/workshop/my-orders/{order.id}", about)
    inbox.with_user(member).workshop_tell("The list of what to do in the morning saves me a phone call a day.", "praise", "/workshop/today")
    signed(env)
    problem, idea = (inbox.search([("mood", "=", mood)], limit=1).with_user(coordinator) for mood in ("problem", "idea"))
    problem.action_answer("Thank you. The drawing now opens across the whole page.", "The next drawings are exported larger, too.")
    idea.action_take()
    signed(env)
