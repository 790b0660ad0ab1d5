"""The words of pictures and of what they stand for, in both languages."""

from chalicelib.domain.services.words import Language, Term, Text

_WORDS = {
    "start": Text(bg="Подадено заявление", en="Application filed"),
    "silence": Text(bg="Срокът изтича: мълчание", en="The term runs out: silence"),
    "suspended": Text(bg="срокът спира", en="the clock stops"),
    "interrupted": Text(bg="срокът започва отначало", en="the clock starts anew"),
    "due": Text(bg="краен срок", en="due"),
    "process": Text(bg="Процес", en="Process"),
    "typical": Text(bg="Типичен ход", en="A typical case"),
    "load": Text(bg="Задачи по седмици", en="Tasks by week"),
    "weekend": Text(bg="неработен ден", en="day off"),
    "kind.payment": Text(bg="плащане", en="payment"),
    "kind.human": Text(bg="служител", en="official"),
    "kind.correction": Text(bg="заявител", en="applicant"),
    "kind.joint": Text(bg="няколко звена", en="several units"),
    "kind.outside": Text(bg="външен акт", en="outside act"),
    "kind.automatic": Text(bg="автоматично", en="automatic"),
    "kind.register": Text(bg="регистър", en="register"),
    "kind.document": Text(bg="документ", en="document"),
    "kind.delivery": Text(bg="предоставяне", en="delivery"),
    "role.registrar": Text(bg="служител", en="registrar"),
    "role.head-of-unit": Text(bg="ръководител", en="head of unit"),
    "role.administrator": Text(bg="администратор", en="administrator"),
    "close.issued": Text(bg="Издадено", en="Issued"),
    "close.partly-issued": Text(bg="Издадено частично", en="Partly issued"),
    "close.refused": Text(bg="Отказано", en="Refused"),
    "close.unpaid": Text(bg="Неплатено", en="Unpaid"),
    "close.withdrawn": Text(bg="Оттеглено", en="Withdrawn"),
    "close.terminated": Text(bg="Прекратено", en="Terminated"),
    "close.forwarded": Text(bg="Препратено", en="Forwarded"),
    "close.granted-by-silence": Text(bg="Мълчаливо съгласие", en="Granted by silence"),
    "close.refused-by-silence": Text(bg="Мълчалив отказ", en="Refused by silence"),
    "tier.regular": Text(bg="обикновена", en="regular"),
    "tier.fast": Text(bg="бърза", en="fast"),
    "tier.express": Text(bg="експресна", en="express"),
    "unit.hours": Text(bg="ч.", en="h"),
    "unit.working-hours": Text(bg="раб. ч.", en="working h"),
    "unit.calendar-days": Text(bg="дни", en="days"),
    "unit.working-days": Text(bg="раб. дни", en="working days"),
    "unit.weeks": Text(bg="седм.", en="weeks"),
    "unit.months": Text(bg="мес.", en="months"),
    "unit.years": Text(bg="г.", en="years"),
}
_ONE = {
    "unit.calendar-days": Text(bg="ден", en="day"),
    "unit.working-days": Text(bg="раб. ден", en="working day"),
    "unit.weeks": Text(bg="седм.", en="week"),
    "unit.months": Text(bg="мес.", en="month"),
    "unit.years": Text(bg="г.", en="year"),
}


def said(name: str, language: Language) -> str:
    """The words of that name. Raises KeyError."""
    return _WORDS[name].in_(language)


def term_said(term: Term, language: Language) -> str:
    """`3 раб. дни`."""
    name = f"unit.{term.unit}"
    words = _ONE.get(name, _WORDS[name]) if term.amount == 1 else _WORDS[name]
    return f"{term.amount} {words.in_(language)}"
