from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
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
    # The field that says whose a record is: of a member that is suspended, ended or declined its people see nothing (ir_rule.py).
    _shut_by = "membership_id"

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
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """What a member may not read it does not search by either: Odoo asks that of columns, not of what is worked out."""
        if not bypass_access and not self._is_trusted_reader():
            self._check_searched(self, Domain(domain))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_searched(self, records, domain):
        """Each step of each path: `part_id.made_by_id` is a field of parts."""
        for condition in domain.iter_conditions():
            last = self._check_path(records, condition.field_expr.split("."))
            if condition.operator in ("any", "not any") and isinstance(condition.value, (Domain, list, tuple)):
                self._check_searched(last, Domain(condition.value))

    def _check_path(self, records, names):
        for name in names:
            if name not in records._fields:
                break
            records._check_field_access(records._fields[name], "read")
            records = records.env[records._fields[name].comodel_name] if records._fields[name].relational else records.browse()
        return records

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_path(self, [groupby_spec.partition(":")[0].partition(".")[0]])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_path(self, [aggregate_spec.partition(":")[0]])
        return super()._read_group_select(aggregate_spec, query)

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
