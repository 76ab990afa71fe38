from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class WcmFacade(models.AbstractModel):
    """Records that people of a member factory reach over the member pages.

    Record rules decide which records; this decides which fields. A field that
    is not named here does not exist for anybody who is not an internal user,
    whatever method or RPC call asks for it.

    Every class of a model may name fields of its own: the lists add up.
    """

    _name = "wcm.facade"
    _description = "Facade of the network for member factories"

    _member_readable = frozenset()
    _member_writable = frozenset()
    # What owners and supervisors read and write beside: prices, offers, statements.
    _office_readable = frozenset()
    _office_writable = frozenset()

    @api.model
    def _member_fields(self):
        """(readable, writable) names of fields for the caller."""
        return self._fields_named(self.env.user.has_group("wcm_network.group_member_office"))

    @api.model
    @ormcache("is_office", cache="stable")
    def _fields_named(self, is_office):
        """(readable, writable) of all the classes that this model is made of.

        Every search asks for `active`, where there is one.
        """
        classes = [cls.__dict__ for cls in type(self).mro()]

        def named(kind):
            lists = (f"_member_{kind}", f"_office_{kind}") if is_office else (f"_member_{kind}",)
            return frozenset().union(*(cls.get(name, ()) for cls in classes for name in lists))

        always = {"id", "display_name", self._active_name} & set(self._fields)
        return named("readable") | always, named("writable")

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if self._is_trusted_reader():
            return True
        readable, writable = self._member_fields()
        return field.name in (readable if operation == "read" else writable)

    def _is_trusted_reader(self):
        return self.env.su or self.env.user._is_internal()

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Members get the workshop's views whatever they ask for: others name fields that are not theirs."""
        if not self._is_trusted_reader():
            view_id = self._workshop_view(view_type).id
        return super()._get_view(view_id, view_type, **options)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        return (*super()._get_view_cache_key(view_id, view_type, **options), self._is_trusted_reader())

    @api.model
    def _workshop_view(self, view_type):
        """By name: `wcm.part.workshop.kanban`."""
        domain = [("name", "=", f"{self._name}.workshop.{view_type}"), ("mode", "=", "primary")]
        view = self.env["ir.ui.view"].sudo().search(domain, limit=1)
        if not view:
            raise UserError(self.env._("There is no such page of %s for members.", self.env["ir.model"]._get(self._name).name))
        return view
