"""Who works here. Password = login: refused by `make demo` beyond loopback."""

from places import facility
from tables import rows

from odoo import Command

STAFF = {
    "manager": ("Morgan Manager", ["wcm_network.group_manager", "wcm_qc.group_quality_lead"]),
    "coordinator": ("Casey Coordinator", ["wcm_network.group_coordinator"]),
    "quality": ("Quinn Quality", ["wcm_qc.group_quality_lead"]),
    "funder": ("Frankie Funder", ["wcm_network.group_funder"]),
}


def create_staff(env):
    """The manager sees the network, the coordinator Bristol; both begin with what waits for them today."""
    for login, (name, groups) in STAFF.items():
        person(env, login, name, groups)
    (user(env, "manager") + user(env, "coordinator")).action_id = env.ref("wcm_mapping.action_dashboard").id
    env.ref("wcm_mapping.region_bristol").coordinator_ids = [Command.link(user(env, "coordinator").id)]


def person(env, login, name, groups):
    return env["res.users"].with_context(no_reset_password=True).create({
        "name": name,
        "login": login,
        "password": login,
        "email": f"{login}@example.org",
        "lang": "en_GB",
        # Its greeting would open over the page, on a phone over all of it.
        "odoobot_state": "disabled",
        "group_ids": [Command.set([env.ref(group).id for group in groups])],
    })


def user(env, login):
    return env["res.users"].search([("login", "=", login)])


def signed(env):
    """Tell what one person did under that person's name, before the next one acts.

    Odoo tells who changed what at the end of a transaction, and a step here is one.
    """
    env.flush_all()
    env.cr.precommit.run()


# Of a member on probation: hours of one process in a week, and the share of the blocks of one component of a home.
PROBATION = {"wcm_network.probation_hours_per_week": "12", "wcm_network.probation_share": "0.25"}


def admit_members(env):
    """Eight spaces apply, are invited, accept the terms themselves, and are admitted."""
    for key, figure in PROBATION.items():
        env["ir.config_parameter"].sudo().set_param(key, figure)
    manager = user(env, "manager")
    terms = env["wcm.terms"].search([], limit=1)
    terms.with_user(manager).action_approve()
    for row in rows("members"):
        membership = env["wcm.membership"].with_user(manager).create({
            "facility_id": facility(env, row["external_id"]).id, "code": row["code"],
        })
        member = membership._create_portal_user(row["login"], row["person"], password=row["login"])
        member.sudo().lang = "en_GB"
        membership.with_user(member).action_accept_terms()
        membership.action_review()
        membership.action_admit()
        if row["code"] != "DOR":
            membership.action_activate()
        signed(env)
