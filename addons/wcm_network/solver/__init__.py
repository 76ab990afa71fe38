"""The planner as a process of its own; knows no Odoo."""

from .process import SolverError, SolverProcess

__all__ = ["SolverError", "SolverProcess"]
