from odoo import models


class WcmListed(models.AbstractModel):
    """Records that operators change: what changes, in words for the history."""

    _name = "wcm.listed"
    _description = "Record that an operator keeps up to date"

    def _changes(self, values):
        """{field: (old text, new text)} of what `values` would change."""
        self.ensure_one()
        after = self.new(values, origin=self)
        texts = {name: (self._text_of(name), after._text_of(name)) for name in values}
        return {name: pair for name, pair in texts.items() if pair[0] != pair[1]}

    def _text_of(self, name):
        field, value = self._fields[name], self[name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        return f"{value:g}" if field.type in ("integer", "float") else str(value or "")

    def _change_texts(self, changes):
        """["Opening Hours: Mo-Fr → Mo-Sa", …]"""
        none = self.env._("nothing")
        labels = {name: self._fields[name]._description_string(self.env) for name in changes}
        return [f"{labels[name]}: {old or none} → {new or none}" for name, (old, new) in changes.items()]
