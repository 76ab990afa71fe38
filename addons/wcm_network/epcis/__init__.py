"""The history of parts as EPCIS 2.0 (JSON-LD). Pure: the standard library, never Odoo; see README.md."""

from .document import document
from .step import Sheets, Step

__all__ = ["Sheets", "Step", "document"]
