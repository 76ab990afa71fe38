"""Databases: make, copy, rename, drop, each together with its files, and the template that saves a minute."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from . import odoo_run, postgres
from .layout import DATA, FILESTORE
from .odoo_wheel import VERSION
from .python_env import existing_odoo
from .say import Stop, step
from .shell import output

TEMPLATE = "wcm_base"
# What our addons stand on. Installed once into the template; ours come on top of a copy.
BASE_MODULES = (
    "base_geolocalize",
    "contacts",
    "l10n_uk",
    "mail",
    "maintenance",
    "mrp",
    "mrp_subcontracting",
    "mrp_subcontracting_account",
    "mrp_subcontracting_purchase",
    "portal",
    "project",
    "purchase",
    "purchase_stock",
    "stock",
    "stock_picking_batch",
    "survey",
    "web",
)


def sql(database: str, query: str, **values: str) -> str:
    """Run one statement; values are given to psql as variables and quoted in the query as :'name'."""
    settings = [f"--set={name}={value}" for name, value in values.items()]
    done = subprocess.run(
        [postgres.program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", *settings, "-d", database, "-f", "-"],
        env={**os.environ, **postgres.connection()},
        input=query,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Stop(f"PostgreSQL refused: {done.stderr.strip()[:300]}")
    return done.stdout.strip()


def exists(name: str) -> bool:
    return sql("postgres", "select 1 from pg_database where datname = :'name'", name=name) == "1"


def drop(name: str) -> None:
    sql("postgres", 'drop database if exists :"name" with (force)', name=name)
    for folder in (FILESTORE / name, DATA / "wcm_plans" / name):  # the second: what its planner was asked
        shutil.rmtree(folder, ignore_errors=True)


def copy(source: str, name: str) -> None:
    """Copy a database and its files. Odoo never changes a stored file, so a link is as good as a copy."""
    drop(name)
    sql("postgres", 'create database :"name" template :"source"', name=name, source=source)
    if (FILESTORE / source).exists():
        output(["cp", "-al", FILESTORE / source, FILESTORE / name])


def rename(name: str, to: str) -> None:
    """The last act of making a database: under its final name it is whole."""
    drop(to)
    if (FILESTORE / name).exists():
        (FILESTORE / name).rename(FILESTORE / to)
    sql("postgres", 'alter database :"name" rename to :"to"', name=name, to=to)


def make_template() -> None:
    """The database that all others are copied from: every module of Odoo that ours need, and none of ours."""
    wanted = hashlib.sha256(f"{existing_odoo() or VERSION} {BASE_MODULES}".encode()).hexdigest()
    if exists(TEMPLATE) and mark(TEMPLATE) == wanted:
        return
    building = f"{TEMPLATE}_building"
    with step("Template database with Odoo's own modules"):
        drop(building)
        odoo_run.install(building, BASE_MODULES)
        set_mark(building, wanted)
        rename(building, TEMPLATE)


def mark(name: str) -> str:
    """What a database was made from, so that a stale one is known."""
    return sql("postgres", "select shobj_description(oid, 'pg_database') from pg_database where datname = :'name'", name=name)


def set_mark(name: str, text: str) -> None:
    sql("postgres", 'comment on database :"name" is :\'text\'', name=name, text=text)


def addons_fingerprint(addons: tuple[str, ...], root: Path) -> str:
    """Changes when any file that Odoo loads from these addons changes."""
    digest = hashlib.sha256()
    for addon in addons:
        for path in sorted((root / addon).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and "tests" not in path.parts:
                digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


