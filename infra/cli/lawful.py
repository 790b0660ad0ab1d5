"""No service is published whose legal term can provably be missed."""

from collections.abc import Iterable, Iterator
from datetime import date

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import Language, ServiceModel, Text
from chalicelib.domain.simulation import Breach, breaches
from chalicelib.web.pictures.words import said, term_said

_ROLLED = Text(
    bg="(само защото и сроковете на етапите се местят на следващия работен ден)",
    en="(only because the terms of phases, too, move on to the next working day)",
)


class Unlawful(Exception):
    """Somebody could keep every term of the phases, and still the law would be broken."""


def require_lawful(models: Iterable[ServiceModel], calendar: Calendar, since: date) -> None:
    """Raises Unlawful with every breach of every model, for filings in the year since a day."""
    found = [
        f"{model.service}: {breach_said(breach, model, 'en')}"
        for model in models
        for breach in unlawful(breaches(model, calendar, since, rolled=False))
    ]
    if found:
        raise Unlawful("\n".join(found))


def unlawful(found: Iterable[Breach]) -> Iterator[Breach]:
    """The breaches of the law that no diligence avoids. A broken promise breaks no law; and what
    is missed only because terms of phases end on the next working day is a warning."""
    return (one for one in found if one.exceeds == "legal-term" and not one.rolled)


def breach_said(breach: Breach, model: ServiceModel, language: Language) -> str:
    """The proof in a sentence."""
    phases = " → ".join(model.phase(name).title.in_(language) for name in breach.phases)
    allowed, tier = term_said(breach.allowed, language), said(f"tier.{breach.tier}", language)
    filed, ends, until = (
        f"{day:%d.%m.%Y}" for day in (breach.filed, breach.ends, breach.allowed_until)
    )
    if language == "bg":
        what = "законовият срок" if breach.exceeds == "legal-term" else "обещаният срок"
        ground = f" ({breach.ground.bg})" if breach.ground else ""
        return (
            f"{what} от {allowed}{ground} може да се пропусне ({tier}): подадено на {filed}, "
            f"{phases} може да трае до {ends}, а срокът е до {until}; "
            f"така е при подаване в {breach.days} от {breach.tried} дни"
            + (f" {_ROLLED.bg}" if breach.rolled else "")
        )
    what = "the legal term" if breach.exceeds == "legal-term" else "the promised term"
    ground = f" ({breach.ground.en})" if breach.ground else ""
    return (
        f"{what} of {allowed}{ground} can be missed ({tier}): filed on {filed}, "
        f"{phases} may last until {ends}, and the term ends on {until}; "
        f"so it is when filed on {breach.days} of {breach.tried} days"
        + (f" {_ROLLED.en}" if breach.rolled else "")
    )
