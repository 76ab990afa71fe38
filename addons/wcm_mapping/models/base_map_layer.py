import json

from odoo import api, models
from odoo.exceptions import UserError

# A layer is what stands around the points, not another map: no more than a page can show.
MOST_IN_LAYER = 1000


class Base(models.AbstractModel):
    """What else a map can show: outlines or places of another model, named in the view."""

    _inherit = "base"

    @api.model
    @api.readonly
    def wcm_map_layer(self, name, view_id=False):
        """Rows of id, title and, for outlines, a GeoJSON geometry; for places, latitude and longitude.

        The reader sees of the other model what its rules allow.
        """
        nodes = [node for node in self._wcm_map_arch(view_id).iter("layer") if node.get("name") == name]
        if not nodes:
            raise UserError(self.env._("This map has no layer “%(name)s”.", name=name))
        [node] = nodes
        return self._wcm_map_outlines(node) if node.get("outline") else self._wcm_map_places(node)

    def _wcm_map_outlines(self, node):
        outline, title = node.get("outline"), node.get("title") or "display_name"
        found = self.env[node.get("model")].search_fetch(
            [(outline, "!=", False)], [outline, title], limit=MOST_IN_LAYER
        )
        return [[record.id, record[title], json.loads(record[outline])] for record in found]

    def _wcm_map_places(self, node):
        latitude, longitude, title = node.get("latitude"), node.get("longitude"), node.get("title") or "display_name"
        domain = ["|", (latitude, "!=", 0), (longitude, "!=", 0)]
        found = self.env[node.get("model")].search_fetch(domain, [latitude, longitude, title], limit=MOST_IN_LAYER)
        return [[record.id, record[title], record[latitude], record[longitude]] for record in found]
