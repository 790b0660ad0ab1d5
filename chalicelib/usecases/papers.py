"""The journal of a case with what is private in it, as letters and registers need it."""

from pydantic import Field, JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.documents.source import Applicant
from chalicelib.domain.errors import NotPossible
from chalicelib.domain.journal import Entry
from chalicelib.domain.services.conditions import Facts
from chalicelib.domain.services.facts import EVIDENCE, filed_facts
from chalicelib.domain.values import Value
from chalicelib.ports import Ports

Answers = dict[str, JsonValue]


class Papers(Value):
    """Read once. `private` is by kind of event, the last of each.

    `evidence` is what registers answered, by its name in the model; `decision` the facts and
    grounds of the last decision; `corrections` the answers that the applicant changed since.
    """

    entries: tuple[Entry, ...]
    private: dict[str, Answers]
    evidence: Answers = Field(default_factory=dict)
    decision: Answers = Field(default_factory=dict)
    corrections: Answers = Field(default_factory=dict)

    @property
    def applicant(self) -> Applicant:
        """Raises NotPossible once the personal data is erased."""
        person = self.private.get("application-filed", {}).get("person")
        if person is None:
            raise NotPossible("personal-data-erased")
        return Applicant.model_validate(person)

    @property
    def answers(self) -> Answers:
        """What the applicant wrote, put right where it was."""
        filed = self.private.get("application-filed", {}).get("answers")
        return (filed if isinstance(filed, dict) else {}) | self.corrections

    @property
    def decided(self) -> Entry | None:
        """The last decision of an official."""
        return next((e for e in reversed(self.entries) if e.data.get("decides")), None)


def papers_of(ports: Ports, case: Case) -> Papers:
    """Reads them. Raises Busy."""
    entries = tuple(ports.cases.journal(case.id))
    by_seq = {entry.seq: entry for entry in entries}
    # Another run of this step may write between the two reads.
    opened = [
        (by_seq[seq], {name: opening.value for name, opening in named.items()})
        for seq, named in sorted(ports.cases.openings(case.id).items())
        if seq in by_seq
    ]
    corrections: Answers = {}
    for entry, private in opened:
        changed = private.get("answers")
        if entry.event != "application-filed" and isinstance(changed, dict):
            corrections |= changed
    return Papers(
        entries=entries,
        private={entry.event: private for entry, private in opened},
        evidence={
            str(entry.data["evidence"]): private.get("answer")
            for entry, private in opened
            if entry.event == "evidence-obtained"
        },
        decision=next((p for entry, p in reversed(opened) if entry.data.get("decides")), {}),
        corrections=corrections,
    )


def facts_of(papers: Papers, case: Case, evidence: Answers | None = None) -> Facts:
    """What is known of a case, as conditions see it; `evidence` is what was asked just now."""
    filed = filed_facts(
        papers.answers,
        tier=case.tier,
        delivery=case.delivery,
        channel=case.channel,
        capacity=case.capacity,
    )
    answered = papers.evidence | (evidence or {})
    return {
        **filed,
        **{
            f"{EVIDENCE}.{name}.{field}": value
            for name, answer in answered.items()
            if isinstance(answer, dict)
            for field, value in answer.items()
        },
    }
