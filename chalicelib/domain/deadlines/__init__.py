"""Deadlines that explain themselves. Pure: an instant, a term, what happened to it and a calendar
give the due date and the dated steps that led to it (docs/deadlines.md).

A due date lasts to the end of its local day (Civil Procedure Code, art. 62 (1): the last day
lasts until the end of the twenty-fourth hour). The end of office hours is not used: the portal
takes what is due at any hour, and an administration that decides at 20:00 decides in time.
"""

from chalicelib.domain.deadlines.clock import Clock, Extension, Rule, Stop
from chalicelib.domain.deadlines.counting import before, due
from chalicelib.domain.deadlines.explaining import explain
from chalicelib.domain.deadlines.limits import ExtensionLimit, may_extend, objections
from chalicelib.domain.deadlines.nesting import Nesting, from_one_start, side_by_side
from chalicelib.domain.deadlines.replaying import replay
from chalicelib.domain.deadlines.running import running
from chalicelib.domain.deadlines.steps import Deadline, Step, StepCode

__all__ = [
    "Clock",
    "Deadline",
    "Extension",
    "ExtensionLimit",
    "Nesting",
    "Rule",
    "Step",
    "StepCode",
    "Stop",
    "before",
    "due",
    "explain",
    "from_one_start",
    "may_extend",
    "objections",
    "replay",
    "running",
    "side_by_side",
]
