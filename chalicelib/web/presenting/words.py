"""The codes of the trade in words: tiers, states, events, people who act."""

from chalicelib.domain.administration import Administration
from chalicelib.domain.journal import Actor
from chalicelib.domain.payments import AttemptStatus, OrderStatus
from chalicelib.domain.services.language import CloseKind, Phase
from chalicelib.domain.services.routes import SILENCE, WITHDRAWN
from chalicelib.web.faults import ERRORS
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.common import Status, Tone

TIERS = {"regular": N_("Regular"), "fast": N_("Fast"), "express": N_("Express")}
CLOSED: dict[CloseKind, tuple[str, Tone]] = {
    "issued": (N_("Issued"), "done"),
    "refused": (N_("Refused"), "off"),
    "unpaid": (N_("Closed: not paid in time"), "off"),
    "partly-issued": (N_("Issued in part"), "done"),
    "withdrawn": (N_("Withdrawn by the applicant"), "off"),
    "terminated": (N_("The procedure was terminated"), "off"),
    "forwarded": (N_("Sent to the competent body"), "off"),
    "granted-by-silence": (N_("Granted: nobody answered in time"), "done"),
    "refused-by-silence": (N_("Refused: nobody answered in time"), "off"),
}
# The ends of a phase that the language reserves: no model gives them a title.
ENDS = {
    SILENCE: N_("Nobody answered in time"),
    WITHDRAWN: N_("Withdrawn by the applicant"),
}
SAYS = {"agrees": N_("agrees"), "objects": N_("objects")}
ORDERS: dict[OrderStatus, tuple[str, Tone]] = {
    "not-due": (N_("Nothing to pay"), "off"),
    "due": (N_("Not paid yet"), "wait"),
    "paid": (N_("Paid"), "done"),
    "expired": (N_("Not paid in time"), "off"),
}
ATTEMPTS: dict[AttemptStatus, tuple[str, Tone]] = {
    "pending": (N_("No word yet"), "wait"),
    "paid": (N_("Paid"), "done"),
    "denied": (N_("Payment refused"), "off"),
    "expired": (N_("Time ran out"), "off"),
    "mismatched": (N_("Another amount"), "late"),
    "overpaid": (N_("Paid twice, to be returned"), "late"),
}
OPERATORS = {"epay": "ePay.bg", "memory": "ePay.bg"}
SOURCES = {"uscrasp": N_("Population register"), "zagora": N_("The system")}
ACTORS = {
    "citizen": N_("Applicant"),
    "official": N_("Official"),
    "operator": N_("Payment operator"),
    "register": N_("Register"),
    "system": N_("The system"),
}
MILESTONES = {
    "reminder": N_("Reminder"),
    "warning": N_("Warning"),
    "escalation": N_("Passed to the head of unit, because the time ran out"),
    "expiry": N_("The time ran out"),
    "silence": N_("The term passed without an answer"),
}
# A case that was moved to another version may have passed steps that this one does not have.
FORMER_PHASE = N_("A step of an earlier version of the service")
EVENTS = {
    "application-filed": N_("Application filed"),
    "application-arrived": N_("The term began"),
    "phase-opened": N_("Began: %(phase)s"),
    "phase-ended": N_("Ended: %(phase)s – %(outcome)s"),
    "payment-started": N_("Went to pay with %(operator)s, payment number %(invoice)s"),
    "payment-confirmed": N_("%(operator)s confirmed the payment, payment number %(invoice)s"),
    "payment-failed": N_("Payment number %(invoice)s did not succeed"),
    "payment-parked": N_("Money came that settles nothing, payment number %(invoice)s"),
    "task-claimed": N_("%(official)s took the task"),
    "task-assigned": N_("%(official)s was given the task"),
    "task-assigned stands-in": N_("%(official)s was given the task, standing in for somebody"),
    "task-assigned ordered": N_("%(by)s gave the task to %(official)s"),
    "task-released": N_("The task went back to the unit"),
    "milestone-reached": "%(milestone)s",
    "milestone-reached named": N_("%(milestone)s: %(official)s"),
    "clock-stopped": N_("The term stopped: %(ground)s"),
    "clock-resumed": N_("The term runs again, until %(due)s"),
    "term-extended": N_("%(official)s extended the term until %(due)s: %(ground)s"),
    "opinion-given": N_("%(official)s gave an opinion: %(says)s"),
    "correction-filed": N_("The applicant put the application right"),
    "application-withdrawn": N_("The applicant withdrew the application"),
    "case-reopened": N_("%(official)s took the case up again: %(phase)s"),
    "evidence-asked": N_("Look-up in %(source)s: %(purpose)s (%(ground)s)"),
    "evidence-obtained": N_("%(source)s answered"),
    "trouble-met": N_("A hindrance: %(trouble)s"),
    "retry-ordered": N_("Another attempt was ordered"),
    "phase-resumed": N_("Another attempt began"),
    "document-issued": N_("A document was issued and sealed"),
    "result-delivered": N_("The result was delivered"),
    "personal-data-viewed": N_("%(official)s looked at the personal data: %(purpose)s"),
    "case-moved": N_(
        "Goes on under version %(to_version)s of the service instead of version %(from_version)s,"
        " by order of %(ordered_by)s: %(why)s"
    ),
    "case-moved counted": N_(
        "Goes on under version %(to_version)s of the service instead of version %(from_version)s,"
        " by order of %(ordered_by)s: %(why)s. Promised by %(promised)s; by the new version it"
        " is %(counted)s"
    ),
    "due-reconsidered": N_(
        "The calendar has changed. The promised due date, %(promised)s, stays; by the new"
        " calendar it would be %(counted)s"
    ),
    "due-reconsidered earlier": N_(
        "The calendar has changed. The due date is now %(counted)s, earlier than the promised"
        " %(promised)s"
    ),
    "case-closed": N_("The case was closed"),
}


def status(language: Language, words: tuple[str, Tone]) -> Status:
    """A word with its colour."""
    return Status(text=say(language, words[0]), tone=words[1])


def ended(language: Language, phase: Phase, outcome: str) -> str:
    """How a phase ended."""
    if outcome in ENDS:
        return say(language, ENDS[outcome])
    known = phase.outcomes.get(outcome)
    return known.title.in_(language) if known else outcome


def unit(administration: Administration, code: str, language: Language) -> str:
    """What a unit is called."""
    name = administration.units.get(code)
    return name.in_(language) if name else code


def tier(language: Language, code: str) -> str:
    """The name of a tier."""
    return say(language, TIERS.get(code, code))


def source(language: Language, code: str) -> str:
    """The name of a register."""
    return say(language, SOURCES.get(code, code))


def operator(code: str) -> str:
    """The name of a payment operator."""
    return OPERATORS.get(code, code)


def actor(language: Language, who: Actor) -> str:
    """Who acted, by office; operators by name."""
    return operator(who.id) if who.kind == "operator" else say(language, ACTORS[who.kind])


def trouble(language: Language, code: str) -> str:
    """Why an automatic phase does not get on."""
    text = ERRORS.get(code, ERRORS["error"])
    return say(language, text.title)
