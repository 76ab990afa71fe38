"""The planner and the sequencer, each as a process of its own; knows no Odoo."""

from .process import SequencingProcess, SolverError, SolverProcess
from .routing import routed

__all__ = ["SequencingProcess", "SolverError", "SolverProcess", "routed"]
