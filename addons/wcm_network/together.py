"""What documents that are made together look up once.

Odoo makes its documents one after the other and asks the database the same for each. An instance of `Together`, carried
in the context, makes the overrides in models/*_together.py ask once. A caller from outside cannot pass one: over RPC a
context holds texts and numbers only, and `of()` takes nothing but an instance.
"""

from contextlib import contextmanager


class Together:
    """Lives as long as one release or receipt; what it remembers may not change meanwhile.

    :ivar has_orderpoint: ids of products that some rule of replenishment watches
    :ivar boms: answers of `mrp.bom._bom_find`
    :ivar exploded: answers of `mrp.bom.explode`
    :ivar rules: answers of `stock.rule._get_rule`
    :ivar quants: answers of `stock.quant._gather`
    :ivar answers: what other addons look up, {key: id}
    :ivar numbers: numbers of sequences that were drawn in advance, {sequence id: [number]}
    :ivar to_receive: ids of purchase orders whose receipts are still to be made, while somebody gathers them
    :ivar to_produce: receipts whose manufacturing orders are still to be made, while somebody gathers them
    :ivar recorded: lots of blocks whose sheets their makers recorded: nothing need be reserved for them
    :ivar taken: ids of move lines that are made and done in one go, for which nothing was reserved
    :ivar to_reserve: values of move lines still to be made, while somebody gathers them
    """

    KEY = "wcm_together"

    def __init__(self, has_orderpoint=(), recorded=()):
        self.has_orderpoint, self.recorded = frozenset(has_orderpoint), frozenset(recorded)
        self.boms, self.exploded, self.rules, self.quants, self.numbers, self.answers = {}, {}, {}, {}, {}, {}
        self.taken = set()
        self.to_receive = self.to_produce = self.to_reserve = None

    @classmethod
    def of(cls, env):
        """The one that this environment carries, or None."""
        together = env.context.get(cls.KEY)
        return together if isinstance(together, cls) else None

    @contextmanager
    def gathering(self, name):
        """A list that the overrides fill meanwhile, instead of making each record at once."""
        before, gathered = getattr(self, name), []
        setattr(self, name, gathered)
        try:
            yield gathered
        finally:
            setattr(self, name, before)
