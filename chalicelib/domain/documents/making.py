"""What several letters say alike: the person, the appeal, the validity."""

from calendar import monthrange
from datetime import date, timedelta

from chalicelib.domain.documents.letters import Appeal, Person
from chalicelib.domain.documents.showing import day, term
from chalicelib.domain.documents.source import Source
from chalicelib.domain.services.language import Language, Term


def person_of(source: Source) -> Person:
    """The applicant."""
    return Person(names=source.applicant.name, identifier=source.applicant.egn)


def appeal_of(source: Source) -> Appeal:
    """Where, how long and by what right, in the document's language."""
    appeal, language = source.model.appeal, source.language
    return Appeal(
        body=appeal.body.in_(language),
        term=term(appeal.term, language),
        ground=appeal.ground.in_(language),
    )


def validity(length: Term, issued: date, language: Language) -> str:
    """`6 месеца от издаването – до 23 май 2027 г.`; without the day where a calendar is needed."""
    words = f"{term(length, language)} {'от издаването' if language == 'bg' else 'from issue'}"
    last = _last_day(length, issued)
    if last is None:
        return words
    return f"{words} – {'до' if language == 'bg' else 'until'} {day(last, language)}"


def _last_day(length: Term, issued: date) -> date | None:
    match length.unit:
        case "months" | "years":
            return months_later(issued, length.amount * (12 if length.unit == "years" else 1))
        case "calendar-days" | "weeks":
            days = length.amount * (7 if length.unit == "weeks" else 1)
            return issued + timedelta(days=days)
        case _:
            return None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
