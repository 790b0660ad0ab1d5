"""Why a case moves to another version of its service or does not, as people are told."""

from chalicelib.domain.cases.movable import Reason
from chalicelib.domain.services.words import Text


def _t(bg: str, en: str) -> Text:
    return Text(bg=bg, en=en)


REASONS: dict[Reason, Text] = {
    "closed": _t("преписката е приключена", "it is closed"),
    "already-there": _t("вече е по тази версия", "it is on that version"),
    "decided": _t("решена е; остава само връчването", "it is decided; only its delivery is left"),
    "runs-by-itself": _t(
        "стъпка се изпълнява сама или чака намеса при затруднение; опитайте по-късно",
        "a step is running by itself or waits at the exception desk; try later",
    ),
    "another-service": _t("версията е на друга услуга", "the version is another service's"),
    "no-such-phase": _t(
        "във версията няма стъпката, в която е преписката",
        "the version does not have the step that the case is in",
    ),
    "phase-of-another-kind": _t(
        "стъпката, в която е преписката, там е от друг вид",
        "the step that the case is in is of another kind there",
    ),
    "outcome-gone": _t(
        "версията не познава изхода на стъпката",
        "the version does not know how the step ended or is going to end",
    ),
    "opinions-changed": _t(
        "там се искат други становища, а част от досегашните се чакат",
        "other opinions would be asked while some are awaited",
    ),
    "another-unit": _t("там отговаря друго звено", "another unit is in charge there"),
    "tier-gone": _t(
        "бързината или начинът на получаване там не се предлага",
        "its speed or way of delivery is not offered there",
    ),
    "new-question": _t(
        "формулярът там изисква отговор, за който заявителят не е питан",
        "the form there must be answered with something this applicant was not asked",
    ),
    "evidence-missed": _t(
        "там се прави служебна справка в стъпка, която преписката вече е минала",
        "a register is asked there in a step that the case has passed",
    ),
    "silence-worse": _t(
        "мълчанието там е по-неблагоприятно за заявителя",
        "silence there is worse for the applicant",
    ),
    "went-on": _t(
        "след преместването преписката е продължила", "the case has gone on since it was moved"
    ),
    "due-kept": _t("обещаният срок се запазва", "its due date was promised and stays"),
    "due-earlier": _t(
        "срокът става по-ранен, което е в полза на заявителя",
        "its due date comes earlier, which favours the applicant",
    ),
    "no-due": _t("преписката няма срок", "it has no due date"),
}
