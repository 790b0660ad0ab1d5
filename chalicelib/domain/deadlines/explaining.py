"""A deadline in words, one sentence a step."""

from datetime import date

from chalicelib.domain.deadlines.steps import Deadline, Step
from chalicelib.domain.services.words import Language, Term

_SENTENCES: dict[str, dict[Language, str]] = {
    "start-day-excluded": {
        "bg": "{date}: срокът започва; този ден не се брои",
        "en": "{date}: the term begins; this day does not count",
    },
    "weekend-skipped": {
        "bg": "{date}: почивни дни в края на седмицата – не се броят",
        "en": "{date}: weekend – does not count",
    },
    "holiday-skipped": {
        "bg": "{date}: официален празник ({name}) – не се брои",
        "en": "{date}: public holiday ({name}) – does not count",
    },
    "day-off-skipped": {
        "bg": "{date}: неприсъствен ден на администрацията ({name}) – не се брои",
        "en": "{date}: the administration is closed ({name}) – does not count",
    },
    "weekend-counted": {
        "bg": "{date}: обявен за работен ден – брои се",
        "en": "{date}: declared a working day – counts",
    },
    "counted": {
        "bg": "{date}: {term} – последният ден на срока",
        "en": "{date}: {term} – the last day of the term",
    },
    "rolled-forward": {
        "bg": "{date}: последният ден е неприсъствен, затова се мести на първия присъствен ден",
        "en": "{date}: the last day is not a working day, so it moves to the next working day",
    },
    "ends": {
        "bg": "{date}: срокът изтича в края на деня",
        "en": "{date}: the term ends at the end of the day",
    },
    "hours-added": {
        "bg": "{date}: {term} от започването на срока, без прекъсване",
        "en": "{date}: {term} from the beginning of the term, without a break",
    },
}
_UNITS: dict[str, dict[Language, tuple[str, str]]] = {
    "hours": {"bg": ("час", "часа"), "en": ("hour", "hours")},
    "calendar-days": {
        "bg": ("календарен ден", "календарни дни"),
        "en": ("calendar day", "calendar days"),
    },
    "working-days": {"bg": ("работен ден", "работни дни"), "en": ("working day", "working days")},
}
_ACTS_EN = {"ГПК": "Civil Procedure Code", "КТ": "Labour Code"}
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


def explain(deadline: Deadline, language: Language) -> list[str]:
    """The steps as sentences, each with its legal ground."""
    return [_sentence(step, deadline.term, language) for step in deadline.steps]


def _sentence(step: Step, term: Term, language: Language) -> str:
    name = step.name.in_(language) if step.name else ""
    dates = _date(step.date, language)
    if step.until:
        dates = f"{dates} – {_date(step.until, language)}"
    text = _SENTENCES[step.code][language]
    said = text.format(date=dates, name=name, term=_term(term, language))
    return f"{said} ({_ground(step.ground, language)})." if step.ground else f"{said}."


def _date(day: date, language: Language) -> str:
    if language == "bg":
        return f"{day.day:02d}.{day.month:02d}.{day.year} г."
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def _term(term: Term, language: Language) -> str:
    one, many = _UNITS[term.unit][language]
    return f"{term.amount} {one if term.amount == 1 else many}"


def _ground(ground: str, language: Language) -> str:
    """`чл. 60, ал. 5 ГПК` → `Civil Procedure Code, art. 60 (5)`."""
    if language == "bg":
        return ground
    provision, act = ground.rsplit(" ", 1)
    article, _, paragraph = provision.removeprefix("чл. ").partition(", ал. ")
    return f"{_ACTS_EN[act]}, art. {article}" + (f" ({paragraph})" if paragraph else "")
