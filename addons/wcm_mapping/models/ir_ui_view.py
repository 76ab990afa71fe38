from odoo import fields, models
from odoo.tools.view_validation import get_expression_field_names

WCM_MAP_FIELDS = ("latitude", "longitude", "title", "color", "area")
WCM_MAP_REQUIRED = ("latitude", "longitude")
WCM_MAP_ATTRIBUTES = {
    "__validate__",  # set by ir.ui.view itself while it validates
    "approximate",
    "class",
    "create",
    "js_class",
    "string",
    *WCM_MAP_FIELDS,
}


class IrUiView(models.Model):
    """Adds the view type `wcm_map`: records as points on a map.

    ``<wcm_map latitude="…" longitude="…">`` names the two float fields of the place. Optional:
    ``title`` (a field), ``color`` (a selection or many2one field, shown as a key that filters),
    ``approximate`` (an expression: the place is not exact) and ``area`` (the field of the mixin
    `wcm.map.area`: circles and polygons can be drawn to search by). Its ``<field>``
    children are what the pop-up shows; ``widget="badge"`` puts one beside the title.

    What a reader can switch on, by a ``name`` and a ``string``:

    - ``<layer model="…" title="…" outline="…"/>``: outlines of another model, kept as GeoJSON;
      ``latitude`` and ``longitude`` instead of ``outline``: its places
    - ``<color field="…"/>``: pins coloured by the records of a many2many that the reader chooses
    - ``<color model="…" link="…" sum="…" date="…" weeks="4" bands="1,20" unit="h"/>``: by the sum of a
      field of another model, whose many2one ``link`` leads here, over the coming weeks
    """

    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("wcm_map", "Map")])

    def _get_view_info(self):
        return {"wcm_map": {"icon": "fa fa-map-marker"}} | super()._get_view_info()

    def _postprocess_tag_wcm_map(self, node, name_manager, node_info):
        for name in self._wcm_map_field_names(node):
            name_manager.has_field(node, name, node_info)

    def _validate_tag_wcm_map(self, node, name_manager, node_info):
        for name in self._wcm_map_field_names(node):
            name_manager.has_field(node, name, node_info)
        if node_info["validate"]:
            self._wcm_map_check_attributes(node)
            self._wcm_map_check_fields(node, name_manager.model)
            self._wcm_map_check_children(node)

    def _wcm_map_field_names(self, node):
        """Fields that the attributes of the root name, so that the client gets to know them."""
        named = {node.get(attribute) for attribute in WCM_MAP_FIELDS} - {None}
        return named | self._wcm_map_expression_fields(node)

    def _wcm_map_expression_fields(self, node):
        """Fields that say whether a place is approximate."""
        return set(get_expression_field_names(node.get("approximate") or "False"))

    def _wcm_map_check_attributes(self, node):
        for attribute in WCM_MAP_REQUIRED:
            if not node.get(attribute):
                message = self.env._(
                    "A map needs the attribute “%(attribute)s”: the field that holds it.",
                    attribute=attribute,
                )
                self._raise_view_error(message, node)
        if unknown := set(node.attrib) - WCM_MAP_ATTRIBUTES:
            message = self.env._(
                "A map does not know the attributes %(unknown)s; it knows %(known)s.",
                unknown=", ".join(sorted(unknown)),
                known=", ".join(sorted(WCM_MAP_ATTRIBUTES - {"__validate__"})),
            )
            self._raise_view_error(message, node)

    def _wcm_map_check_fields(self, node, model):
        for attribute in WCM_MAP_REQUIRED:
            field = model._fields.get(node.get(attribute))
            if field is not None and field.type != "float":
                message = self.env._(
                    "The %(attribute)s of a map is a float field; “%(field)s” is not.",
                    attribute=attribute,
                    field=field.name,
                )
                self._raise_view_error(message, node)

    def _wcm_map_check_children(self, node):
        for child in node.iterchildren("*"):
            if child.tag not in ("field", "layer", "color"):
                message = self.env._(
                    "A map holds fields, which its pop-up shows, layers and colours; found “%(tag)s”.", tag=child.tag
                )
                self._raise_view_error(message, child)

    def _validate_tag_layer(self, node, name_manager, node_info):
        place = ("outline",) if node.get("outline") else ("latitude", "longitude")
        self._wcm_map_check_other(node, ("name", "string", "model"), place)

    def _validate_tag_color(self, node, name_manager, node_info):
        if node.get("field"):
            self._wcm_map_check_other(node, ("name", "string", "field"), ())
            name_manager.has_field(node, node.get("field"), node_info)
        else:
            self._wcm_map_check_other(node, ("name", "string", "model", "bands"), ("link", "sum", "date"))

    def _postprocess_tag_color(self, node, name_manager, node_info):
        if node.get("field"):
            name_manager.has_field(node, node.get("field"), node_info)

    def _wcm_map_check_other(self, node, needed, names):
        """That nothing is missing, and that fields of another model exist."""
        if missing := [name for name in (*needed, *names) if not node.get(name)]:
            message = self.env._("A %(tag)s of a map needs %(missing)s.", tag=node.tag, missing=", ".join(missing))
            self._raise_view_error(message, node)
        model = self.env.get(node.get("model")) if names else None
        if names and (model is None or any(node.get(name) not in model._fields for name in names)):
            message = self.env._("“%(model)s” has no such fields.", model=node.get("model"))
            self._raise_view_error(message, node)

    def _postprocess_access_rights(self, tree):
        """What the reader may not read is not offered either."""
        for node in tree.xpath("/wcm_map/layer | /wcm_map/color[@model]"):
            if not self.env[node.get("model")].has_access("read"):
                node.getparent().remove(node)
        return super()._postprocess_access_rights(tree)
