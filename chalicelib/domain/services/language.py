"""The service-model language: what a service is, as one value.

The value is loaded from a file by an adapter, judged by `checks`, compiled by `compiler`, and
kept with every published version: a case is led by the version under which it was opened.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from chalicelib.domain import registers
from chalicelib.domain.errors import NotFound
from chalicelib.domain.ids import PhaseId, ServiceCode
from chalicelib.domain.money import Money
from chalicelib.domain.services import fees
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.forms import Condition, FieldTexts, Form, Group
from chalicelib.domain.services.phases import Milestone, Outcome, Phase
from chalicelib.domain.services.words import (
    NAMED,
    Amount,
    Capacity,
    Channel,
    CloseKind,
    DeliveryCode,
    FieldName,
    Filled,
    Language,
    Name,
    PhaseKind,
    Role,
    Term,
    Text,
    Tier,
    Unit,
)
from chalicelib.domain.values import Value

__all__ = [
    "CloseKind",
    "Condition",
    "DeliveryCode",
    "Fee",
    "FieldTexts",
    "Form",
    "Group",
    "Language",
    "Milestone",
    "Money",
    "Outcome",
    "Phase",
    "PhaseKind",
    "Role",
    "ServiceModel",
    "Term",
    "Text",
    "Tier",
    "Unit",
]


class LegalGround(Value):
    """A provision: its words for people, and the act and article apart for machines."""

    title: Text
    act: Filled
    article: Filled


class Fee(Value):
    """What one tier with one way of delivery costs and how long it takes; `valid_to` included."""

    tier: Tier
    delivery: DeliveryCode
    amount: Amount
    term: Term
    valid_from: date
    valid_to: date | None = None


class Exemption(Value):
    """Who pays less: `percent` of the fee is waived when the condition holds."""

    id: Name
    title: Text
    when: Rule
    percent: int = Field(default=100, ge=1, le=100)
    ground: Text


class Eligibility(Value):
    """A rule that an application must meet; `otherwise` is said to whoever does not."""

    id: Name
    when: Rule
    otherwise: Text
    ground: Text


class Attachment(Value):
    """A document that the applicant gives. Without `when` it is asked of everybody."""

    id: Name
    title: Text
    hint: Text | None = None
    required: bool = True
    when: Rule | None = None


class Evidence(Value):
    """What is asked of a register instead of the citizen, why, and by what right.

    `about` says which fact is whose: `property_id: parcel` asks about what the field `parcel`
    holds. Without it a question is about the field of its own name, and `egn` is the applicant's.
    """

    id: Name
    source: Name
    ask: Name
    purpose: Text
    legal_ground: Text
    about: dict[FieldName, Filled] = Field(default_factory=dict)

    @property
    def asks_about(self) -> dict[str, str]:
        """What the question is about, by the names of facts."""
        question = registers.QUESTIONS.get(f"{self.source}/{self.ask}")
        needs = {question.needs: question.needs} if question else {}
        return needs | {"egn": "person.egn"} | self.about


class Row(Value):
    """A line of a document: its label, and the fact that it shows."""

    label: Text
    fact: Filled


class Result(Value):
    """A document the applicant may get.

    The template `act` is made of `says` (paragraphs; `{fact}` is replaced), `rows` and `ends`.
    """

    id: Name
    title: Text
    template: Name
    says: tuple[Text, ...] = ()
    rows: tuple[Row, ...] = ()
    ends: tuple[Text, ...] = ()
    valid: Term | None = None


class Delivery(Value):
    """A way to get the result; `code` is the national nomenclature's."""

    id: DeliveryCode
    code: Filled
    title: Text


class Appeal(Value):
    """Where, how long and by what right a refusal can be appealed."""

    body: Text
    term: Term
    ground: Text


class Silence(Value):
    """What it means when the administration does not answer in time.

    `confirmed_on` is the day on which the administration's lawyer agreed; without it, pages
    that tell people what silence means say that it is still to be confirmed. `next` is the phase
    that the case goes to by itself when its term has passed; without it silence is only told of.
    `warnings` come so long before.
    """

    effect: Literal["none", "approve", "refuse"]
    ground: Text
    confirmed_on: date | None = None
    warnings: tuple[Term, ...] = ()
    next: PhaseId | None = None


class Extension(Value):
    """How far and how often the term may be extended, and by what right."""

    by: Term
    times: int = Field(default=1, ge=1, le=5)
    ground: Text


class Withdrawal(Value):
    """The applicant may withdraw while nothing has been decided."""

    ground: Text


class LegalTerm(Value):
    """The longest that the law allows, whatever the municipality promises."""

    term: Term
    ground: Text


class Retention(Value):
    """How long a closed case is kept, and by what right."""

    years: int = Field(ge=1, le=100)
    ground: Text


class ServiceModel(Value):
    """A whole service. Terms are counted by `domain.deadlines`, amounts are in minor units."""

    service: Annotated[ServiceCode, NAMED]
    title: Text
    summary: Text
    what_you_get: Text
    who_may_apply: Text
    what_you_need: tuple[Text, ...]
    register_number: Filled
    legal_grounds: Annotated[tuple[LegalGround, ...], Field(min_length=1)]
    audience: tuple[Literal["citizens", "businesses", "administrations"], ...]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    assurance: Literal["none", "low", "substantial", "high"]
    applicants: Annotated[tuple[Capacity, ...], Field(min_length=1)]
    eligibility: tuple[Eligibility, ...] = ()
    unit: Name
    status: Literal["open", "closed"] = "open"
    closed_because: Text | None = None
    form: Form
    evidence: tuple[Evidence, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    fees: Annotated[tuple[Fee, ...], Field(min_length=1)]
    exemptions: tuple[Exemption, ...] = ()
    legal_term: LegalTerm | None = None
    arrival: Literal["filed", "paid", "complete"]
    first: PhaseId
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    results: tuple[Result, ...]
    deliveries: Annotated[tuple[Delivery, ...], Field(min_length=1)]
    appeal: Appeal
    silence: Silence
    extension: Extension | None = None
    withdrawal: Withdrawal | None = None
    retention: Retention
    # What a lawyer of the municipality must look at before this is published for real.
    to_confirm: tuple[Filled, ...] = ()

    @model_validator(mode="after")
    def _closed_says_why(self) -> Self:
        if (self.status == "closed") != (self.closed_because is not None):
            raise ValueError("a closed service says why in closed_because; an open one does not")
        return self

    def phase(self, id_: str) -> Phase:
        """The phase of that name. Raises NotFound."""
        for phase in self.phases:
            if phase.id == id_:
                return phase
        raise NotFound("no-such-phase", phase=id_)

    def fee(self, tier: str, delivery: str, on: date) -> Fee:
        """The fee for a tier and a way of delivery on a local date. Raises Invalid."""
        return fees.choose(self.fees, tier, delivery, on)

    def source(self, evidence: str) -> Evidence:
        """The evidence of that name. Raises NotFound."""
        for one in self.evidence:
            if one.id == evidence:
                return one
        raise NotFound("no-such-evidence", evidence=evidence)
