"""Odoo's own records as comparable values: what is stored in them, with ids and names from sequences taken out."""

import hashlib
import json
import re
from collections import Counter
from datetime import datetime, timedelta

from odoo.tools import SQL

MODELS = (
    "purchase.order", "purchase.order.line", "stock.picking", "stock.move", "stock.move.line", "mrp.production", "mrp.workorder",
    "mrp.production.group", "stock.reference", "stock.quant", "stock.lot", "product.supplierinfo", "stock.warehouse.orderpoint",
)
# How many steps away two records may differ and still be told apart.
STEPS = 6
NOW = timedelta(minutes=10)


class NativeRecords:
    """All records of `MODELS`. Those that were there at `before` keep their ids; the others are known by what they say.

    :ivar rows: {(model, id): {field: value}}, where a new record stands as ("new", model, id)
    """

    def __init__(self, env, before):
        self.env, self.before = env, before
        env.flush_all()
        env.invalidate_all()
        records = {model: env[model].sudo().with_context(active_test=False).search([], order="id") for model in MODELS}
        self.names = self._names(records)
        self.rows = {(model, record.id): self._row(record) for model in MODELS for record in records[model]}

    @classmethod
    def last_ids(cls, env):
        return {model: env.execute_query(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(env[model]._table)))[0][0] for model in MODELS}

    @classmethod
    def after(cls, env, step):
        """What is there after a step that is undone again."""
        env.flush_all()
        before, savepoint = cls.last_ids(env), env.cr.savepoint()
        try:
            step()
            return cls(env, before)
        finally:
            savepoint.close(rollback=True)
            env.invalidate_all()

    def _names(self, records):
        """Names that came from sequences, as a pattern."""
        numbered = ("purchase.order", "stock.picking", "mrp.production")
        names = {record.name: f"<{model}>" for model in numbered for record in records[model] if record.id > self.before[model]}
        return names

    def _row(self, record):
        fields = (field for field in record._fields.values() if field.store and field.name not in ("id", "message_ids", "activity_ids"))
        return {field.name: self._value(record, field) for field in fields if not field.name.startswith("message_")}

    def _value(self, record, field):
        value = record[field.name]
        if field.relational:
            return sorted((self._target(target) for target in value), key=repr)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, str):
            return self._without_names(value)
        if field.type == "properties":
            return repr(dict(value))
        return round(value, 6) if isinstance(value, float) else repr(value)

    def _moment(self, value):
        """Now, or the hour later at which Odoo expects something to end that starts now."""
        ahead = {"<now>": timedelta(), "<in an hour>": timedelta(hours=1)}
        return next((words for words, later in ahead.items() if abs(value - datetime.now() - later) < NOW), value.isoformat())

    def _target(self, record):
        is_new = record._name in MODELS and record.id > self.before[record._name]
        return ("new", record._name, record.id) if is_new else (record._name, record.id)

    def _without_names(self, text):
        return re.sub("|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) or "$^", lambda found: self.names[found[0]], text)

    def fingerprints(self, steps=STEPS):
        """{(model, fingerprint): how many}: equal for two runs when a renumbering turns one's records into the other's."""
        prints = dict.fromkeys(self.rows, "")
        for _step in range(steps):
            prints = {key: self._print(key, row, prints) for key, row in self.rows.items()}
        return Counter((model, prints[model, number]) for model, number in self.rows)

    def _print(self, key, row, prints):
        """What a record says, and what those said that it points to."""
        model, number = key
        who = None if number > self.before[model] else number
        said = {name: [prints.get(target[1:], target[1]) if target[0] == "new" else target for target in value] if isinstance(value, list) else value for name, value in row.items()}
        said = {name: sorted(value, key=repr) if isinstance(value, list) else value for name, value in said.items()}
        return hashlib.sha256(json.dumps([model, who, prints[key], said], sort_keys=True, default=str).encode()).hexdigest()

    def differences(self, other):
        """In words, where the values of the records themselves differ; empty when only the links between them do."""
        return [sentence for model in MODELS for sentence in self._differences_of(model, other)]

    def _differences_of(self, model, other):
        """Each record that the other side lacks beside the one there that is most like it."""
        mine, theirs = self._plain_rows(model), other._plain_rows(model)
        left = list((theirs - mine).elements())
        for row in (mine - theirs).elements():
            if not left:
                yield f"{model}: one more here"
                continue
            twin = min(left, key=lambda one, row=row: len(set(row) ^ set(one)))
            left.remove(twin)
            yield f"{model}: here {sorted(set(row) - set(twin))}, there {sorted(set(twin) - set(row))}"
        yield from (f"{model}: one more there" for _row in left)

    def _plain_rows(self, model):
        return Counter(
            tuple((name, repr([target[:2] for target in value] if isinstance(value, list) else value)) for name, value in row.items())
            for (name_, _number), row in self.rows.items() if name_ == model
        )
