"""Conditions as data: what must be true of a case, and why it is or is not.

A condition looks at facts by name: fields of the form (`purpose`), and `tier`, `delivery`,
`channel`, `capacity`, and answers of registers as `evidence.<id>.<field>`.
"""

from collections.abc import Iterable, Mapping
from typing import Self

from pydantic import Field, JsonValue, model_validator

from chalicelib.domain.services.words import Filled, Text
from chalicelib.domain.values import Value

# Deeper conditions cannot be read by people.
DEEPEST = 5
Facts = Mapping[str, JsonValue]


class Rule(Value):
    """Either one comparison of a `fact`, or `all`, `any` or `none` of other conditions.

    `because` says in words what it means when this holds.
    """

    fact: Filled | None = None
    equals: str | bool | int | None = None
    one_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    present: bool | None = None
    all: tuple["Rule", ...] = ()
    any: tuple["Rule", ...] = ()
    none: tuple["Rule", ...] = ()
    because: Text | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        compared = [
            self.equals is not None,
            bool(self.one_of),
            self.at_least is not None or self.at_most is not None,
            self.present is not None,
        ]
        groups = [bool(self.all), bool(self.any), bool(self.none)]
        if (self.fact is not None) != (sum(compared) == 1) or sum(compared) + sum(groups) != 1:
            raise ValueError(
                "a condition has a fact: with one of equals:, one_of:, at_least:/at_most:,"
                " present:, or it has one of all:, any:, none:"
            )
        if depth(self) > DEEPEST:
            too_deep = f"conditions are at most {DEEPEST} deep"
            raise ValueError(too_deep)
        return self


class Verdict(Value):
    """Whether a condition holds; `because`: the words of what decided it."""

    holds: bool
    because: tuple[Text, ...] = Field(default=())


def depth(rule: Rule) -> int:
    """How many conditions are inside one another."""
    return 1 + max((depth(inner) for inner in _inner(rule)), default=0)


def facts_of(rule: Rule) -> frozenset[str]:
    """Every fact that the condition looks at."""
    inner = frozenset[str]().union(*(facts_of(one) for one in _inner(rule)))
    return inner | {rule.fact} if rule.fact else inner


def judge(rule: Rule, facts: Facts) -> Verdict:
    """The answer with its reasons. A fact that is not there equals nothing and is not present."""
    if rule.fact is not None:
        holds, reasons = _compare(rule, facts.get(rule.fact)), list[Text]()
    else:
        holds, reasons = _combine(rule, facts)
    said = [rule.because] if rule.because and holds else []
    return Verdict(holds=holds, because=(*said, *reasons))


def _combine(rule: Rule, facts: Facts) -> tuple[bool, list[Text]]:
    verdicts = [judge(one, facts) for one in _inner(rule)]
    if rule.all:
        holds = all(one.holds for one in verdicts)
    elif rule.any:
        holds = any(one.holds for one in verdicts)
    else:
        holds = not any(one.holds for one in verdicts)
    decisive = [one for one in verdicts if one.holds]
    return holds, [text for one in decisive for text in one.because]


def _compare(rule: Rule, value: JsonValue) -> bool:
    if rule.present is not None:
        return (value not in (None, "", [])) == rule.present
    if rule.equals is not None:
        return type(value) is type(rule.equals) and value == rule.equals
    if rule.one_of:
        return isinstance(value, str) and value in rule.one_of
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low = rule.at_least is None or value >= rule.at_least
    return low and (rule.at_most is None or value <= rule.at_most)


def _inner(rule: Rule) -> Iterable["Rule"]:
    return (*rule.all, *rule.any, *rule.none)
