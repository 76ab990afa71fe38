"""A member's quality in one figure, and what it is made of. Pure: standard library only, never Odoo; see README.md."""

from .record import CAP, FADE_DAYS, FEWEST, WEIGHTS, Audit, Part, Rating, Record, rate, severity_points
from .wilson import wilson

__all__ = ["CAP", "FADE_DAYS", "FEWEST", "WEIGHTS", "Audit", "Part", "Rating", "Record", "rate", "severity_points", "wilson"]
