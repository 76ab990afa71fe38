import hashlib
import json
import logging
import math
import re
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, MissingError, UserError
from odoo.tools import SQL

from .wcm_part_event import Doing

_logger = logging.getLogger(__name__)

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_OFFLINE = timedelta(days=31)
KEPT_FOR = timedelta(days=183)


class WcmBenchAction(models.Model):
    """What was told by the shop-floor app, once: the key of the action with the answer that it got.

    An app that got no answer tells the same again. Nobody reads or writes these but the mechanism.
    """

    _name = "wcm.bench.action"
    _description = "Action told by the shop-floor app"
    _order = "id desc"

    key = fields.Char(required=True, readonly=True, help="UUID that the app gave the action when it was done.")
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    name = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of what was told, so that a key stands for one action only.")
    done_on = fields.Datetime(readonly=True, help="When it was done, by the app's own clock set right.")
    state = fields.Selection([("done", "Done"), ("refused", "Refused")], readonly=True)
    message = fields.Text(readonly=True, help="Why it was refused, in words for the person who did it.")

    _key_uniq = models.UniqueIndex("(user_id, key)", "This action has been told already.")

    @api.autovacuum
    def _gc_answers(self):
        """No app tells the same again after half a year."""
        old = fields.Datetime.now() - KEPT_FOR
        self.search([("create_date", "<", old)]).unlink()

    @api.model
    def _run_all(self, told):
        """The answers to actions, in the order in which they were done."""
        if not isinstance(told, list) or len(told) > 50:
            raise UserError(self.env._("Send at most 50 actions at once."))
        return [self._run(action) for action in told]

    def _run(self, told):
        """{key, state, message}: carried out now, or what was answered the first time."""
        told = self._understood(told)
        record = self._claim(told)
        if record.state:
            return record._answer(told)
        state, message = self._try(told)
        record.write({"state": state, "message": message})
        return record._answer(told)

    def _understood(self, told):
        """What nobody's app sends is refused as a whole: there is no key to keep an answer under."""
        told = told if isinstance(told, dict) else {}
        key, age, name = told.get("key"), told.get("age"), told.get("name")
        is_number = type(age) is int or (isinstance(age, float) and math.isfinite(age))
        if not (isinstance(key, str) and KEY.fullmatch(key) and is_number and isinstance(told.get("args"), dict)):
            raise UserError(self._strange_message())
        seconds = min(max(age, 0), LONGEST_OFFLINE.total_seconds())
        return {
            "key": key, "name": name if isinstance(name, str) and name in self._handlers() else "unknown", "args": told["args"], "person": told.get("person") or None,
            "done_on": fields.Datetime.now() - timedelta(seconds=round(seconds)),
        }

    def _claim(self, told):
        """The record of this key. Of two requests with one key the later waits, starts again and finds the answer of the first."""
        values = SQL(
            "%s, %s, %s, %s, %s, %s, now() AT TIME ZONE 'UTC'",
            told["key"], self.env.uid, told["name"], self._digest(told), told["done_on"], self.env.uid,
        )
        rows = self.env.execute_query(SQL(
            "INSERT INTO wcm_bench_action (key, user_id, name, digest, done_on, create_uid, create_date) VALUES (%s)"
            " ON CONFLICT (user_id, key) DO NOTHING RETURNING id", values,
        ))
        own = self.sudo()  # closed to everybody; the caller's own key alone
        return own.browse(rows[0]) if rows else own.search([("user_id", "=", self.env.uid), ("key", "=", told["key"])])

    def _digest(self, told):
        content = json.dumps([told["name"], told["args"]], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def _answer(self, told):
        if self.digest != self._digest(told):
            return {"key": self.key, "state": "refused", "message": self.env._("Another action was told with this key before. This one was not carried out.")}
        return {"key": self.key, "state": self.state, "message": self.message or ""}

    def _try(self, told):
        """Carry it out in a savepoint: what one action is refused for leaves the others be."""
        try:
            with self.env.cr.savepoint():
                self._perform(told)
        except (AccessError, MissingError):
            return "refused", self._not_yours_message()
        except UserError as error:
            return "refused", str(error)
        except (psycopg2.OperationalError, ConcurrencyError):
            raise  # the request starts again
        except Exception:  # pylint: disable=broad-except; one action that breaks must not keep all later ones from the server
            _logger.exception("Action %s (%s) of the shop-floor app broke", told["key"], told["name"])
            return "refused", self.env._("The server could not do this. Nothing was changed. Tell your coordinator: %s", told["key"])
        return "done", False

    def _perform(self, told):
        handler = self._handlers().get(told["name"])
        if not handler:
            raise UserError(self._strange_message())
        person = self.env["wcm.member.person"]._of_token(told["person"])
        handler(self.with_context(wcm_doing=Doing(told["done_on"], person.id)), told["args"])

    def _strange_message(self):
        return self.env._("The app sent what this server does not understand. Reload the app; if it happens again, tell your coordinator.")

    def _not_yours_message(self):
        return self.env._("This is not yours to do any more: the work was given to somebody else, or your membership does not work now. Ask your coordinator.")
