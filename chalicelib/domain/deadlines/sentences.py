"""The sentences of an explanation, one for each kind of step."""

from chalicelib.domain.deadlines.steps import StepCode
from chalicelib.domain.services.words import Language, Unit

SENTENCES: dict[StepCode, dict[Language, str]] = {
    "arrived-later": {
        "bg": "{date}: тогава се смята за получено постъпилото на {at}, извън работното време",
        "en": "{date}: what came on {at}, outside office hours, counts as received on this day",
    },
    "start-day-excluded": {
        "bg": "{date}: срокът започва; този ден не се брои",
        "en": "{date}: the term begins; this day does not count",
    },
    "weekend-skipped": {
        "bg": "{date}: почивни дни в края на седмицата – не се броят",
        "en": "{date}: weekend – does not count",
    },
    "holiday-skipped": {
        "bg": "{date}: официален празник ({name}) – не се брои",
        "en": "{date}: public holiday ({name}) – does not count",
    },
    "day-off-skipped": {
        "bg": "{date}: неприсъствен ден на администрацията ({name}) – не се брои",
        "en": "{date}: the administration is closed ({name}) – does not count",
    },
    "weekend-counted": {
        "bg": "{date}: обявен за работен ден – брои се",
        "en": "{date}: declared a working day – counts",
    },
    "counted": {
        "bg": "{date}: {term} – последният ден на срока",
        "en": "{date}: {term} – the last day of the term",
    },
    "month-end": {
        "bg": "{date}: последният месец няма {count}-о число, затова срокът изтича в края му",
        "en": "{date}: the last month has no day {count}, so the term ends on its last day",
    },
    "stopped": {
        "bg": "{at}: срокът спира да тече – {because}; остават {left}",
        "en": "{at}: the clock stops – {because}; {left} left",
    },
    "resumed": {
        "bg": "{at}: срокът продължава да тече; от следващия ден се броят останалите {left}",
        "en": "{at}: the clock goes on; the {left} left count from the next day",
    },
    "rest-counted": {
        "bg": "{at}: изтичат останалите {left}",
        "en": "{at}: the {left} left have passed",
    },
    "interrupted": {
        "bg": "{at}: срокът се прекъсва – {because}; изтеклото дотук време губи значение",
        "en": "{at}: the term is interrupted – {because}; the time passed so far no longer counts",
    },
    "started-anew": {
        "bg": "{at}: целият срок започва да тече отново",
        "en": "{at}: the whole term begins anew",
    },
    "would-start-anew": {
        "bg": "{at}: оттук нататък – ако целият срок започне да тече отново веднага",
        "en": "{at}: from here on – if the whole term begins anew at once",
    },
    "extended": {
        "bg": "{date}: срокът се удължава с {term}, считано от изтичането му – {because}",
        "en": "{date}: the term is extended by {term} from its end – {because}",
    },
    "stop-too-late": {
        "bg": "{at}: срокът вече е изтекъл и не спира – {because}",
        "en": "{at}: the term has ended already and does not stop – {because}",
    },
    "extension-too-late": {
        "bg": "{at}: срокът вече е изтекъл и не се удължава – {because}",
        "en": "{at}: the term has ended already and is not extended – {because}",
    },
    "rolled-forward": {
        "bg": "{date}: последният ден е неприсъствен, затова се мести на първия присъствен ден",
        "en": "{date}: the last day is not a working day, so it moves to the next working day",
    },
    "ends": {
        "bg": "{date}: срокът изтича в края на деня",
        "en": "{date}: the term ends at the end of the day",
    },
    "would-end": {
        "bg": "{at}: тогава ще изтече срокът, ако продължи да тече веднага",
        "en": "{at}: the term will end then if the clock goes on at once",
    },
    "hours-added": {
        "bg": "{at}: {term} от започването на срока, без прекъсване",
        "en": "{at}: {term} from the beginning of the term, without a break",
    },
    "clock-changed": {
        "bg": "{date}: часовникът се мести – броят се действително изтеклите часове",
        "en": "{date}: the clocks change – the hours that really pass are counted",
    },
    "working-hours-added": {
        "bg": "{at}: {term} от започването на срока, в работното време на администрацията",
        "en": "{at}: {term} from the beginning of the term, while the administration is open",
    },
}
# A clock in hours goes on at once, not on the next day.
RESUMED_HOURS: dict[Language, str] = {
    "bg": "{at}: срокът продължава да тече; остават {left}",
    "en": "{at}: the clock goes on; {left} left",
}
# A weekend of which one day is left.
ONE_DAY_OFF: dict[Language, str] = {
    "bg": "{date}: почивен ден в края на седмицата – не се брои",
    "en": SENTENCES["weekend-skipped"]["en"],
}
UNITS: dict[Unit, dict[Language, tuple[str, str]]] = {
    "hours": {"bg": ("час", "часа"), "en": ("hour", "hours")},
    "working-hours": {
        "bg": ("работен час", "работни часа"),
        "en": ("working hour", "working hours"),
    },
    "calendar-days": {
        "bg": ("календарен ден", "календарни дни"),
        "en": ("calendar day", "calendar days"),
    },
    "working-days": {"bg": ("работен ден", "работни дни"), "en": ("working day", "working days")},
    "weeks": {"bg": ("седмица", "седмици"), "en": ("week", "weeks")},
    "months": {"bg": ("месец", "месеца"), "en": ("month", "months")},
    "years": {"bg": ("година", "години"), "en": ("year", "years")},
}
