from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import ormcache


class WcmGuarded(models.AbstractModel):
    """Fields that only the record's own actions set.

    A button that is hidden protects nothing: whoever may write a record may write
    any field of it over RPC, or create it half-way through its life. An action checks
    who asks and whether the step is allowed, then writes with sudo.

    Every class of a model may name fields of its own: the lists add up.
    """

    _name = "wcm.guarded"
    _description = "Record whose state moves by its actions only"

    _guarded = frozenset({"state"})

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_guarded(*vals_list)
            self = self.with_context(self._context_without_guarded())  # pylint: disable=context-overridden; keys are taken away
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._refuse_guarded(vals)
        return super().write(vals)

    @api.model
    @ormcache(cache="stable")
    def _guarded_names(self):
        """What the classes name, and what is kept here of another record: Odoo lets that be written, and record rules go by it."""
        kept = (name for name, field in self._fields.items() if field.related and field.store and field.readonly)
        return frozenset(kept).union(*(cls.__dict__.get("_guarded", ()) for cls in type(self).mro()))

    def _refuse_guarded(self, *vals_list):
        names = {name for vals in vals_list for name in self._guarded_names() & vals.keys()}
        if names:
            raise AccessError(
                self.env._(
                    "%(fields)s of a %(model)s is set by its buttons, not by writing it.",
                    fields=", ".join(sorted(self._fields[name].string for name in names)),
                    model=self._description,
                )
            )

    def _context_without_guarded(self):
        """`default_state` in the caller's context is one more way to write it."""
        unwanted = {f"default_{name}" for name in self._guarded_names()}
        return {key: value for key, value in self.env.context.items() if key not in unwanted}

    @api.model
    def _states_in_use(self, states, domain):
        """Boards have a column for each state in use, in the order in which a record goes through them."""
        return [state for state, _label in self._fields["state"].selection if state in states]
