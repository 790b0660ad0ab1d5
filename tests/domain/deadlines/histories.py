"""Calendars, terms and clocks with every kind of history, for properties."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from chalicelib.adapters.calendar.bulgarian import bulgarian
from chalicelib.domain.calendar import Calendar
from chalicelib.domain.deadlines import Clock, Extension, Rule, Stop
from chalicelib.domain.services.words import Term, Text, Unit

CALENDAR = bulgarian()
GROUND = Text(bg="чл. 54 АПК", en="Administrative Procedure Code, art. 54")
# As long as they are, no history leaves the calendar.
LONGEST: dict[Unit, int] = {
    "hours": 400,
    "working-hours": 120,
    "calendar-days": 60,
    "working-days": 60,
    "weeks": 9,
    "months": 14,
    "years": 3,
}
DAY_UNITS: tuple[Unit, ...] = ("calendar-days", "working-days", "weeks", "months", "years")
UNITS: tuple[Unit, ...] = ("hours", "working-hours", *DAY_UNITS)

starts = st.datetimes(
    datetime(2024, 1, 2), datetime(2033, 12, 1), timezones=st.just(UTC), allow_imaginary=False
)
# Around the nights in which the clocks change, and the turns of days, chance comes too rarely.
edges = st.sampled_from(
    [
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 28, 22, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 24, 21, 0, tzinfo=UTC),
        datetime(2026, 12, 23, 15, 30, tzinfo=UTC),
        datetime(2027, 1, 31, 21, 59, 59, tzinfo=UTC),
        datetime(2028, 2, 29, 10, 0, tzinfo=UTC),
    ]
)
instants = starts | edges
spans = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def terms(*units: Unit) -> st.SearchStrategy[Term]:
    """Terms in some units, or in all."""
    lengths = {unit: st.integers(0, LONGEST[unit]) for unit in units or UNITS}
    return st.one_of(
        [st.builds(Term, amount=amount, unit=st.just(unit)) for unit, amount in lengths.items()]
    )


class OwnDays(Calendar):
    """A calendar that prints what is unusual about it, not all its holidays."""

    def __repr__(self) -> str:
        off = sorted(day.isoformat() for day in self.days_off)
        working = sorted(day.isoformat() for day in self.declared_working)
        return f"<{self.version}, {off=}, {working=}>"


BULGARIAN = OwnDays.model_validate(CALENDAR.model_dump())


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Bulgaria's, with own days off and weekend days that were declared working."""
    some = st.lists(st.dates(date(2024, 1, 1), date(2035, 12, 31)), max_size=20)
    off = dict.fromkeys(draw(some), Text(bg="Затворено", en="Closed"))
    working = frozenset(day for day in draw(some) if day.weekday() >= 5)
    return BULGARIAN.model_copy(update={"days_off": off, "declared_working": working})


@st.composite
def clocks(
    draw: st.DrawFn,
    *units: Unit,
    kinds: tuple[str, ...] = ("suspension", "interruption"),
    stands: bool = True,
) -> Clock:
    """A clock with up to three stops and two extensions, some of them after its end; the
    last stop may still stand."""
    start = now = draw(instants)
    stops: list[Stop] = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=3)):
        at = now + draw(spans)
        now = at + draw(spans)
        stops.append(Stop.model_validate({"kind": kind, "at": at, "until": now, "ground": GROUND}))
    if stops and stands and draw(st.integers(0, 3)) == 0:
        stops[-1] = stops[-1].model_copy(update={"until": None})
    granted = sorted(start + span for span in draw(st.lists(spans, max_size=2)))
    extensions = tuple(Extension(at=at, term=draw(terms()), ground=GROUND) for at in granted)
    return Clock(
        start=start,
        term=draw(terms(*units)),
        stops=tuple(stops),
        extensions=extensions,
        rule=Rule(cut_off=draw(st.booleans())),
    )


def suspension(at: datetime, until: datetime | None) -> Stop:
    return Stop(kind="suspension", at=at, until=until, ground=GROUND)


def interruption(at: datetime, until: datetime | None) -> Stop:
    return Stop(kind="interruption", at=at, until=until, ground=GROUND)


def extension(at: datetime, term: Term) -> Extension:
    return Extension(at=at, term=term, ground=GROUND)


def with_stops(clock: Clock, *stops: Stop) -> Clock:
    """The clock with this history instead of its own."""
    return Clock.model_validate(dict(clock) | {"stops": stops})
