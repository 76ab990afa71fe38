"""Call one function of a script with an Odoo environment: `call.py CONF SCRIPT FUNCTION [arguments]`.

Unlike a script piped into `odoo shell`, an exception here is always a non-zero exit, and nothing is echoed.
"""

import importlib.util
import logging
import sys
from pathlib import Path
from types import ModuleType

import odoo.service.server
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def read_script(path: Path) -> ModuleType:
    """Import the script by its path; its folder's other files are importable beside it."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    conf, script, function, *arguments = sys.argv[1:]
    config.parse_config(["-c", conf, "--no-http"], setup_logging=True)
    odoo.service.server.load_server_wide_modules()
    registry = Registry(config["db_name"][0])
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env = env(context=env["res.users"].context_get())
        getattr(read_script(Path(script)), function)(env, *arguments)
        cr.commit()
    logging.shutdown()


main()
