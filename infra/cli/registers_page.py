"""The table of what registers answer, for who writes service models: docs/registers.md."""

from collections.abc import Iterator

from chalicelib.adapters.population.people import population
from chalicelib.adapters.registers.citizens import households
from chalicelib.adapters.registers.companies import company
from chalicelib.adapters.registers.estates import car, estates
from chalicelib.domain.registers import QUESTIONS, Question, Shown, fields, rows

_SHOWN = 8
_HEAD = """\
# What registers answer

A service model asks registers instead of the citizen. `evidence` says which question, why, by what
right, and what it is about:

```yaml
evidence:
  - id: assessment
    source: taxes
    ask: assessment
    about: {property_id: parcel}     # the form's field `parcel` holds the property's identifier
    purpose: {bg: …, en: …}
    legal_ground: {bg: …, en: …}
```

`egn` is always the applicant's personal number, unless `about` names another fact. A question that
takes `egn` beside its own key answers with it whether the applicant is the owner, an heir or the
representative.

Conditions and documents call a field `evidence.<id>.<field>`: `evidence.assessment.is_owner`,
`{evidence.assessment.assessment}`. Every answer has `found`. In a phase of kind `register` a
register that knows nothing answers `found: false`, and the next phase can look at that; in a phase
of kind `document` the case goes to the exception desk instead.

Money is in cents and areas are in hundredths of a square metre (conditions compare these numbers);
documents show `1 234,56 €` and `84,50 кв. м`. A table is a list and becomes a real table when a
row of a result shows it. In English documents names and addresses are in Latin letters.

On a laptop all registers are demonstrations with invented people, properties, vehicles and
companies; some of their identifiers are in the [last section](#the-invented-world).

<!-- made by python -m infra.cli.generate from chalicelib/domain/registers; do not edit -->
"""


def page() -> str:
    """The whole page."""
    sections = (_section(name, question) for name, question in QUESTIONS.items())
    return "\n".join([_HEAD, *sections, *_invented()])


def _invented() -> Iterator[str]:
    yield "## The invented world\n"
    yield "Some of it. Who signs in with which personal number: `.local/endpoints.json`.\n"
    yield "| couple (personal numbers) | properties | car | company |"
    yield "|---|---|---|---|"
    for home in households(population())[:_SHOWN]:
        couple = f"{home.husband.names} ({home.husband.egn}), {home.wife.names} ({home.wife.egn})"
        owned = ", ".join(estate.identifier for estate in estates(home))
        founded = company(home)
        yield f"| {couple} | {owned} | {car(home).plate} | {founded.eik if founded else '–'} |"
    yield ""


def _section(name: str, question: Question) -> str:
    takes = [f"`{question.needs}`", *(f"`{one}`" for one in question.may)]
    return "\n".join(
        [
            f"## {name}",
            "",
            f"Asks about {' and '.join(takes)}.",
            "",
            "| field | what | in Bulgarian | in English |",
            "|---|---|---|---|",
            *_rows(question),
            "",
        ]
    )


def _rows(question: Question) -> Iterator[str]:
    for name, shown in fields(question.answer).items():
        yield _row(f"`{name}`", shown)
        for column, inner in rows(question.answer, name).items():
            yield _row(f"— each: `{column}`", inner)


def _row(name: str, shown: Shown) -> str:
    codes = ", ".join(f"`{code}`" for code in shown.options)
    what = f"{shown.kind}: {codes}" if codes else shown.kind
    return f"| {name} | {what} | {shown.label.bg} | {shown.label.en} |"
