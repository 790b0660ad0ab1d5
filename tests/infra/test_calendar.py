"""zagora calendar: the summary, its warning, and the .ics read back by the library."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar as File
from icalendar import Component

from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.domain.local_calendar import LocalCalendar
from chalicelib.domain.services.words import Text
from infra.cli.__main__ import main
from infra.cli.calendar import export, summary

OWN = LocalCalendar(
    days_off={date(2026, 10, 5): Text(bg="Празник на Стара Загора", en="Day of Stara Zagora")},
    declared_working=frozenset({date(2026, 12, 12)}),
).over(bulgarian())


def day_of(event: Component, name: str) -> date:
    found = event.decoded(name)
    assert isinstance(found, date)
    return found


def test_the_file_has_every_day_once_and_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    count = export(OWN, "bg", one)
    export(OWN, "bg", other)

    assert one.read_bytes() == other.read_bytes()
    events = File.from_ical(one.read_bytes()).walk("VEVENT")
    days = [day_of(event, "DTSTART") for event in events]
    assert days == sorted(OWN.holidays.keys() | OWN.days_off.keys() | OWN.declared_working)
    assert len(days) == count == len({event["UID"] for event in events})
    assert all(
        day_of(event, "DTEND") - day_of(event, "DTSTART") == timedelta(days=1) for event in events
    )
    said = {day_of(event, "DTSTART"): str(event["SUMMARY"]) for event in events}
    assert said[date(2026, 10, 5)] == "Празник на Стара Загора"
    assert said[date(2026, 12, 12)] == "Обявен за работен ден"
    assert said[date(2026, 12, 25)] == "Рождество Христово"


def test_the_summary_warns_a_year_ahead() -> None:
    known = list(summary(OWN, date(2043, 12, 31)))
    warned = list(summary(OWN, date(2044, 1, 1)))

    assert len(known) == 1
    assert "2024–2045, 368 days off, 1 weekend days declared working" in known[0]
    assert warned[1].startswith("only 1 whole years are left")
    assert list(summary(OWN, date(2050, 1, 1)))[1].startswith("only 0 ")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "days.ics"

    assert main(["calendar", "--ics", str(file), "--language", "en"]) == 0
    assert f"{file}: " in capsys.readouterr().out
    assert b"Christmas Day" in file.read_bytes()
    assert main(["calendar", "--administration", "nowhere"]) == 1
    assert "there is no administration nowhere" in capsys.readouterr().err
    assert main(["calendar", "--ics", str(tmp_path / "no" / "folder.ics")]) == 1
