"""The calendar for people: a summary, and an iCalendar file that other programs subscribe to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar as File
from icalendar import Event

from chalicelib.domain.calendar import Calendar, years_left
from chalicelib.domain.services.words import Language, Text

WORKING = Text(bg="Обявен за работен ден", en="Declared a working day")
_ENOUGH = 2


def summary(calendar: Calendar, today: date) -> Iterator[str]:
    """What the calendar knows, and a warning when that is not enough for long."""
    days = len(calendar.holidays) + len(calendar.days_off)
    yield (
        f"{calendar.version}: {calendar.first_year}–{calendar.last_year}, {days} days off, "
        f"{len(calendar.declared_working)} weekend days declared working"
    )
    if (left := years_left(calendar, today)) < _ENOUGH:
        yield (
            f"only {max(left, 0)} whole years are left: raise LAST_YEAR in "
            "infra/cli/holidays_bg.py and run python -m infra.cli.generate"
        )


def export(calendar: Calendar, language: Language, file: Path) -> int:
    """Writes the days as all-day events (RFC 5545); the same calendar makes the same file.
    Gives their number. Raises OSError."""
    events = [_event(day, name, calendar, language) for day, name in _days(calendar)]
    made = File()
    made.add("prodid", "-//Zagora//calendar//BG")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Неприсъствени дни" if language == "bg" else "Days off")
    made.add("x-wr-timezone", calendar.timezone)
    for event in events:
        made.add_component(event)
    file.write_bytes(made.to_ical())
    return len(events)


def _days(calendar: Calendar) -> list[tuple[date, Text]]:
    """Days off and weekend days that work; where they meet, as `Calendar.kind` decides."""
    working = dict.fromkeys(calendar.declared_working, WORKING)
    return sorted((calendar.holidays | working | calendar.days_off).items())


def _event(day: date, name: Text, calendar: Calendar, language: Language) -> Event:
    event = Event()
    # The same day keeps its name in every version, so that subscribers do not see it twice.
    event.add("uid", f"{day.isoformat()}@days.zagora")
    # An event must say when it was made; the day itself makes the file the same every time.
    event.add("dtstamp", datetime(day.year, 1, 1, tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", name.in_(language))
    event.add("categories", [calendar.kind(day)])
    event.add("transp", "TRANSPARENT")
    return event
