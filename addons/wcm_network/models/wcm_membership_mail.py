from odoo import models
from odoo.tools import format_date

from .wcm_membership import WORKING_STATES


class WcmMembership(models.Model):
    """Each step of a membership is told to its owners and supervisors: what happened, why, and what they may do."""

    _inherit = "wcm.membership"

    def _move_to(self, state, since, **values):
        before = {member: member.state for member in self}
        people = {member: member.sudo()._told_users() for member in self}
        super()._move_to(state, since, **values)
        for member in self.sudo():
            step = member._step_told(before[member], state)
            if step:
                member._tell(step, people[member])

    def _step_told(self, before, state):
        """Which mail tells of it, if any: applications have mails of their own."""
        if state == "suspended" and before in WORKING_STATES:
            return "suspended"
        if state in WORKING_STATES and before == "suspended":
            return "resumed"
        if state == "active" and before == "probation":
            return "passed"
        return "ended" if state == "ended" and before in (*WORKING_STATES, "suspended") else None

    def _told_users(self):
        """Owners and supervisors; where nobody is either, everybody with a login."""
        return self._office_users() or self.user_ids.filtered("active")

    def _tell(self, step, users=None):
        """:param step: one of `_told`"""
        for lang, group in (self._told_users() if users is None else users).grouped("lang").items():
            member = self.with_context(lang=lang)
            subject, happened, may, link = member._told(step)
            member.message_notify(
                partner_ids=group.partner_id.ids, subject=subject,
                body=self.env["ir.qweb"]._render("wcm_network.membership_mail", {
                    "happened": happened, "reason": member._told_reason(step), "may": may, "link": link and f"{member.get_base_url()}{link}",
                }),
            )

    def _told_reason(self, step):
        reasons = {"suspended": self.decision_reason, "ended": self.decision_reason, "leaving": self.leaving_reason}
        return reasons.get(step)

    def _told(self, step):
        """Hook: (subject, what happened, what they may do line by line, address on our pages) in the language of the environment."""
        return getattr(self, f"_told_{step}")()

    def _told_suspended(self):
        return (
            self.env._("%s: the membership is suspended", self.name),
            self.env._("The membership of %s in the network is suspended from now on. Its people are logged out, and see and do nothing until it is resumed. Orders that are open may be given to others.", self.name),
            [
                self.env._("Answer this mail: your coordinator says what has to change, and can resume the membership at once."),
                self.env._("Ask the coordinator for your statements. What is accepted stays owed and is paid as agreed."),
                self.env._("Renew a certificate or insurance on the page of your space (My account, Spaces), where that is what is missing."),
            ],
            "/my",
        )

    def _told_resumed(self):
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return (
            self.env._("%s: the membership goes on", self.name),
            self.env._("The suspension of %(member)s is over. Its state is “%(state)s”, as it was before.", member=self.name, state=state),
            [self.env._("Log in again: your pages are as you left them."), self.env._("Look at your orders: some may have been given to others meanwhile.")],
            "/workshop",
        )

    def _told_passed(self):
        return (
            self.env._("%s: probation is passed", self.name),
            self.env._("%s is a full member from now on. The limits of probation, hours in a week and a share of a home's blocks, hold no more; orders agreed before keep their figures.", self.name),
            [self.env._("Look at the hours that you offer, under Capacity: plans may use all of them now."), self.env._("Read your record under Us: what is counted of your work, and how to contest it.")],
            "/workshop/us",
        )

    def _told_ended(self):
        days = self.env["wcm.membership.archive"]._keep_days()
        return (
            self.env._("%s: the membership has ended", self.name),
            self.env._("The membership of %s in the network has ended, and its people see nothing of it any more. What is accepted and not paid stays owed and is paid as agreed.", self.name),
            [
                self.env._("Download your data: a second mail with a link to all of it follows within the hour. The link ends after %s days.", days),
                self.env._("Personal data of your people is erased when the link ends; what the law asks us to keep is kept, as your copy says."),
                self.env._("The space may apply again at any time; its page on the public map is yours as before."),
            ],
            None,
        )

    def _told_leaving(self):
        return (
            self.env._("%s is leaving the network", self.name),
            self.env._("%(member)s leaves; its last day is %(day)s. It gets no new offers. What is ready by then is finished, the rest is given to others.", member=self.name, day=format_date(self.env, self.leaving_on)),
            [
                self.env._("See what is still open, and download your data, under Us, Leaving."),
                self.env._("Stay after all: take it back there, any time before the membership ends."),
            ],
            "/workshop/leaving",
        )

    def _told_staying(self):
        return (
            self.env._("%s stays in the network", self.name),
            self.env._("%s does not leave after all. It gets offers again. Orders that were given to others meanwhile stay with them.", self.name),
            [self.env._("Look at your orders and the hours that you offer.")],
            "/workshop",
        )

    def _tell_leaving(self):
        self._tell("leaving", self._told_users() | self._region_coordinators())

    def _tell_staying(self):
        self._tell("staying", self._told_users() | self._region_coordinators())

    def _region_coordinators(self):
        return self.region_id.coordinator_ids.filtered("active")
