"""The form's JSON Schema in words: what an answer must be, and what depends on which answer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chalicelib.domain.services.difference_facts import fact, value_of
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Text

Schema = Mapping[str, Any]


def _t(bg: str, en: str) -> Text:
    return Text(bg=bg, en=en)


_TYPES: dict[str, Text] = {
    "string": _t("текст", "text"),
    "integer": _t("цяло число", "a whole number"),
    "number": _t("число", "a number"),
    "boolean": _t("да или не", "yes or no"),
    "array": _t("списък", "a list"),
    "object": _t("отговори", "answers"),
    "date": _t("дата", "a date"),
    "email": _t("електронна поща", "an e-mail address"),
}
_ONE_OF = _t("едно от: {}", "one of: {}")
_PATTERN = _t("по образец {}", "by the pattern {}")
_READ_ONLY = _t("само за четене", "read only")
_BOUNDS: dict[str, Text] = {
    "minLength": _t("поне {} знака", "at least {} characters"),
    "maxLength": _t("най-много {} знака", "at most {} characters"),
    "minimum": _t("не по-малко от {}", "not less than {}"),
    "maximum": _t("не повече от {}", "not more than {}"),
    "minItems": _t("поне {} на брой", "at least {} of them"),
    "maxItems": _t("най-много {} на брой", "at most {} of them"),
}
_REQUIRED = _t("задължително {}", "{} must be answered")
_NOT_ASKED = _t("без {}", "without {}")
_IS = _t("{} е {}", "{} is {}")
_IF = _t("ако {if_}: {then}", "if {if_}: {then}")
_ELSE = _t("; иначе {}", "; else {}")
_ANY = _t("каквото и да е", "anything")


def in_words(schema: object, model: ServiceModel, language: Language, name: str = "") -> str:
    """What a schema asks for; `name` is the field that it is of."""
    if not isinstance(schema, Mapping):
        return _ANY.in_(language)
    told = [*_rules(schema, name, model, language), *_inside(schema, model, language)]
    return ", ".join(told) or _ANY.in_(language)


def _rules(schema: Schema, name: str, model: ServiceModel, language: Language) -> Iterator[str]:
    kind = _TYPES.get(str(schema.get("format"))) or _TYPES.get(str(schema.get("type")))
    if values := schema.get("enum", [schema["const"]] if "const" in schema else []):
        told = ", ".join(value_of(name, one, model, language) for one in values)
        yield _ONE_OF.in_(language).format(told) if "enum" in schema else told
    elif kind is not None and not {"properties", "if"} & schema.keys():
        yield kind.in_(language)
    for word, text in _BOUNDS.items():
        if word in schema:
            yield text.in_(language).format(schema[word])
    if "pattern" in schema:
        yield _PATTERN.in_(language).format(schema["pattern"])
    if schema.get("readOnly"):
        yield _READ_ONLY.in_(language)


def _inside(schema: Schema, model: ServiceModel, language: Language) -> Iterator[str]:
    """What is asked of other fields, and what depends on them."""
    if "if" in schema:
        yield _conditional(schema, model, language)
    for word in ("allOf", "anyOf", "oneOf"):
        yield from (in_words(one, model, language) for one in schema.get(word, ()))
    if "items" in schema:
        yield in_words(schema["items"], model, language)
    for name, rule in schema.get("properties", {}).items():
        yield _of_field(str(name), rule, model, language)
    plain = [
        name for name in schema.get("required", ()) if name not in schema.get("properties", {})
    ]
    if plain:
        named = ", ".join(fact(str(name), model, language) for name in plain)
        yield _REQUIRED.in_(language).format(named)


def _of_field(name: str, rule: object, model: ServiceModel, language: Language) -> str:
    called = fact(name, model, language)
    if rule is False:
        return _NOT_ASKED.in_(language).format(called)
    return _IS.in_(language).format(called, in_words(rule, model, language, name))


def _conditional(schema: Schema, model: ServiceModel, language: Language) -> str:
    words: Callable[[object], str] = lambda part: in_words(part, model, language)  # noqa: E731
    told = _IF.in_(language).format(if_=words(schema["if"]), then=words(schema.get("then")))
    return told + (_ELSE.in_(language).format(words(schema["else"])) if "else" in schema else "")
