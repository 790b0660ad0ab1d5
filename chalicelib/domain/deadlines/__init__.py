"""Deadlines that explain themselves. Pure: an instant, a term and a calendar give the due date
and the dated steps that led to it.

A due date lasts to the end of its local day (Civil Procedure Code, art. 62 (1): the last day
lasts until the end of the twenty-fourth hour). The end of office hours is not used: the portal
takes what is due at any hour, and an administration that decides at 20:00 decides in time.
"""

from chalicelib.domain.deadlines.counting import before, due
from chalicelib.domain.deadlines.explaining import explain
from chalicelib.domain.deadlines.steps import Deadline, Step, StepCode

__all__ = ["Deadline", "Step", "StepCode", "before", "due", "explain"]
