"""The evidence of a home as files that stay readable and can be checked without the system. Knows no Odoo; see README.md."""

from .archive import FORMAT, write_pack
from .document import pdf

__all__ = ["FORMAT", "pdf", "write_pack"]
