"""The journal as people read it, and the timeline made of it."""

from collections.abc import Sequence
from datetime import date

from pydantic import JsonValue

from chalicelib.domain.cases.move_words import REASONS
from chalicelib.domain.cases.phases import next_phase
from chalicelib.domain.cases.state import Case
from chalicelib.domain.errors import NotFound
from chalicelib.domain.journal import Entry
from chalicelib.domain.services.language import ServiceModel, Text
from chalicelib.web import formats
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.common import JournalLine, Moment
from chalicelib.web.presenting import words

LOOK_UPS = frozenset({"evidence-asked", "personal-data-viewed"})
_RECEIVED = N_("The application was received")


def lines(
    entries: Sequence[Entry], model: ServiceModel, language: Language
) -> tuple[JournalLine, ...]:
    """Every entry in words."""
    return tuple(_line(entry, model, language) for entry in entries)


def look_ups(
    entries: Sequence[Entry], model: ServiceModel, language: Language
) -> tuple[JournalLine, ...]:
    """Who looked at the person's data, and where."""
    return lines([entry for entry in entries if entry.event in LOOK_UPS], model, language)


def timeline(
    case: Case, entries: Sequence[Entry], model: ServiceModel, language: Language
) -> tuple[Moment, ...]:
    """What happened, where the case is, and what comes if nothing goes wrong."""
    received = Moment(title=say(language, _RECEIVED), at=case.filed_at)
    past = [_ended(e, model, language) for e in entries if e.event == "phase-ended"]
    return (received, *past, *_rest(case, model, language))


def _ended(entry: Entry, model: ServiceModel, language: Language) -> Moment:
    data = {name: str(entry.data[name]) for name in ("phase", "outcome")}
    named = _phase(data, model, language)
    said = [named["outcome"]]
    said += [_text(reason).in_(language) for reason in _list(entry.data.get("reasons"))]
    return Moment(title=named["phase"], at=entry.at, text=" – ".join(filter(None, said)))


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _text(value: JsonValue) -> Text:
    return Text.model_validate(value)


def _rest(case: Case, model: ServiceModel, language: Language) -> list[Moment]:
    if not case.is_open:
        return []
    state, opened = case.phase, None
    upcoming: str | None = next_phase(case, model)
    if state is not None and upcoming is None:
        upcoming, opened = state.id, state.opened_at
    rest = list[Moment]()
    while upcoming is not None and len(rest) < len(model.phases):
        phase = model.phase(upcoming)
        rest.append(
            Moment(
                title=phase.title.in_(language),
                at=None if rest else opened,
                state="ahead" if rest else "now",
            )
        )
        upcoming = next(iter(phase.outcomes.values())).next
    return rest


def _line(entry: Entry, model: ServiceModel, language: Language) -> JournalLine:
    text = words.EVENTS.get(_kind(entry), entry.event)
    return JournalLine(
        seq=entry.seq,
        at=entry.at,
        who=words.actor(language, entry.actor),
        what=say(language, text, **_facts(entry, model, language))
        if "%" in text
        else say(language, text),
        hash=entry.hash,
    )


def _kind(entry: Entry) -> str:
    """Some events have two sentences."""
    if entry.event == "case-moved" and entry.data.get("counted"):
        return "case-moved counted"
    if entry.event == "due-reconsidered" and entry.data.get("deadline"):
        return "due-reconsidered earlier"
    if entry.event == "task-assigned" and entry.data.get("because") in {"stands-in", "ordered"}:
        return f"task-assigned {entry.data['because']}"
    if entry.event == "milestone-reached" and entry.data.get("official"):
        return "milestone-reached named"
    return entry.event


def _facts(entry: Entry, model: ServiceModel, language: Language) -> dict[str, object]:
    """Whatever any of the sentences may name."""
    data = {name: str(value) for name, value in entry.data.items()}
    official = entry.data.get("official") or entry.data.get("by")
    code = data.get("milestone", "")
    return {
        **data,
        **_phase(data, model, language),
        "official": _name(official),
        "by": _name(entry.data.get("by")),
        "operator": words.operator(data.get("operator", "")),
        "source": words.source(language, data.get("source", "")),
        "ground": _ground(entry, language),
        "due": _due(entry, language),
        "why": _why(data.get("reason", ""), language),
        **{name: _day(data[name], language) for name in ("promised", "counted") if name in data},
        "says": say(language, words.SAYS.get(data.get("says", ""), "")),
        "milestone": say(language, words.MILESTONES.get(code, code)),
        "trouble": words.trouble(language, data.get("code", "")),
    }


def _name(official: JsonValue) -> str:
    return str(official.get("name", "")) if isinstance(official, dict) else ""


def _phase(data: dict[str, str], model: ServiceModel, language: Language) -> dict[str, str]:
    try:
        phase = model.phase(data.get("phase", ""))
    except NotFound:
        return {"phase": say(language, words.FORMER_PHASE), "outcome": ""}
    return {
        "phase": phase.title.in_(language),
        "outcome": words.ended(language, phase, data.get("outcome", "")),
    }


def _ground(entry: Entry, language: Language) -> str:
    """Of a look-up, a stop or an extension."""
    extension = entry.data.get("extension")
    ground = extension.get("ground") if isinstance(extension, dict) else entry.data.get("ground")
    if isinstance(ground, dict):
        return _text(ground).in_(language)
    return str(entry.data.get("legal_ground", ""))


def _due(entry: Entry, language: Language) -> str:
    deadline = entry.data.get("deadline")
    if not isinstance(deadline, dict):
        return ""
    return _day(str(deadline["date"]), language)


def _day(iso: str, language: Language) -> str:
    return "" if iso == "None" else formats.day(date.fromisoformat(iso), language)


def _why(reason: str, language: Language) -> str:
    """Of a move to another version."""
    return next((text.in_(language) for name, text in REASONS.items() if name == reason), "")
