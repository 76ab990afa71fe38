from odoo import models

from ..picture import plain_jpeg

# Longest side of a photo that leaves the house, in pixels.
PHOTO_SIZE = 1024
# Of a machine, what may leave as it stands; Open Know-Where's owner and serial number stay in.
MACHINE_WORDS = (
    "name", "make", "model", "quantity", "condition", "envelope_x_mm", "envelope_y_mm", "envelope_z_mm",
    "thickness_max_mm", "tolerance_mm", "tolerance_class", "spindle_speed_rpm",
)  # fmt: skip


class MaintenanceEquipment(models.Model):
    """A machine as the public may see it, when its space agreed."""

    _inherit = "maintenance.equipment"

    def _public_machine(self, base_url, photos):
        """:param photos: as `_photo_checksums` gives them"""
        self.ensure_one()
        photo = f"{base_url}/spaces/{self.facility_id.id}/kit/{self.id}.jpg"
        return {
            "id": self.id,
            **{name: self[name] or None for name in MACHINE_WORDS},
            "process": self.process_id.code or None,
            "process_uri": self.process_id.uri or None,
            "materials": self.material_ids.mapped("code") or None,
            "power_w": round(self.power_kw * 1000, 3) or None,
            "photo": photo if self.id in photos else None,
        }

    def _photo_checksums(self):
        """{machine: checksum of its photo}, of those that have one, in one query."""
        domain = [("res_model", "=", self._name), ("res_field", "=", "photo"), ("res_id", "in", self.ids)]
        found = self.env["ir.attachment"].search_fetch(domain, ["res_id", "checksum"])
        return {photo.res_id: photo.checksum for photo in found}

    def _public_photo(self):
        """The photo as JPEG bytes with nothing but its pixels: a phone writes the place and the owner into it.

        :raise ValueError: no picture that can be shown
        """
        self.ensure_one()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_field", "=", "photo"), ("res_id", "=", self.id)], limit=1
        )
        return plain_jpeg(attachment.raw, PHOTO_SIZE)
