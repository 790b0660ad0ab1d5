"""How long terms can be at most and at least, whatever the calendar says on the day."""

from collections.abc import Mapping

from chalicelib.domain.services.words import Term, Unit

# Days off beside the weekends at the worst (Christmas to New Year, Easter to St George's Day), for
# terms of one, two and more working days; tests/domain/test_bounds.py counts them in the calendar
# of twenty years.
_OFF = {0: 0, 1: 3, 2: 4}
_OFF_AT_MOST = 10
# As many days off beside the usual ones lie in a few weeks at the worst.
_OFF_AT_A_TIME = 6
_FORTNIGHT = 15
_WORKING_WEEK = 5
_HOURS_A_DAY = 24
_OFFICE_HOURS_A_DAY = 8
_MOST: dict[Unit, int] = {"calendar-days": 1, "weeks": 7, "months": 31, "years": 366}
_LEAST: dict[Unit, int] = {"calendar-days": 1, "weeks": 7, "months": 28, "years": 365}

Sum = Mapping[Unit, int]


def at_most_days(term: Term) -> int:
    """Calendar days that the term lasts at most."""
    if term.unit == "hours":
        return -(-term.amount // _HOURS_A_DAY)
    if term.unit == "working-hours":
        return _days_off(-(-term.amount // _OFFICE_HOURS_A_DAY) + 1)
    if term.unit == "working-days":
        return _days_off(term.amount)
    return term.amount * _MOST[term.unit]


def at_least_days(term: Term) -> int:
    """Calendar days that the term lasts at least."""
    if term.unit == "hours":
        return term.amount // _HOURS_A_DAY
    if term.unit == "working-hours":
        return term.amount // _HOURS_A_DAY
    if term.unit == "working-days":
        return term.amount + max(0, term.amount - 1) // _WORKING_WEEK * 2
    return term.amount * _LEAST[term.unit]


def exceeds(taken: Sum, allowed: Term) -> bool:
    """Whether terms one after another may be longer than what is allowed.

    Equal units cancel each other out exactly; the rest is compared at its worst.
    """
    same = taken.get(allowed.unit, 0)
    others = [Term(amount=n, unit=unit) for unit, n in taken.items() if unit != allowed.unit and n]
    if same > allowed.amount or not others:
        return same > allowed.amount
    left = at_least_days(Term(amount=allowed.amount - same, unit=allowed.unit))
    if "working" in allowed.unit or "hours" in allowed.unit:
        return sum(map(at_most_days, others)) > left
    left -= sum(at_most_days(term) for term in others if "working" not in term.unit)
    return sum(map(_working, others)) > fewest_working_days(left)


def fewest_working_days(days: int) -> int:
    """Working days in a term of so many calendar days at the worst; none in less than no time.

    There is always one: a term whose last day does not work ends on the next that does.
    """
    off = min(days // 2, _OFF_AT_A_TIME) + (days > _FORTNIGHT) + days // 36
    return max(1, days * 5 // 7 - off) if days > 0 else min(days, 0)


def _working(term: Term) -> int:
    """A term in working days; none for other terms."""
    if term.unit == "working-hours":
        return -(-term.amount // _OFFICE_HOURS_A_DAY) + 1
    return term.amount if term.unit == "working-days" else 0


def _days_off(working: int) -> int:
    """The calendar days in which so many working days lie at the worst."""
    weekends = -(-working // _WORKING_WEEK) * 2
    # About 16 holidays a year, some of which are weekends.
    return working + weekends + _OFF.get(working, _OFF_AT_MOST + working // 30 * 3)
