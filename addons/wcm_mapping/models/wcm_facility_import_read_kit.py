from odoo import models
from odoo.fields import Command

from .maintenance_equipment_publication import MACHINE_WORDS


class WcmFacilityImport(models.Model):
    """The kit that a file tells of a space: written where no kit is known here, else left alone."""

    _inherit = "wcm.facility.import"

    def _facility_values(self, row, country, known):
        values = super()._facility_values(row, country, known)
        if row.kit:
            values["equipment_ids"] = [Command.create(self._machine_values(machine, known)) for machine in row.kit]
        return values

    def _machine_values(self, machine, known):
        values = {name: machine[name] for name in MACHINE_WORDS if machine.get(name)}
        process = known.once(self._find_process, machine.get("process"), machine.get("process_uri"))
        materials, unknown = self._known_materials(machine.get("materials", ()), known)
        unknown = {**machine.get("extra", {}), **({"materials": unknown} if unknown else {})}
        if machine.get("process") and not process:
            unknown["process"] = machine["process"]
        return {
            **values,
            "name": values.get("name") or machine["label"],
            "process_id": process.id,
            "material_ids": [Command.set(materials.ids)],
            "power_kw": machine.get("power_w", 0) / 1000,
            "source_extra": unknown or False,
        }

    def _find_process(self, word, address):
        """By our code, name or alias; else by its address in a public vocabulary."""
        processes = self.env["wcm.process"]
        found = processes._find_by_word(word)
        return found or (processes.search([("uri", "=", address)], limit=1) if address else processes)

    def _known_materials(self, words, known):
        """The materials that words name, and the words that name none."""
        materials = self.env["wcm.material"]
        named = {word: known.once(materials._find_by_word, word) for word in words}
        materials = materials.concat(*named.values())
        return materials, [word for word, material in named.items() if not material]
