from odoo import models
from odoo.tools import format_amount, format_date, format_datetime


class WcmNonconformity(models.Model):
    """The 8D report: what the system knows of each discipline, and where it knows nothing."""

    _inherit = "wcm.nonconformity"

    def _eight_d(self):
        """[(code, title, [(label, text)])]; a discipline of which nothing is known has no lines."""
        disciplines = (
            ("D1", self.env._("Team"), self._eight_d_team()),
            ("D2", self.env._("Problem"), self._eight_d_problem()),
            ("D3", self.env._("Containment"), self._eight_d_containment()),
            ("D4", self.env._("Root cause"), self._eight_d_cause()),
            ("D5", self.env._("Corrective actions chosen"), self._eight_d_chosen()),
            ("D6", self.env._("Carried out"), self._eight_d_carried_out()),
            ("D7", self.env._("So that it does not happen again"), self._eight_d_prevention()),
            ("D8", self.env._("Closure"), self._eight_d_closure()),
        )
        return [(code, title, [(label, text) for label, text in lines if text]) for code, title, lines in disciplines]

    def _eight_d_team(self):
        lines = self.disposition_ids
        return [
            (self.env._("Opened by"), self.opened_by_id.name),
            (self.env._("Checked by"), self._names(self.inspection_id.inspector_id | self.recheck_ids.inspector_id)),
            (self.env._("Decided by"), self._names(lines.decided_by_id)),
            (self.env._("Reworked by"), self._names(lines.reworked_by_id)),
            (self.env._("Owners of corrective actions"), self._names(self.corrective_action_ids.owner_id)),
        ]

    def _eight_d_problem(self):
        return [
            (self.env._("What is wrong"), self.title),
            (self.env._("In more words"), self.description),
            (self.env._("Noticed"), self._label("source")),
            (self.env._("Customer"), " · ".join(filter(None, (self.customer_name, self.customer_contact, self._label("customer_channel"))))),
            (self.env._("Found by"), self.inspection_id.display_name),
            (self.env._("Made by"), self.membership_id.display_name),
            (self.env._("Home"), self.build_id.name),
            (self.env._("Opened"), self._minute(self.opened_on)),
        ]

    def _eight_d_containment(self):
        counts = [f"{self._fields[name].string}: {self[name]}" for name in ("same_sheet_count", "same_design_count", "same_machine_count", "same_day_count")]
        contained = [f"{other.name} ({other.part_names})" for other in self.contained_ids]
        return [
            (self.env._("Parts held at once"), self.part_names),
            (self.env._("Other parts that may have it"), ", ".join(counts)),
            (self.env._("Held with it"), ", ".join(contained)),
        ]

    def _eight_d_cause(self):
        return [(self.env._("Kind"), self._label("cause_category")), (self.env._("In words"), self.cause)]

    def _eight_d_chosen(self):
        current = self.disposition_ids._current().sorted("id")
        parts = [(one.part_name, " · ".join(filter(None, (one._kind_label(), one.concession_words, one.reason)))) for one in current]
        actions = [
            (action.name, self.env._("%(owner)s, by %(day)s", owner=action.owner_id.name, day=format_date(self.env, action.due_on)))
            for action in self.corrective_action_ids
        ]
        return [*parts, *actions, (self.env._("In words"), self.corrective_action)]

    def _eight_d_carried_out(self):
        reworked = self.disposition_ids.filtered("rework_note").sorted("id")
        done = self.corrective_action_ids.filtered("done_note")
        return [
            *((one.part_name, f"{one.rework_note} ({one.reworked_by_id.name})") for one in reworked),
            *((action.name, f"{action.done_note} ({action.done_by_id.name}, {format_date(self.env, action.done_on)})") for action in done),
            (self.env._("Made again on"), self._eight_d_made_again()),
        ]

    def _eight_d_made_again(self):
        """Number and maker of each order, which may be one of another region: of it nothing else is said."""
        orders = self.sudo().disposition_ids.replacement_order_id
        return "; ".join(f"{order.name}, {order.membership_id.name}" for order in orders)

    def _eight_d_prevention(self):
        looked_at = self.corrective_action_ids.filtered("outcome")
        return [
            (action.name, f"{action._outcome_label()}: {action.check_note} ({action.checked_by_id.name}, {format_date(self.env, action.checked_on)})")
            for action in looked_at
        ]

    def _eight_d_closure(self):
        cost = self.payer and f"{self._label('payer')}, {format_amount(self.env, self.cost_amount, self.currency_id)}: {self.cost_reason}"
        return [
            (self.env._("Closed"), self.closed_on and f"{self._minute(self.closed_on)}, {self.closed_by_id.name}"),
            (self.env._("Who pays"), cost),
            (self.env._("The member's answer"), " · ".join(filter(None, (self._label("cost_answer"), self.cost_answer_words)))),
        ]

    def _names(self, records):
        return ", ".join(records.mapped("display_name"))

    def _minute(self, when):
        return format_datetime(self.env, when, dt_format="short")

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])
