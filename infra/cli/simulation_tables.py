"""A report as headings and tables: one content for the terminal and for the page."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Text
from chalicelib.domain.simulation import Report, Spread, TierReport
from chalicelib.web.pictures.words import said
from infra.cli.lawful import breach_said
from infra.cli.simulation_words import HEADINGS, MILESTONES, REASONS, RESERVED, STUCK

Units = Mapping[str, Text]


class Section(NamedTuple):
    """A heading, a table with its head (none: plain lines), and what follows it."""

    heading: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Tables:
    """The sections of one report in one language."""

    def __init__(
        self, report: Report, model: ServiceModel, language: Language, units: Units
    ) -> None:
        self.report, self.model, self.language, self.units = report, model, language, units

    def title(self) -> str:
        """What was simulated."""
        report = self.report
        cases = "преписки" if self.language == "bg" else "cases"
        return (
            f"{report.title.in_(self.language)} ({report.service}): {report.cases} {cases}, "
            f"{report.since:%d.%m.%Y} – {report.until:%d.%m.%Y}, seed {report.seed}, "
            f"{report.calendar}"
        )

    def sections(self) -> Iterator[Section]:
        """In the order in which a process owner asks."""
        yield Section(self._h("breaches"), (), list(self._breaches()))
        yield Section(self._h("warnings"), (), list(self._warnings()))
        names = ("least", "median", "nine", "most", "worst")
        head = ("", "", *(self._h(name) for name in names))
        yield Section(self._h("terms"), head, list(self._terms()))
        head = ("", *(self._h(name) for name in ("low", "median", "high")), self._h("exempt"))
        yield Section(self._h("costs"), head, list(self._costs()))
        yield Section(self._h("closings"), (), list(self._closings()))
        names = ("visits", "days", "late", "outcomes", "fired")
        head = ("", *(self._h(name) for name in names))
        yield Section(self._h("phases"), head, list(self._phases()))
        head = ("", *(self._h(name) for name in ("tasks", "a-week", "busiest")))
        yield Section(self._h("load"), head, list(self._load()))
        yield Section(self._h("untaken"), (), list(self._untaken()) or [(self._h("none"),)])

    def _h(self, name: str) -> str:
        return HEADINGS[name].in_(self.language)

    def _breaches(self) -> Iterator[tuple[str, ...]]:
        for breach in self.report.breaches:
            yield (breach_said(breach, self.model, self.language),)
        if not self.report.breaches:
            nothing = {
                "bg": "няма път, по който всички спазват сроковете си, а срокът се пропуска",
                "en": "on no way everybody keeps their terms and the term is missed",
            }
            yield (nothing[self.language],)

    def _warnings(self) -> Iterator[tuple[str, ...]]:
        for tier in self.report.tiers:
            if tier.late:
                part = f"{tier.late / tier.cases:.1%}"
                yield (f"{self._tier(tier.tier)}: {self._h('late')} {tier.late} ({part})",)
        silent = sum(phase.fired.get("silence", 0) for phase in self.report.phases)
        if silent:
            part = f"{silent / self.report.cases:.1%}"
            yield (f"{MILESTONES['silence'].in_(self.language)}: {silent} ({part})",)
        for why, number in self.report.stuck.items():
            yield (f"{self._h('stuck')}: {number} – {STUCK[why].in_(self.language)}",)
        for rule, number in self.report.turned_away.items():
            yield (f"{self._h('turned-away')}: {number} × {rule}",)

    def _terms(self) -> Iterator[tuple[str, ...]]:
        for tier in self.report.tiers:
            for name, spread in (("due", tier.due), ("answered", tier.answered)):
                worst = self._worst(tier) if name == "answered" else ""
                yield (self._tier(tier.tier), self._h(name), *_numbers(spread), worst)

    def _worst(self, tier: TierReport) -> str:
        one = tier.worst
        if one is None:
            return ""
        due = f"{self._h('due')} {one.due:%d.%m.%Y}"
        return f"{one.filed:%d.%m.%Y} → {one.answered:%d.%m.%Y} ({due})"

    def _costs(self) -> Iterator[tuple[str, ...]]:
        exempt = ", ".join(
            f"{one.title.in_(self.language)}: {self.report.exemptions[one.id]}"
            for one in self.model.exemptions
            if one.id in self.report.exemptions
        )
        for number, tier in enumerate(self.report.tiers):
            costs = (tier.least_cost, tier.median_cost, tier.most_cost)
            yield (self._tier(tier.tier), *map(str, costs), exempt if number == 0 else "")

    def _closings(self) -> Iterator[tuple[str, ...]]:
        for close, number in self.report.closings.items():
            part = f"{number / self.report.cases:.1%}"
            yield (f"{said(f'close.{close}', self.language)}: {number} ({part})",)

    def _phases(self) -> Iterator[tuple[str, ...]]:
        for phase in self.report.phases:
            days = f"{phase.days.median} / {phase.days.most}" if phase.days else ""
            outcomes = ", ".join(
                f"{self._outcome(phase.phase, one.outcome)} {one.times}" for one in phase.outcomes
            )
            fired = ", ".join(
                f"{MILESTONES[kind].in_(self.language)} {n}" for kind, n in phase.fired.items()
            )
            late = str(phase.late or "")
            yield (self._phase(phase.phase), str(phase.visits), days, late, outcomes, fired)

    def _load(self) -> Iterator[tuple[str, ...]]:
        weeks = max(1, (self.report.until - self.report.since).days // 7)
        for load in self.report.load:
            unit = self.units.get(load.unit)
            name = unit.in_(self.language) if unit else load.unit
            role = said(f"role.{load.role}", self.language)
            average = f"{load.tasks / min(weeks, max(1, len(load.weeks))):.1f}"
            yield (f"{name}, {role}", str(load.tasks), average, str(load.busiest))

    def _untaken(self) -> Iterator[tuple[str, ...]]:
        for one in self.report.untaken:
            outcome = f" → {self._outcome(one.phase, one.outcome)}" if one.outcome else ""
            reason = REASONS[one.reason].in_(self.language)
            yield (f"{self._phase(one.phase)}{outcome}: {reason}",)

    def _phase(self, name: str) -> str:
        return self.model.phase(name).title.in_(self.language)

    def _outcome(self, phase: str, outcome: str) -> str:
        known = self.model.phase(phase).outcomes.get(outcome)
        text = known.title if known else RESERVED[outcome]
        return text.in_(self.language)

    def _tier(self, tier: str) -> str:
        return said(f"tier.{tier}", self.language)


def _numbers(spread: Spread | None) -> tuple[str, ...]:
    if spread is None:
        return ("–",) * 4
    return tuple(map(str, (spread.least, spread.median, spread.nine_of_ten, spread.most)))
