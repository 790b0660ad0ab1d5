"""`zagora calendar --recount`: promised due dates meet a calendar that has changed."""

from chalicelib.domain.cases.state import Case
from chalicelib.domain.services.words import Language, Text
from chalicelib.usecases.reconsidering import recompute_after_calendar_change
from infra.cli import stages

_EARLIER = Text(
    bg="{number}: срокът вече е {due}, по-рано от обещания",
    en="{number}: now due {due}, earlier than was promised",
)
_KEPT = Text(
    bg="{number}: обещаният срок {due} се запазва", en="{number}: stays due {due}, as was promised"
)
_TOTAL = Text(bg="{count} преписки с друг срок", en="{count} cases would end on another day")


def recount(stage: str, administration: str, language: Language) -> int:
    """One line for each case that the calendar bears on; says to how many. Raises NoStack, Busy."""
    count = 0
    ports = stages.ports_of(stage, administration)
    for case, gained in recompute_after_calendar_change(ports, stages.now()):
        print(_line(case, gained, language))
        count += 1
    print(_TOTAL.in_(language).format(count=count))
    return count


def _line(case: Case, gained: bool, language: Language) -> str:
    due = case.due.deadline.date if case.due else "–"
    words = _EARLIER if gained else _KEPT
    return words.in_(language).format(number=case.number, due=due)
