"""Whom a difference between two versions concerns."""

from typing import Literal

from chalicelib.domain.services.changes import Path
from chalicelib.domain.services.language import Phase

Audience = Literal["citizen", "official", "lawyer"]
AUDIENCES: tuple[Audience, ...] = ("citizen", "official", "lawyer")

# By the first name of the place. A word that is not here concerns everybody: nothing new in the
# language can go untold.
_CONCERNS: dict[str, str] = {
    "summary": "citizen",
    "what_you_get": "citizen",
    "what_you_need": "citizen",
    "who_may_apply": "citizen lawyer",
    "register_number": "official lawyer",
    "legal_grounds": "lawyer",
    "audience": "citizen lawyer",
    "channels": "citizen official",
    "assurance": "citizen lawyer",
    "unit": "official",
    "status": "citizen official",
    "closed_because": "citizen official",
    "form": "citizen official",
    "evidence": "official lawyer",
    "attachments": "citizen official",
    "exemptions": "citizen lawyer",
    "legal_term": "lawyer",
    "arrival": "citizen lawyer",
    "first": "official",
    "phases": "official",
    "results": "citizen official",
    "deliveries": "citizen official",
    "appeal": "citizen lawyer",
    "silence": "citizen lawyer",
    "extension": "lawyer",
    "withdrawal": "citizen lawyer",
    "retention": "lawyer",
    "to_confirm": "lawyer",
}
# In phases: what bears on terms is the lawyer's too.
_LAWYERS = frozenset(
    {"term", "terms", "clock", "clock_ground", "milestones", "four_eyes", "requires"}
)
# What a citizen does in these phases has its term.
_CITIZENS = frozenset({"payment", "correction"})
_INSIDE = frozenset({"template", "says", "ends", "rows"})


def concerned(place: Path, thing: object) -> frozenset[Audience]:
    """For whom a change at the place is told; `thing` is the phase it is in, if it is in one."""
    known = _CONCERNS.get(place[0])
    found = set(AUDIENCES) if known is None else {one for one in AUDIENCES if one in known.split()}
    names = set(place[2:])
    if place[0] == "phases" and (names & _LAWYERS or len(place) == 2):
        found.add("lawyer")
        if isinstance(thing, Phase) and thing.kind in _CITIZENS and not names & {"milestones"}:
            found.add("citizen")
    if place[0] == "results" and names & _INSIDE:
        found.discard("citizen")
    if place[0] != "legal_grounds" and place[-1] in {"ground", "legal_ground"}:
        return frozenset({"lawyer"})
    return frozenset(found)
