"""The table of what registers answer, for who writes service models: docs/registers.md."""

from collections.abc import Iterator

from chalicelib.domain.registers import QUESTIONS, Question, Shown, fields, rows

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
companies; their identifiers are in the [last section](#the-invented-world).

<!-- made by python -m infra.cli.generate from chalicelib/domain/registers; do not edit -->
"""


def page(invented: str) -> str:
    """The whole page; `invented` is the section about the demonstration's things."""
    parts = [_HEAD, *(_section(name, question) for name, question in QUESTIONS.items()), invented]
    return "\n".join(parts)


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
