"""From a bare machine to a database template, each step done only when it is not done yet."""

from . import database, debian, postgres, python_env
from .layout import locked, make_runtime


def bootstrap() -> None:
    make_runtime()
    with locked():
        debian.install_packages()
        python_env.make_environment()
        postgres.start()
        database.make_template()
