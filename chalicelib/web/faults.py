"""What is wrong, in words: every error code and every fault code has a text here.

An error says what happened and what to do next; a fault of a field says what would be right.
"""

from dataclasses import dataclass

from chalicelib.domain.errors import Fault, ZagoraError
from chalicelib.web.i18n import N_, Language, say


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The status of the answer, what happened, and what the reader can do."""

    status: int
    title: str
    advice: str


_AGAIN = N_("Please try again in a few minutes. Nothing that you have already sent is lost.")
_BACK = N_("Go back, load the page again and look at how the case stands now.")
ERRORS: dict[str, ErrorText] = {
    "error": ErrorText(500, N_("Sorry, there is a fault on our side"), _AGAIN),
    "refused": ErrorText(400, N_("We could not accept the request"), _BACK),
    "try-again": ErrorText(503, N_("The service is overloaded at the moment"), _AGAIN),
    "invalid": ErrorText(
        400,
        N_("There is something wrong in what was sent"),
        N_("Go back, correct what is marked and send it again."),
    ),
    "not-found": ErrorText(
        404,
        N_("We cannot find this page"),
        N_(
            "Check the address for a typing mistake. If you followed a link to a case, sign in "
            "with the account from which you applied."
        ),
    ),
    "not-signed-in": ErrorText(
        401, N_("You are not signed in"), N_("Sign in and you will come back to this page.")
    ),
    "forbidden": ErrorText(
        403,
        N_("You have no right to open this page"),
        N_("If you need it for your work, ask the administrator of the system for the role."),
    ),
    "conflict": ErrorText(409, N_("Somebody else was faster"), _BACK),
    "claimed-by-another": ErrorText(409, N_("The task has been taken by somebody else"), _BACK),
    "four-eyes": ErrorText(
        409,
        N_("Somebody else must decide this"),
        N_("You decided an earlier step of the case, and the law wants two different officials."),
    ),
    "not-claimed": ErrorText(
        409, N_("Nobody has taken the task yet"), N_("Take the task and then decide.")
    ),
    "not-possible": ErrorText(
        409, N_("The case is no longer at a stage where this can be done"), _BACK
    ),
    "cannot-be-withdrawn": ErrorText(
        409,
        N_("The application can no longer be withdrawn"),
        N_("It has been decided, or this service does not allow it. Open the case to see."),
    ),
    "no-correction-asked": ErrorText(
        409,
        N_("No correction is asked for in this case"),
        N_("It has been sent, or its term is over. Open the case to see how it stands."),
    ),
    "cannot-be-extended": ErrorText(
        409,
        N_("The term of this case cannot be extended"),
        N_("The service does not allow it, it was extended before, or it has passed."),
    ),
    "cannot-be-reopened": ErrorText(
        409, N_("This case cannot be taken up again"), N_("It is open, or it was never decided.")
    ),
    "opinion-given": ErrorText(409, N_("The opinion has been given already"), _BACK),
    "opinions-missing": ErrorText(
        409,
        N_("Not all units have given their opinions"),
        N_("The case shows who is waited for. An objection lets you go on at once."),
    ),
    "nothing-owed": ErrorText(
        409, N_("There is nothing to pay on this case"), N_("Open the case to see its payments.")
    ),
    "service-closed": ErrorText(
        409,
        N_("This service does not take applications at the moment"),
        N_("The page of the service says why."),
    ),
    "idempotency-key-reused": ErrorText(
        409,
        N_("This was already sent with other answers"),
        N_("Look at how the case stands. If you want something else, begin anew."),
    ),
    "forged": ErrorText(
        400,
        N_("The signature does not match"),
        N_("What you opened was not issued by us, or was changed afterwards."),
    ),
    "superseded": ErrorText(409, N_("This step is already being carried out elsewhere"), _BACK),
    "busy": ErrorText(503, N_("The service is overloaded at the moment"), _AGAIN),
    "register-unavailable": ErrorText(503, N_("A register does not answer at the moment"), _AGAIN),
    "seal-unavailable": ErrorText(
        503, N_("The electronic seal cannot be used at the moment"), _AGAIN
    ),
    "storage-unavailable": ErrorText(
        503, N_("The store of documents does not answer at the moment"), _AGAIN
    ),
    "too-large": ErrorText(
        413, N_("What was sent is too large"), N_("Shorten the longer texts and send it again.")
    ),
    "sign-in-state": ErrorText(
        400,
        N_("This sign-in cannot be finished"),
        N_(
            "It took longer than ten minutes, was finished before, or was begun in another "
            "browser. Sign in again."
        ),
    ),
    "sign-in-code": ErrorText(
        400, N_("This sign-in cannot be finished"), N_("Sign in again, from the beginning.")
    ),
    "token": ErrorText(
        400, N_("This sign-in cannot be finished"), N_("Sign in again, from the beginning.")
    ),
    "sign-in-cancelled": ErrorText(
        400, N_("You did not sign in"), N_("If you want to go on, sign in again.")
    ),
    "sign-in-unavailable": ErrorText(503, N_("Signing in does not work at the moment"), _AGAIN),
    "egn-missing": ErrorText(
        403,
        N_("Your account has no personal number (EGN)"),
        N_(
            "Without it we cannot tell whose cases are yours. Go to the administration with your "
            "identity card to have it entered."
        ),
    ),
    "egn-invalid": ErrorText(
        403,
        N_("The personal number (EGN) in your account is not valid"),
        N_("Go to the administration with your identity card to have it corrected."),
    ),
    "no-permanent-address": ErrorText(
        404,
        N_("The population register has no permanent address for the person"),
        N_("An official has to examine why."),
    ),
    "register-answered-for-another": ErrorText(
        503, N_("The register answered for another person"), _AGAIN
    ),
    "personal-data-erased": ErrorText(
        409,
        N_("The personal data of the case have been erased, because their term is over"),
        N_("Apply again if you need the service."),
    ),
    "form-expired": ErrorText(
        403,
        N_("The page has expired"),
        N_(
            "You were signed out in the meantime, or the page was open for too long. "
            "Load it again and repeat."
        ),
    ),
}

FAULTS: dict[str, str] = {
    "required": N_("Fill in: %(label)s"),
    "not-all-checked": N_("%(label)s: this outcome needs everything on the list checked"),
    "not-all-seen": N_("%(label)s: this outcome needs all the documents at hand"),
    "required.radios": N_("Choose an answer: %(label)s"),
    "required.checkbox": N_("Mark this to go on: %(label)s"),
    "must-accept": N_("Mark this to go on: %(label)s"),
    "too-long": N_("%(label)s: at most %(limit)s characters"),
    "too-short": N_("%(label)s: at least %(limit)s characters"),
    "too-big": N_("%(label)s: at most %(limit)s"),
    "too-small": N_("%(label)s: at least %(limit)s"),
    "pattern": N_("%(label)s: this is not written as it should be"),
    "format.email": N_("%(label)s: write an e-mail address such as name@example.bg"),
    "format.date": N_("%(label)s: write a date such as 31.12.2026"),
    "clock-goes-back": N_("%(label)s: the clock goes forward only"),
    "clock-too-far": N_("%(label)s: at most ten years ahead"),
    "not-a-moment": N_("%(label)s: write “+14 days” or a moment such as 2026-12-24 09:00"),
    "not-offered": N_("%(label)s: choose one of the answers offered"),
    "before-first": N_("%(label)s: it cannot be before the first day"),
    "already-over": N_("%(label)s: this day has passed"),
    "absence-too-long": N_("%(label)s: an absence lasts three years at most"),
    "overlaps": N_("%(label)s: an absence on these days is announced already"),
    "own-substitute": N_("%(label)s: nobody stands in for themselves"),
    "not-of-unit": N_("%(label)s: choose somebody who has this work in the unit"),
    "circle": N_("%(label)s: they are absent too, and their substitutes lead back in a circle"),
    "chain-too-long": N_("%(label)s: more than three people would stand in for one another"),
    "absent": N_("%(label)s: they are absent"),
    "four-eyes": N_("%(label)s: they decided an earlier step, and somebody else must decide this"),
    "not-asked": N_("%(label)s: this is not asked here"),
    "too-few": N_("%(label)s: at least %(limit)s"),
    "too-many": N_("%(label)s: at most %(limit)s"),
    "repeated": N_("%(label)s: the same is given twice"),
    "ineligible": N_("%(reason)s (%(ground)s)"),
    "service-changed": N_("The service has changed since you read about it: %(change)s"),
    "unknown-version": N_(
        "%(label)s: there is no such version of the service, %(limit)s is current"
    ),
    "wrong-type": N_("%(label)s: this is not written as it should be"),
    "wrong-value": N_("%(label)s: this is not written as it should be"),
    "characters": N_("%(label)s: remove the characters that cannot be printed"),
    "unknown-tier": N_("%(label)s: choose one of the answers offered"),
    "no-such-delivery-for-tier": N_("%(label)s: this choice is not offered with the chosen term"),
    "no-fee-on-date": N_("%(label)s: this choice is not offered today"),
    "personal-number.shape": N_("%(label)s: a personal number has ten digits"),
    "personal-number.date": N_("%(label)s: the first six digits are not a date of birth"),
    "personal-number.check": N_("%(label)s: a digit is wrong, please check it"),
}


def error_text(error: ZagoraError) -> ErrorText:
    """The text of an error: of its own code, else of the nearest class that has one."""
    codes = [error.code, *(getattr(kind, "code", "") for kind in type(error).__mro__)]
    return next(ERRORS[code] for code in [*codes, "error"] if code in ERRORS)


def fault_text(fault: Fault, label: str, kind: str, language: Language) -> str:
    """What is wrong with a field, by its label."""
    text = FAULTS.get(f"{fault.code}.{kind}") or FAULTS.get(fault.code, FAULTS["wrong-value"])
    told = {name.removesuffix(f"_{language}"): value for name, value in fault.facts.items()}
    name = label.rstrip(".")
    missing = {"limit": "", "change": name, "reason": name, "ground": "–"}
    facts: dict[str, object] = {**missing, **told, "label": name}
    return say(language, text, **facts)
