"""The journal of a case whose model or calendar became another, as people read it."""

import pytest
from pydantic import JsonValue

from chalicelib.domain.ids import CaseId
from chalicelib.domain.journal import SYSTEM, Entry, Head, append
from chalicelib.domain.services.language import Language
from chalicelib.web.presenting import journal
from tests.builders import MONDAY, a_case
from tests.models import permanent_address

# Between a year and its "г.".
NARROW = "\N{NARROW NO-BREAK SPACE}"
MOVED: dict[str, JsonValue] = {
    "from_version": 1,
    "to_version": 2,
    "ordered_by": "Мария",
    "reason": "due-kept",
}
DAYS: dict[str, JsonValue] = {"promised": "2026-11-25", "counted": "2026-11-30"}
GONE: dict[str, JsonValue] = {"phase": "an-older-step", "outcome": "done"}


def entry(event: str, **data: JsonValue) -> Entry:
    return append(
        Head(),
        case=CaseId("0" * 26),
        version=1,
        at=MONDAY,
        actor=SYSTEM,
        event=event,
        data=data,
        openings={},
    )


@pytest.mark.parametrize(
    ("event", "data", "language", "said"),
    [
        (
            "case-moved",
            {**MOVED, **DAYS},
            "bg",
            (
                "Продължава по версия 2 на услугата вместо по версия 1, по нареждане на Мария:"
                " обещаният срок се запазва. Обещано до 25 ноември 2026 г.; по новата версия срокът"
                " е 30 ноември 2026 г."
            ),
        ),
        (
            "case-moved",
            {**MOVED, "reason": "no-due", "promised": None, "counted": None},
            "en",
            (
                "Goes on under version 2 of the service instead of version 1, by order of Мария:"
                " it has no due date"
            ),
        ),
        (
            "due-reconsidered",
            {"calendar": "new", **DAYS},
            "en",
            (
                "The calendar has changed. The promised due date, 25 November 2026, stays; by the"
                " new calendar it would be 30 November 2026"
            ),
        ),
        (
            "due-reconsidered",
            {"calendar": "new", **DAYS, "deadline": {"date": "2026-11-24"}},
            "bg",
            (
                "Календарът е променен. Срокът вече е 30 ноември 2026 г., по-рано от обещания"
                " 25 ноември 2026 г."
            ),
        ),
        ("phase-opened", GONE, "en", "Began: A step of an earlier version of the service"),
    ],
)
def test_what_is_said(
    event: str, data: dict[str, JsonValue], language: Language, said: str
) -> None:
    (line,) = journal.lines([entry(event, **data)], permanent_address(), language)
    assert line.what.replace(NARROW, " ") == said


def test_a_step_that_the_version_does_not_have_is_in_the_timeline() -> None:
    past = entry("phase-ended", **GONE)
    _, moment, *_ = journal.timeline(a_case(), [past], permanent_address(), "bg")
    assert (moment.title, moment.text) == ("Стъпка от предишна версия на услугата", "")
