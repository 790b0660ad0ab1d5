"""Another way to a due date: days off written down by hand, dates counted by dateutil.

The days are the weekdays on which administrations did not or will not work, read off the law
(Labour Code, art. 154) and the wall calendars of the years; nothing here knows the product.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule

OFF = {
    2024: "01-01 03-04 05-01 05-03 05-06 05-24 09-06 09-23 12-24 12-25 12-26",
    2025: "01-01 03-03 04-18 04-21 05-01 05-06 05-26 09-08 09-22 12-24 12-25 12-26 12-31",
    2026: "01-01 01-02 03-03 04-10 04-13 05-01 05-06 05-25 09-07 09-22 12-24 12-25 12-28",
    2027: "01-01 03-03 04-30 05-03 05-04 05-06 05-24 09-06 09-22 12-24 12-27 12-28",
    2028: "01-03 03-03 04-14 04-17 05-01 05-08 05-24 09-06 09-22 12-25 12-26 12-27",
}
DAYS_OFF = {date.fromisoformat(f"{year}-{day}") for year in OFF for day in OFF[year].split()}
_WEEKDAYS = rrule(DAILY, datetime(2024, 1, 1), until=datetime(2028, 12, 31), byweekday=range(5))
WORKING = [day.date() for day in _WEEKDAYS if day.date() not in DAYS_OFF]
_LENGTHS = {
    "calendar-day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}


def expected(start: date, term: str) -> date:
    """The due date of `14 calendar-days` and the like."""
    amount, unit = term.split()
    if unit.startswith("working-day"):
        nth = bisect_right(WORKING, start) + int(amount) - 1
        return WORKING[nth if int(amount) else bisect_left(WORKING, start)]
    length = relativedelta(**{_LENGTHS[unit.rstrip("s")]: int(amount)})  # type: ignore[arg-type]  # by name
    return WORKING[bisect_left(WORKING, start + length)]
