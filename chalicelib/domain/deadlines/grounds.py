"""The provisions behind the steps, in the official language. docs/deadlines.md says which of
them a lawyer must confirm for administrative (not court) proceedings."""

from chalicelib.domain.deadlines.steps import StepCode
from chalicelib.domain.services.words import Language, Unit

_BY_CODE: dict[StepCode, str] = {
    "arrived-later": "чл. 62, ал. 1 ГПК",
    "start-day-excluded": "чл. 60, ал. 5 ГПК",
    "weekend-skipped": "чл. 153 КТ",
    "holiday-skipped": "чл. 154 КТ",
    "weekend-counted": "чл. 154, ал. 3 КТ",
    "stopped": "чл. 61, ал. 1 ГПК",
    "resumed": "чл. 55, ал. 2 АПК",
    "started-anew": "чл. 117, ал. 1 ЗЗД",
    "would-start-anew": "чл. 117, ал. 1 ЗЗД",
    "extended": "чл. 63, ал. 2 ГПК",
    "extension-too-late": "чл. 63, ал. 1 ГПК",
    "rolled-forward": "чл. 60, ал. 6 ГПК",
    "ends": "чл. 62, ал. 1 ГПК",
    "would-end": "чл. 62, ал. 1 ГПК",
}
_BY_UNIT: dict[Unit, str] = {
    "years": "чл. 60, ал. 2 ГПК",
    "months": "чл. 60, ал. 3 ГПК",
    "weeks": "чл. 60, ал. 4 ГПК",
}
_ACTS_EN = {
    "АПК": "Administrative Procedure Code",
    "ГПК": "Civil Procedure Code",
    "ЗЗД": "Obligations and Contracts Act",
    "КТ": "Labour Code",
}


def ground_of(code: StepCode, unit: Unit | None = None) -> str | None:
    """The provision that a step rests on; none for what is only arithmetic."""
    if code in ("counted", "month-end"):
        return _BY_UNIT.get(unit) if unit else None
    return _BY_CODE.get(code)


def said(ground: str, language: Language) -> str:
    """`чл. 60, ал. 5 ГПК` → `Civil Procedure Code, art. 60 (5)`."""
    if language == "bg":
        return ground
    provision, act = ground.rsplit(" ", 1)
    article, _, paragraph = provision.removeprefix("чл. ").partition(", ал. ")
    return f"{_ACTS_EN[act]}, art. {article}" + (f" ({paragraph})" if paragraph else "")
