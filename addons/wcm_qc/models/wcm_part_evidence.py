from odoo import fields, models
from odoo.tools import SQL

INSPECTED = ("passed", "concession", "failed", "held")


class WcmPart(models.Model):
    """A part's evidence, as rows: a home has a thousand of them."""

    _inherit = "wcm.part"

    def _evidence_rows(self, files):
        """:param files: `Files` of the pack, which know the names of drawings and photos"""
        histories = self._sealed_histories()
        planned = {part: part._stages_planned() for part in self._together()}
        return [part._evidence_row(files, histories.get(part.id, []), part._why_not_inspected(planned[part])) for part in self]

    def _evidence_row(self, files, history, not_inspected):
        made = next((step["data"] for step in reversed(history) if step["step"] == "assembling"), None) or {}
        checks = [self._evidence_check(check, files) for check in self.inspection_ids.filtered(lambda check: check.state != "replaced").sorted("id")]
        drawings = [files.of_sha256(file["sha256"]) for file in made.get("files", ())]
        return {
            "serial": self.name, "component": self.product_id.display_name, "quality": self._label("quality_state"), "state": self._label("state"),
            "not_inspected": not_inspected, "facts": self._evidence_facts(made), "checks": checks,
            "history": [{"step": step["step"], "sealed": step["sealed"], "hash": step["hash"]} for step in history],
            "files": sorted({name for name in (*drawings, *files.papers(self), *(line[kind] for check in checks for line in check["lines"] for kind in ("photo", "signature"))) if name}),
        }

    def _evidence_facts(self, made):
        """{label: text} of how it came about; what nobody has said is left out."""
        facts = {
            self.env._("Made by"): self.membership_id.name, self.env._("Made on"): fields.Datetime.to_string(self.made_on),
            self.env._("Person"): self._made_by_person().name or self.made_by_id.name, self.env._("Design revision"): self.design_revision,
            self.env._("Sheets"): ", ".join(f"{lot['product']} {lot['lot']} ({lot['sheets']:g})" for lot in made.get("sheet_lots", ())),
            self.env._("Machines"): ", ".join(machine["name"] for machine in made.get("machines", ())),
            self.env._("Drawings"): ", ".join(file["name"] for file in made.get("files", ())),
            self.env._("Position in the home"): self.install_position,
            self.env._("Nonconformities"): ", ".join(self.nonconformity_ids.mapped("name")),
        }
        return {label: text for label, text in facts.items() if text}

    def _evidence_check(self, check, files):
        return {
            "name": check.name, "stage": check._stage_label(), "plan": check.plan_name, "verdict": check._fields["state"].convert_to_export(check.state, check),
            "closed_on": fields.Datetime.to_string(check.closed_at) or "", "inspector": check.inspector_id.name or "", "corrects": check.replaces_id.name or "", "witness": check.witness_words or "",
            "lines": [
                {
                    "checkpoint": line.name, "limits": line.limits or "", "unit": line.unit or "", "found": ", ".join(filter(None, (line._reading_words(), line.note))),
                    "value": line.value if line.measured_values else None, "values": line.measured_values or [],
                    "verdict": dict(line._fields["verdict"]._description_selection(self.env))[line.verdict], "by": line.checked_by_id.name or "",
                    "on": fields.Datetime.to_string(line.checked_at) or "", "photo": files.photo(line.id), "signature": files.photo(line.id, "signature"),
                }
                for line in check.line_ids
            ],
        }

    def _why_not_inspected(self, planned):
        """Empty for what was inspected at every stage that it came to, whatever came of it.

        :param planned: stages that it came to and that a control plan checks
        """
        if self.state == "to_make":
            return self.env._("not made yet")
        if self.quality_state in INSPECTED:
            return self._why_stages_not_inspected(planned)
        if self.quality_state == "sampled":
            return self.env._("not drawn; accepted by the sample %s of its order", self._sample().name)
        if self.quality_state == "to_check":
            return self.env._("not closed yet: %s", self._stage_words(self._open_checks().mapped("stage")))
        if not planned:
            return self.env._("no control plan covers it")
        return self.env._("not drawn; the sample of its order has no verdict yet") if self._sample() else self.env._("its check was never opened")

    def _why_stages_not_inspected(self, planned):
        missing = [stage for stage in planned if not self._latest_inspection(stage) and not self._sample(stage)]
        return self.env._("not checked: %s", self._stage_words(missing)) if missing and self.quality_state != "held" else ""

    def _stage_words(self, stages):
        labels = dict(self.env["wcm.control.plan"]._fields["stage"]._description_selection(self.env))
        return ", ".join(labels[stage].lower() for stage in dict.fromkeys(stages))

    def _label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    def _sealed_histories(self):
        """{part id: its steps}, each with the text that its hash is of."""
        events, histories = self.env["wcm.part.event"], {}
        events.flush_model()
        self.env.cr.execute(SQL(
            """SELECT part_id, biz_step, event_time, record_time, person_id, user_id, place, note, data, is_public, previous_hash, event_hash
                 FROM wcm_part_event WHERE part_id = ANY(%s) ORDER BY part_id, id""", list(self.ids),
        ))
        for row in self.env.cr.dictfetchall():
            step = {"step": row["biz_step"], "data": row["data"], "sealed": events._sealed(row), "hash": row["event_hash"]}
            histories.setdefault(row["part_id"], []).append(step)
        return histories
