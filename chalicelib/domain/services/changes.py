"""What two models say differently: every place, with what stood there and what stands there now.

Nothing is left out and nothing is weighed here; `differences` says it in words. Things that have a
name (phases, fields, documents) are compared by it, so that a step put in between changes one
place and not all after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.money import Money
from chalicelib.domain.services.conditions import Rule
from chalicelib.domain.services.forms import Condition
from chalicelib.domain.services.language import Fee, LegalGround, Row, ServiceModel
from chalicelib.domain.services.phases import Choice, Milestone
from chalicelib.domain.services.words import Term, Text
from chalicelib.domain.values import Value

# Names from the top of the model to the place.
Path = tuple[str, ...]
# Said as one thing, never taken apart.
_WHOLE = (Text, Term, Money, Rule, Condition)
ORDER = "order"
# What depends on what in the form: told as one thing, by whatever keywords it is written.
CONDITIONS = "conditions"
_SCHEMA = ("form", "json_schema")
_CONDITIONAL = frozenset({"if", "then", "else"})
_ALL = frozenset({"allOf", "anyOf", "oneOf", "not"})


@dataclass(frozen=True, slots=True)
class Change:
    """`old` is None where there was nothing, `new` where there is nothing any more."""

    place: Path
    old: object
    new: object


def changes(old: ServiceModel, new: ServiceModel) -> Iterator[Change]:
    """Every place at which the models differ; none if they say the same."""
    return _compare((), old, new)


def _compare(place: Path, old: object, new: object) -> Iterator[Change]:
    if old == new and repr(old) == repr(new):  # 1 equals True, and they are not the same
        return
    if (known := parts(old)) is None or (others := parts(new)) is None:
        yield Change(place, old, new)
        return
    if place == _SCHEMA:
        known, others = _with_conditions(known), _with_conditions(others)
    for name in dict.fromkeys([*known, *others]):
        yield from _compare((*place, name), known.get(name), others.get(name))
    kept = tuple(name for name in known if name in others)
    now = tuple(name for name in others if name in known)
    if isinstance(old, tuple) and kept != now:  # what stands by name has no order
        yield Change((*place, ORDER), kept, now)


def _with_conditions(schema: Mapping[str, object]) -> Mapping[str, object]:
    """The schema with all that depends on answers in one list."""
    plain = {k: part for k, part in schema.items() if k not in _CONDITIONAL | _ALL}
    found = list[object]()
    if "if" in schema:
        found.append({k: part for k, part in schema.items() if k in _CONDITIONAL})
    for word in sorted(_ALL & schema.keys()):
        listed = schema[word]
        together = word == "allOf" and isinstance(listed, list)
        found += listed if together and isinstance(listed, list) else [{word: listed}]
    return {**plain, CONDITIONS: found} if found else plain


def parts(thing: object) -> Mapping[str, object] | None:
    """The named parts of a thing; None of what is said as one."""
    if isinstance(thing, Mapping):
        return {str(name): part for name, part in thing.items()}
    if isinstance(thing, Value) and not isinstance(thing, _WHOLE):
        return {name: getattr(thing, name) for name in type(thing).model_fields}
    named = isinstance(thing, tuple) and all(isinstance(one, Value) for one in thing)
    if named and isinstance(thing, tuple) and not any(isinstance(one, _WHOLE) for one in thing):
        return _by_name(thing)
    return None


def _by_name(things: Sequence[object]) -> dict[str, object]:
    found = dict[str, object]()
    for number, thing in enumerate(things, start=1):
        name = _name(thing, number)
        again = sum(known == name or known.startswith(f"{name} #") for known in found)
        found[f"{name} #{again + 1}" if again else name] = thing
    return found


def _name(thing: object, number: int) -> str:
    if isinstance(thing, Fee):
        return f"{thing.tier} {thing.delivery} {thing.valid_from}"
    if isinstance(thing, Milestone):
        return f"{thing.kind} {thing.at or thing.before} {'at' if thing.at else 'before'}"
    if isinstance(thing, LegalGround):
        return f"{thing.act} {thing.article}"
    if isinstance(thing, Row):
        return thing.fact
    if isinstance(thing, Choice):
        return str(number)
    return str(getattr(thing, "id", number))
