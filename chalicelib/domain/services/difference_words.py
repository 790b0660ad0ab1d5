"""The words in which differences are told: what each part of a model is called."""

from typing import NamedTuple

from chalicelib.domain.services.words import Text


class Told(NamedTuple):
    """How a part of a list is called when it comes, goes, or is talked about."""

    new: Text
    gone: Text
    one: Text


def _t(bg: str, en: str) -> Text:
    return Text(bg=bg, en=en)


FROM_TO = _t("{what}: от {old} на {new}", "{what}: from {old} to {new}")
NOW = _t("{what}: вече е {new}", "{what}: is now {new}")
SET = _t("{what}: добавя се {new}", "{what}: {new} was added")
UNSET = _t("{what}: отпада {old}", "{what}: {old} was taken out")
ORDERED = _t("{what}: друг ред – {new}", "{what}: another order – {new}")
FROM_DAY = _t(
    "{what}: от {old} на {new}, считано от {day}", "{what}: from {old} to {new} as of {day}"
)
OTHERWISE = _t("{what}: написано е по друг начин", "{what}: is written otherwise")
CLOSED_NOW = _t("Услугата вече не се приема: {why}", "The service is closed now: {why}")

AFTER = _t("{term} след началото", "{term} after the beginning")
BEFORE = _t("{term} преди края", "{term} before the end")
AT_END = _t("в края", "at the end")

# Lists whose parts have names.
LISTS: dict[str, Told] = {
    "fees": Told(
        _t("Нова такса", "New fee"),
        _t("Отпада таксата", "Fee taken out"),
        _t("Такса", "Fee"),
    ),
    "phases": Told(
        _t("Нова стъпка", "New step"),
        _t("Отпада стъпката", "Step taken out"),
        _t("Стъпка", "Step"),
    ),
    "outcomes": Told(
        _t("нов изход", "new outcome"),
        _t("отпада изходът", "outcome taken out"),
        _t("изход", "outcome"),
    ),
    "milestones": Told(
        _t("ново напомняне или предупреждение", "new reminder or warning"),
        _t("отпада напомняне или предупреждение", "reminder or warning taken out"),
        _t("напомняне или предупреждение", "reminder or warning"),
    ),
    "checklist": Told(
        _t("нова проверка", "new check"),
        _t("отпада проверката", "check taken out"),
        _t("проверка", "check"),
    ),
    "opinions": Told(
        _t("ново становище", "new opinion"),
        _t("отпада становището", "opinion taken out"),
        _t("становище", "opinion"),
    ),
    "choices": Told(
        _t("ново условие", "new condition"),
        _t("отпада условие", "condition taken out"),
        _t("условие", "condition"),
    ),
    "evidence": Told(
        _t("Нова служебна справка", "New look-up in a register"),
        _t("Отпада служебната справка", "Look-up in a register taken out"),
        _t("Служебна справка", "Look-up in a register"),
    ),
    "attachments": Told(
        _t("Нов документ от Вас", "New document from you"),
        _t("Вече не е нужен документ", "Document no longer needed"),
        _t("Документ от Вас", "Document from you"),
    ),
    "exemptions": Told(
        _t("Ново облекчение", "New exemption"),
        _t("Отпада облекчението", "Exemption taken out"),
        _t("Облекчение", "Exemption"),
    ),
    "eligibility": Told(
        _t("Ново изискване", "New requirement"),
        _t("Отпада изискването", "Requirement taken out"),
        _t("Изискване", "Requirement"),
    ),
    "results": Told(
        _t("Нов резултат", "New result"),
        _t("Отпада резултатът", "Result taken out"),
        _t("Резултат", "Result"),
    ),
    "rows": Told(_t("нов ред", "new line"), _t("отпада ред", "line taken out"), _t("ред", "line")),
    "deliveries": Told(
        _t("Нов начин на получаване", "New way to get the result"),
        _t("Отпада начинът на получаване", "Way to get the result taken out"),
        _t("Начин на получаване", "Way to get the result"),
    ),
    "legal_grounds": Told(
        _t("Ново основание", "New ground"),
        _t("Отпада основанието", "Ground taken out"),
        _t("Основание", "Ground"),
    ),
    "groups": Told(
        _t("Нова част на формуляра", "New part of the form"),
        _t("Отпада частта на формуляра", "Part of the form taken out"),
        _t("Част на формуляра", "Part of the form"),
    ),
    "texts": Told(
        _t("Нов въпрос", "New question"),
        _t("Отпада въпросът", "Question taken out"),
        _t("Въпрос", "Question"),
    ),
    "properties": Told(
        _t("Ново правило за отговора", "New rule for the answer"),
        _t("Отпада правилото за отговора", "Rule for the answer taken out"),
        _t("Отговор", "Answer"),
    ),
    "options": Told(
        _t("нова възможност", "new choice"),
        _t("отпада възможността", "choice taken out"),
        _t("възможност", "choice"),
    ),
    "terms": Told(
        _t("нов срок", "new term"), _t("отпада срокът", "term taken out"), _t("срок", "term")
    ),
    "about": Told(
        _t("пита се и за", "asked about"), _t("не се пита за", "not asked about"), _t("за", "about")
    ),
}
