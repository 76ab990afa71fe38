from odoo import models


class WcmFacade(models.AbstractModel):
    """Records that people of a member factory reach over the member pages.

    Record rules decide which records; this decides which fields. A field that
    is not named here does not exist for anybody who is not an internal user,
    whatever method or RPC call asks for it.
    """

    _name = "wcm.facade"
    _description = "Facade of the network for member factories"

    _member_readable = frozenset()
    _member_writable = frozenset()

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if self.env.su or self.env.user._is_internal():
            return True
        if operation == "read":
            return field.name in self._member_readable | {"id", "display_name"}
        return field.name in self._member_writable
