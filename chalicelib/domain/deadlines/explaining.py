"""A deadline in words, one sentence a step."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.deadlines.grounds import said
from chalicelib.domain.deadlines.sentences import ONE_DAY_OFF, RESUMED_HOURS, SENTENCES, UNITS
from chalicelib.domain.deadlines.steps import Deadline, Step
from chalicelib.domain.services.words import Language, Term, Unit

_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_HOUR, _MINUTE = 3600, 60
_SMALL: dict[Language, tuple[str, str, str]] = {
    "bg": ("ч.", "мин.", "сек."),
    "en": ("h", "min", "s"),
}


def explain(deadline: Deadline, language: Language) -> list[str]:
    """The steps as sentences, each with its legal ground, times in the calendar's time zone."""
    zone = ZoneInfo(deadline.timezone)
    terms = _terms(deadline)
    return [
        _sentence(step, term, zone, language)
        for step, term in zip(deadline.steps, terms, strict=True)
    ]


def _terms(deadline: Deadline) -> Iterator[Term]:
    """The term that runs at each step: the deadline's own, then its extensions'."""
    running = deadline.term
    for step in deadline.steps:
        if step.code in ("started-anew", "would-start-anew"):
            running = deadline.term
        if step.code == "extended" and step.term:
            running = step.term
        yield step.term or running


def _sentence(step: Step, term: Term, zone: ZoneInfo, language: Language) -> str:
    exact = term.unit in ("hours", "working-hours")
    text = SENTENCES[step.code][language]
    if step.code == "resumed" and exact:
        text = RESUMED_HOURS[language]
    if step.code == "weekend-skipped" and step.until is None:
        text = ONE_DAY_OFF[language]
    told = text.format(
        date=_days(step, language),
        at=_moment(step.at.astimezone(zone), language) if step.at else _date(step.date, language),
        name=step.name.in_(language) if step.name else "",
        because=step.because.in_(language) if step.because else "",
        term=_length(term.amount, term.unit, language),
        left=_left(step.count or 0, term.unit, language),
        count=step.count,
    )
    if step.ground:
        return f"{told} ({said(step.ground, language)})."
    return f"{told.removesuffix('.')}."


def _days(step: Step, language: Language) -> str:
    first = _date(step.date, language)
    return f"{first} – {_date(step.until, language)}" if step.until else first


def _date(day: date, language: Language) -> str:
    if language == "bg":
        return f"{day.day:02d}.{day.month:02d}.{day.year} г."
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def _moment(local: datetime, language: Language) -> str:
    return f"{_date(local, language)}, {local:%H:%M}" + (" ч." if language == "bg" else "")


def _length(amount: int, unit: Unit, language: Language) -> str:
    one, many = UNITS[unit][language]
    return f"{amount} {one if amount == 1 else many}"


def _left(count: int, unit: Unit, language: Language) -> str:
    """What was left: days, or of a term in hours the time to the second."""
    if unit not in ("hours", "working-hours"):
        return _length(count, unit if unit == "working-days" else "calendar-days", language)
    parts = (count // _HOUR, count % _HOUR // _MINUTE, count % _MINUTE)
    named = [f"{n} {name}" for n, name in zip(parts, _SMALL[language], strict=True) if n]
    return " ".join(named) or f"0 {_SMALL[language][1]}"
