"""The language's own codes in words, and what names of a model stand for."""

from collections.abc import Mapping

from chalicelib.domain.services.changes import Path
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.wording import quoted, said
from chalicelib.domain.services.words import Text

# Fields whose values are names of phases.
_PHASES = frozenset({"next", "first", "order"})


def _t(bg: str, en: str) -> Text:
    return Text(bg=bg, en=en)


CODES: dict[str, Text] = {
    "portal": _t("в портала", "in the portal"),
    "counter": _t("на гише", "at the counter"),
    "phone": _t("по телефона", "by telephone"),
    "post": _t("по пощата", "by post"),
    "courier": _t("с куриер", "by courier"),
    "e-delivery": _t("чрез Системата за сигурно електронно връчване", "by secure e-delivery"),
    "national-portal": _t("през единния портал", "through the national portal"),
    "open": _t("приема се", "open"),
    "closed": _t("не се приема", "closed"),
    "none": _t("нищо", "nothing"),
    "approve": _t("съгласие", "approval"),
    "refuse": _t("отказ", "refusal"),
    "filed": _t("от подаването", "when it is filed"),
    "paid": _t("от плащането", "when it is paid"),
    "complete": _t("когато заявлението е пълно", "when it is complete"),
    "self": _t("лично", "in person"),
    "representative": _t("чрез представител", "through a representative"),
    "mandate": _t("с пълномощно", "with a power of attorney"),
    "business": _t("фирма", "a business"),
    "registrar": _t("служител", "registrar"),
    "head-of-unit": _t("началник на звено", "head of unit"),
    "administrator": _t("администратор", "administrator"),
    "runs": _t("тече", "it runs"),
    "suspended": _t("спира", "it is suspended"),
    "interrupted": _t("прекъсва се", "it is interrupted"),
    "queue": _t("обща опашка", "a shared queue"),
    "least-loaded": _t("най-малко натовареният", "whoever has the least"),
    "same-as-before": _t("същият служител", "the same official"),
    "agrees": _t("съгласие", "agreement"),
    "waits": _t("чака се", "it is waited for"),
    "citizens": _t("граждани", "citizens"),
    "businesses": _t("бизнес", "businesses"),
    "administrations": _t("администрации", "administrations"),
    "low": _t("ниско", "low"),
    "substantial": _t("значително", "substantial"),
    "high": _t("високо", "high"),
    "facts": _t("факти", "facts"),
    "grounds": _t("основания", "grounds"),
    "checklist": _t("проверки", "checklist"),
    "documents": _t("документи", "documents"),
}


def spoken(place: Path, value: object, model: ServiceModel, language: Language) -> str:
    """A value in words; names of phases and questions as people call them."""
    if isinstance(value, list | tuple) and value:
        return ", ".join(spoken(place, one, model, language) for one in value)
    known = _named(place, model).get(value) if isinstance(value, str) else None
    return quoted(known.in_(language), language) if known else _code(place, value, language)


def _code(place: Path, value: object, language: Language) -> str:
    """Only values of the language's own fields are codes; what authors write stays as it is."""
    own = place[0] != "form" and isinstance(value, str)
    known = CODES.get(str(value)) if own else None
    return known.in_(language) if known else said(value, language)


def _named(place: Path, model: ServiceModel) -> Mapping[str, Text]:
    if place[0] == "form":
        return {name: texts.label for name, texts in model.form.texts.items()}
    if place[-1] in _PHASES or place == ("silence", "next"):
        return {str(phase.id): phase.title for phase in model.phases}
    return {}
