"""The words of the report of a simulation, in both languages."""

from chalicelib.domain.services.words import Text
from chalicelib.domain.simulation.report import Reason

HEADINGS = {
    "terms": Text(bg="Срокове, в дни от подаването", en="Terms, in days from the filing"),
    "least": Text(bg="най-рано", en="earliest"),
    "median": Text(bg="обичайно", en="typical"),
    "nine": Text(bg="90 %", en="90 %"),
    "most": Text(bg="най-късно", en="worst"),
    "due": Text(bg="краен срок", en="due"),
    "answered": Text(bg="отговор", en="answered"),
    "costs": Text(bg="Плаща гражданинът", en="The citizen pays"),
    "low": Text(bg="най-малко", en="least"),
    "high": Text(bg="най-много", en="most"),
    "exempt": Text(bg="освободени", en="exempt"),
    "closings": Text(bg="Как завършват", en="How they end"),
    "phases": Text(bg="Етапи", en="Phases"),
    "visits": Text(bg="пъти", en="times"),
    "days": Text(bg="дни (обичайно / най-много)", en="days (typical / most)"),
    "late": Text(bg="закъснели", en="late"),
    "outcomes": Text(bg="изходи", en="outcomes"),
    "fired": Text(bg="настъпили", en="fired"),
    "load": Text(bg="Натоварване", en="Load"),
    "tasks": Text(bg="задачи", en="tasks"),
    "a-week": Text(bg="средно на седмица", en="a week on average"),
    "busiest": Text(bg="в най-тежката седмица", en="in the busiest week"),
    "untaken": Text(bg="Непроверени пътища", en="Ways never taken"),
    "breaches": Text(bg="Доказано", en="Proved"),
    "warnings": Text(bg="Вероятно", en="Probable"),
    "none": Text(bg="няма", en="none"),
    "turned-away": Text(bg="Не са приети по условие", en="Turned away by a rule"),
    "stuck": Text(bg="Не завършиха", en="Did not end"),
    "worst": Text(bg="най-дългият случай", en="the longest case"),
    "extended": Text(bg="удължени", en="extended"),
    "stopped": Text(bg="със спрян срок", en="with a stopped clock"),
}
REASONS: dict[Reason, Text] = {
    "unreachable": Text(bg="до етапа не се стига", en="no way leads there"),
    "only-after-what-was-not-taken": Text(
        bg="идва само след изход, който не настъпи", en="comes only after what did not happen"
    ),
    "condition-never-holds": Text(
        bg="условието не е изпълнено при никое заявление", en="its condition holds for nobody"
    ),
    "never-chosen-by-the-profile": Text(
        bg="профилът му дава тежест 0", en="the profile gives it the weight 0"
    ),
    "nobody-let-the-time-pass": Text(bg="никой не изпусна срока", en="nobody let the time pass"),
    "nobody-withdrew": Text(bg="никой не се отказа там", en="nobody withdrew there"),
    "not-drawn": Text(bg="не се падна", en="it was not drawn"),
}
MILESTONES = {
    "reminder": Text(bg="напомняния", en="reminders"),
    "warning": Text(bg="предупреждения", en="warnings"),
    "escalation": Text(bg="ескалации", en="escalations"),
    "expiry": Text(bg="изтекли", en="expiries"),
    "silence": Text(bg="мълчание", en="silence"),
}
RESERVED = {
    "withdrawn": Text(bg="Оттеглено", en="Withdrawn"),
    "silence": Text(bg="Мълчание", en="Silence"),
}
STUCK = {
    "calendar": Text(bg="календарът не стига", en="the calendar ends before"),
    "endless": Text(bg="въртят се без край", en="they go round for ever"),
}
