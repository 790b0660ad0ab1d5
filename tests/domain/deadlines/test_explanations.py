"""Whole histories as people read them: tests/data/deadlines.bg.txt and deadlines.en.txt.

Every kind of step is in them. After a change read the new sentences, then write the files with
`python -m tests.domain.deadlines.test_explanations`.
"""

from datetime import datetime, time
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.domain.deadlines import (
    Clock,
    Deadline,
    Extension,
    Rule,
    StepCode,
    Stop,
    explain,
    running,
)
from chalicelib.domain.services.words import Language, Term, Text
from infra.paths import ROOT
from tests.domain.deadlines.histories import (
    CALENDAR,
    extension,
    interruption,
    suspension,
)

CITY = Text(bg="Празник на Стара Загора", en="Day of Stara Zagora")
OWN = CALENDAR.model_copy(
    update={
        "days_off": {datetime(2026, 10, 5).date(): CITY},
        "declared_working": frozenset({datetime(2026, 10, 10).date()}),
    }
)


def term(words: str) -> Term:
    return Term.model_validate(words)


def at(local: str) -> datetime:
    moment = datetime.fromisoformat(local)
    noon = datetime.combine(moment.date(), time(12)) if len(local) == len("2026-01-01") else moment
    return noon.replace(tzinfo=OWN.zone)


def stopped(one: str, other: str | None) -> Stop:
    return suspension(at(one), at(other) if other else None)


def more(one: str, words: str) -> Extension:
    return extension(at(one), term(words))


HISTORIES: dict[str, Clock] = {
    "Late, suspended, extended, standing in the extension": Clock(
        start=at("2026-12-10T18:10"),
        term=term("14 calendar-days"),
        stops=(stopped("2026-12-15T10:00", "2026-12-20T11:00"), stopped("2027-01-04T09:00", None)),
        extensions=(
            more("2026-12-22T10:00", "10 calendar-days"),
            more("2027-03-22T10:00", "1 week"),
        ),
        rule=Rule(cut_off=True),
    ),
    "Working days: suspended, extended in vain, interrupted on a suspended day, suspended": Clock(
        start=at("2026-10-02"),
        term=term("7 working-days"),
        stops=(
            stopped("2026-10-06T10:00", "2026-10-09T10:00"),
            interruption(at("2026-10-13T10:00"), at("2026-10-14T16:00")),
            stopped("2026-10-19T09:00", "2026-10-20T09:00"),
        ),
        extensions=(more("2026-10-08", "1 month"),),
    ),
    "A month that has no such day, and what came too late": Clock(
        start=at("2026-01-31"),
        term=term("1 month"),
        stops=(stopped("2026-03-03", "2026-03-04"), interruption(at("2026-03-05"), None)),
        extensions=(more("2026-03-04", "1 week"),),
    ),
    "Hours over the night in which an hour is missing, interrupted and extended": Clock(
        start=at("2026-03-28T10:00"),
        term=term("48 hours"),
        stops=(
            stopped("2026-03-28T12:00", "2026-03-28T13:30"),
            stopped("2026-03-29T12:00:30", "2026-03-29T13:00"),
            interruption(at("2026-03-30T09:00"), at("2026-03-30T10:00")),
        ),
        extensions=(more("2026-03-31T10:00", "2 working-days"),),
    ),
    "Working hours: suspended twice, extended by years, standing": Clock(
        start=at("2026-12-23T16:00"),
        term=term("5 working-hours"),
        stops=(
            stopped("2026-12-23T16:50", "2026-12-24T10:00"),
            stopped("2026-12-29T09:10", "2026-12-29T10:00"),
            stopped("2026-12-30T10:00", None),
        ),
        extensions=(more("2026-12-29", "1 year"), more("2026-12-29", "2 years")),
    ),
    "Working hours without a break": Clock(
        start=at("2026-12-23T16:30"), term=term("2 working-hours")
    ),
    "Interrupted for ever": Clock(
        start=at("2026-11-02"),
        term=term("2 weeks"),
        stops=(interruption(at("2026-11-16T23:00"), None),),
    ),
    "Interrupted in an extension in working days: the first term begins anew": Clock(
        start=at("2026-11-02"),
        term=term("1 week"),
        stops=(
            interruption(at("2026-11-11"), at("2026-11-12")),
            stopped("2026-11-16", "2026-11-17"),
        ),
        extensions=(more("2026-11-03", "3 working-days"),),
    ),
    "Hours that stand": Clock(
        start=at("2026-11-02"), term=term("1 hour"), stops=(stopped("2026-11-02T12:00", None),)
    ),
}


def told(language: Language) -> str:
    found = {name: running(clock, OWN) for name, clock in HISTORIES.items()}
    parts = ["\n".join([f"# {name}", *explain(one, language)]) for name, one in found.items()]
    return "\n\n".join(parts) + "\n"


def golden(language: Language) -> Path:
    return ROOT / "tests" / "data" / f"deadlines.{language}.txt"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_histories_are_told_as_they_were_read(language: Language) -> None:
    assert told(language) == golden(language).read_text(encoding="utf-8")


def test_every_kind_of_step_is_among_them() -> None:
    codes = {step.code for clock in HISTORIES.values() for step in running(clock, OWN).steps}

    assert codes == set(get_args(StepCode))


def test_a_deadline_from_before_steps_had_hours_still_loads_and_explains_itself() -> None:
    stored = {
        "start": "2026-11-23T10:00:00Z",
        "term": {"amount": 1, "unit": "hours"},
        "calendar": "bg-d5aad2b7e946",
        "due": "2026-11-23T11:00:00Z",
        "date": "2026-11-23",
        "steps": [{"date": "2026-11-23", "code": "hours-added", "count": 1}],
    }

    found = Deadline.model_validate(stored)

    assert found.stopped_at is None
    assert explain(found, "bg") == ["23.11.2026 г.: 1 час от започването на срока, без прекъсване."]


if __name__ == "__main__":
    for each in ("bg", "en"):
        golden(each).write_text(told(each), encoding="utf-8")
