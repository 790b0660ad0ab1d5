"""Everything that a letter is made from, as values."""

from datetime import date

from pydantic import Field, JsonValue

from chalicelib.domain.cases.state import Case
from chalicelib.domain.ids import PhaseId
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.values import Value


class Applicant(Value):
    """Whom the case is about, from its private part."""

    name: str
    egn: str

    def __repr__(self) -> str:
        return "Applicant()"


class Source(Value):
    """`answers` are the applicant's, `evidence` the registers', `decision` the official's.

    `shared` is what every letter has: `issued` (a date), numbers, letterhead, verification.
    Dates are civil dates of the administration.
    """

    case: Case
    model: ServiceModel
    phase: PhaseId
    applicant: Applicant
    answers: dict[str, JsonValue] = Field(default_factory=dict)
    evidence: dict[str, JsonValue] = Field(default_factory=dict)
    decision: dict[str, JsonValue] = Field(default_factory=dict)
    decided_as: str = ""
    decided_by: str = ""
    paid_on: date | None = None
    applied_on: date
    issued: date
    office: str
    shared: dict[str, object]

    @property
    def language(self) -> Language:
        """The document's."""
        return self.case.language

    def said(self, name: str) -> str:
        """The official's `facts` or `grounds`; empty where nothing was written."""
        return str(self.decision.get(name) or "")
