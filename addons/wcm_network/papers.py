"""A paper that somebody hands in over RPC: a supplier's certificate, a calibration, proof of a training."""

import base64
import binascii

from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

PAPERS = ("application/pdf", "image/jpeg", "image/png", "image/webp")
LARGEST_BASE64 = 8_000_000


def paper_told(env, told, field="certificate"):
    """Values of a binary field and its name; nothing that a browser would run.

    :param told: {name, data (base64)}, or nothing
    :return: {field, field_name}, empty where nothing was handed in
    :raise UserError: for anything but a PDF or a photo of less than 6 MB
    """
    if not told:
        return {}
    name, data = (told.get("name"), told.get("data")) if isinstance(told, dict) else (None, None)
    try:
        content = base64.b64decode(data, validate=True) if isinstance(data, str) and len(data) < LARGEST_BASE64 else b""
    except binascii.Error:
        content = b""
    if guess_mimetype(content) not in PAPERS:
        raise UserError(env._("The certificate is a PDF or a photo of less than 6 MB."))
    name = name.strip()[:120] if isinstance(name, str) else ""
    return {field: data, f"{field}_name": name or env._("Certificate")}
