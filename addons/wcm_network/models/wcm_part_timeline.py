from odoo import api, fields, models
from odoo.exceptions import AccessError


class WcmPart(models.Model):
    """The life of a part on one screen: steps with who, where and from what, and whether its seals still hold."""

    _inherit = "wcm.part"

    @api.readonly
    def timeline(self):
        """{name, component, state, held, intact, broken, cut, facts: [[label, value]], steps: [{…}]}, the first step first."""
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Who did what at a part is for the coordinators of the network. Its steps stand on the part's own page."))
        self.ensure_one()
        broken, missing = self._verify_history(), self.env["wcm.part.event"].sudo()._missing(self.ids).get(self.id)
        return {
            "name": self.name,
            "component": self.product_id.display_name,
            "state": self._state_label(),
            "held": self.is_held and (self.hold_reason or self.env._("Held")),
            "intact": not broken and missing is None,
            "broken": broken.id,
            "cut": missing is not None and not broken and self._broken_sentence(self.sudo().event_ids.sorted("id")[-1:], missing),
            "facts": [[label, value] for label, value in self._timeline_facts() if value],
            "steps": [self._timeline_step(event) for event in self.sudo().event_ids.sorted("id")],
        }

    def action_timeline(self):
        self.check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_part_timeline")
        return {**action, "context": {"active_id": self[:1].id}}

    def _timeline_facts(self):
        """(label, value) of what holds for the whole life. Other addons add theirs."""
        part = self.sudo()
        line = part.work_order_id.build_line_id
        return [
            (self.env._("Home"), f"{part.build_id.site_id.name}, {part.build_id.name}"),
            (self.env._("Place in the home"), f"{dict(line._fields['stage']._description_selection(self.env))[line.stage]} {self._numbers_in_home()[self]}"),
            (self.env._("Installed at"), part.install_position),
            (self.env._("Made by"), part.membership_id.name),
            (self.env._("Machines"), ", ".join(part.equipment_ids.mapped("name"))),
            (self.env._("Work order"), part.work_order_id.name),
            (self.env._("Drawings"), ", ".join(filter(None, (part.design_revision, part.work_order_id.drawing_names)))),
            (self.env._("Sheets"), part.sheet_lot_names),
            (self.env._("Shipment"), part.shipment_id.name),
            (self.env._("Public code"), part.code),
        ]

    def _timeline_step(self, event):
        """One step; photos are addresses, which ask for the reader's own rights."""
        return {
            "id": event.id,
            "step": event._step_label(),
            "kind": event.biz_step,
            "time": fields.Datetime.to_string(event.event_time),
            "told": fields.Datetime.to_string(event.record_time) if event.record_time and event.record_time > event.event_time else "",
            "place": event.place or "",
            "who": event.person_id.name or event.user_id.name or "",
            "note": event.note or "",
            "details": [[self._detail_label(name), self._detail_text(value)] for name, value in (event.data or {}).items() if value],
            "photos": [],
            "hash": event.event_hash[:12],
        }

    @api.model
    def _detail_label(self, name):
        labels = {
            "design_revision": self.env._("Revision of the drawings"), "sheet_lots": self.env._("Sheet lots"), "machines": self.env._("Machine"),
            "files": self.env._("Files"), "shipment": self.env._("Shipment"), "to": self.env._("To"), "receipts": self.env._("Receipts"),
            "corrects": self.env._("Corrects the step with the seal"), "did_not_occur": self.env._("It never happened"), "taken_back": self.env._("Taken back"),
            "inspection": self.env._("Check"), "verdict": self.env._("Verdict"), "position": self.env._("Place in the home"),
        }
        return labels.get(name) or name.replace("_", " ").capitalize()

    @api.model
    def _detail_text(self, value):
        """A list or a record of the history in words; a checksum by its beginning."""
        if isinstance(value, list):
            return "; ".join(self._detail_text(each) for each in value)
        if isinstance(value, dict) and "lot" in value:
            return self.env._("%(lot)s (%(sheets)s sheets of %(product)s)", lot=value["lot"], sheets=value.get("sheets"), product=value.get("product"))
        if isinstance(value, dict):
            value = {name: each for name, each in value.items() if name != "id"}
            return ", ".join(f"{each}"[:24] if name == "sha256" else f"{each}" for name, each in value.items() if each)
        return str(value)
