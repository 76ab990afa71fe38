"""An extension of PostgreSQL that a table needs: made where the role may, else said in words what an administrator does."""

from psycopg2 import Error, errors

from odoo.exceptions import UserError
from odoo.tools import SQL


def make_extension(env, name):
    """:raise UserError: it is not there and cannot be made"""
    env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [name])
    if env.cr.fetchone():
        return
    try:
        with env.cr.savepoint(flush=False):
            env.cr.execute(SQL("CREATE EXTENSION %s", SQL.identifier(name)))
    except Error as error:
        raise UserError(_remedy(env, name, error)) from error


def _remedy(env, name, error):
    database, role = env.cr.dbname, env.cr._cnx.info.user
    command = f"psql -d {database} -c 'CREATE EXTENSION {name}'"
    if isinstance(error, errors.InsufficientPrivilege):
        return env._(
            "PostgreSQL's extension %(name)s is not in the database %(database)s, and the role %(role)s may not create it. "
            "As an administrator of PostgreSQL run: %(command)s. Then install or update again.",
            name=name, database=database, role=role, command=command,
        )
    return env._(
        "PostgreSQL's extension %(name)s could not be created in the database %(database)s: %(problem)s. Install PostgreSQL's contrib modules "
        "(on Debian they come with the server), then as an administrator run: %(command)s.",
        name=name, database=database, problem=(str(error).strip().splitlines() or [type(error).__name__])[0], command=command,
    )
