"""Simulation before publishing: invented cases walk through the engine under a virtual clock.

Pure: a model, a calendar, a profile of how people behave and a seeded chance give the same report
every time. What can be proved about terms is in `breaches`; all else is only probable.
"""

from chalicelib.domain.simulation.breaches import breaches
from chalicelib.domain.simulation.chance import Chance
from chalicelib.domain.simulation.profile import Habits, Profile, Share, profile_findings
from chalicelib.domain.simulation.report import Bar, Breach, Load, Report, Spread, TierReport
from chalicelib.domain.simulation.simulating import Order, simulate

__all__ = [
    "Bar",
    "Breach",
    "Chance",
    "Habits",
    "Load",
    "Order",
    "Profile",
    "Report",
    "Share",
    "Spread",
    "TierReport",
    "breaches",
    "profile_findings",
    "simulate",
]
