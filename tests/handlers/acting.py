"""Pages with one thing to do, with invented content."""

from datetime import timedelta

from chalicelib.domain.cases.state import Asked, Case
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.language import ServiceModel
from chalicelib.web.i18n import Language
from chalicelib.web.presenting import acts
from chalicelib.web.rendering import Page
from tests.builders import MONDAY, a_case, in_phase
from tests.every_word import full
from tests.models import stara_zagora

INSTRUCTION = {
    "facts": "Посочената цел изисква адрес в чужбина, а такъв не е написан.",
    "grounds": "чл. 30, ал. 2 от Административнопроцесуалния кодекс",
}
ANSWERS = {"answer.purpose": "other", "answer.purpose_other": "за библиотека"}


def pages(language: Language, number: str) -> dict[str, Page]:
    """Name → page, empty and with what is wrong."""
    every = ServiceModel.model_validate(full())
    case = a_case(number=number, closed_as="refused")
    asked = Asked(id="plan", unit="architecture", role="registrar")
    joint = in_phase(a_case(number=number), "opinions", opinions=(asked,))
    correcting = in_phase(a_case(number=number), "correcting", due_at=MONDAY + timedelta(days=7))
    opinion = acts.opinion(joint, every, asked, stara_zagora(), language)
    wrong = (Fault(field="says", code="required"), Fault(field="text", code="required"))
    return {
        "withdrawal": acts.withdrawal(_paid(case), every, language),
        "opinion": opinion,
        "opinion-wrong": acts.again(opinion, "", "objects", wrong, language),
        "extension": acts.extension(case, every, language),
        "reopening": acts.reopening(case, every, language),
        "correction": acts.correction(correcting, every, INSTRUCTION, ANSWERS, language),
        "correction-wrong": acts.correction(
            correcting,
            every,
            INSTRUCTION,
            {},
            language,
            (Fault(field="note", code="required"), Fault(field="purpose", code="required")),
        ),
    }


def _paid(case: Case) -> Case:
    return case.model_copy(update={"order": case.order.model_copy(update={"status": "paid"})})
