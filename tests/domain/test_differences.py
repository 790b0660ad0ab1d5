"""Differences between two versions: every one is told to somebody, in both languages."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import JsonValue, ValidationError

from chalicelib.domain.services.audiences import AUDIENCES, Audience
from chalicelib.domain.services.changes import changes
from chalicelib.domain.services.differences import differences
from chalicelib.domain.services.language import ServiceModel
from tests.models import permanent_address
from tests.paths import ROOT

Place = tuple[str | int, ...]
WORDS = Path(__file__).parents[1] / "data" / "everything.yaml"


@cache
def everything() -> ServiceModel:
    """The certificate with every word of the language in it (no real service)."""
    said = json.loads(permanent_address().model_dump_json())
    more = yaml.safe_load(WORDS.read_text("utf-8"))
    said["phases"] += more.pop("phases")
    said["results"] += more.pop("results")
    return ServiceModel.model_validate({**said, **more})


def models() -> list[ServiceModel]:
    files = sorted((ROOT / "stepfunctions/services").glob("*.yaml"))
    read = [ServiceModel.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files]
    return [*read, everything()]


def dumped(model: ServiceModel) -> dict[str, Any]:
    return dict(json.loads(model.model_dump_json()))


def leaves(value: JsonValue, place: Place = ()) -> Iterator[tuple[Place, JsonValue]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from leaves(part, (*place, name))
    elif isinstance(value, list) and value:
        for index, part in enumerate(value):
            yield from leaves(part, (*place, index))
    else:
        yield place, value


def put(value: Any, place: Place, new: JsonValue) -> None:
    for step in place[:-1]:
        value = value[step]
    value[place[-1]] = new


# fmt: off
KNOWN = [
    "approve", "none", "withdrawn", "human", "outside", "reminder", "warning", "months",
    "weeks", "registrar", "head-of-unit", "fast", "express", "counter", "post", "BGN", "low",
    "least-loaded", "suspended", "business", "filed", "agrees", "facts", "names",
]
# fmt: on


def otherwise(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, max(1, value - 1)]
    if isinstance(value, str):
        return [f"{value}x", f"{value} x", "2027-05-06", *KNOWN]
    return ["x", "3 weeks", "facts", {"bg": "а", "en": "a"}, "2027-05-06", "registrar", True, 3]


def changed(model: ServiceModel, place: Place, value: JsonValue) -> ServiceModel | None:
    """The model with another value there; None where the language has no other."""
    for new in otherwise(value):
        said = dumped(model)
        put(said, place, new)
        try:
            other = ServiceModel.model_validate(said)
        except (ValidationError, AttributeError):
            continue
        if dumped(other) != dumped(model):
            return other
    return None


@pytest.mark.parametrize("model", models(), ids=lambda model: model.service)
def test_a_model_does_not_differ_from_itself(model: ServiceModel) -> None:
    assert differences(model, ServiceModel.model_validate(dumped(model))) == ()


@pytest.mark.parametrize("model", [permanent_address(), everything()], ids=["plain", "everything"])
def test_every_changed_field_is_told_to_somebody(model: ServiceModel) -> None:
    told, untold = 0, []
    for place, value in leaves(dumped(model)):
        other = changed(model, place, value)
        if other is None:
            continue
        found = differences(model, other)
        told += bool(found)
        if not found or not all(one.audiences for one in found):
            untold.append(place)
    assert untold == []
    assert told > 150


@pytest.mark.parametrize("model", models(), ids=lambda model: model.service)
def test_what_came_one_way_goes_the_other_way(model: ServiceModel) -> None:
    other = permanent_address() if model.service != "permanent-address" else everything()
    there, back = list(changes(model, other)), list(changes(other, model))

    assert {one.place for one in there} == {one.place for one in back}
    by_place = {one.place: one for one in back}
    assert all((by_place[c.place].old, by_place[c.place].new) == (c.new, c.old) for c in there)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("model", models(), ids=lambda model: model.service)
def test_sentences_are_whole(model: ServiceModel, audience: Audience) -> None:
    for one in differences(permanent_address(), model, audience):
        for text in (one.text.bg, one.text.en):
            assert text.strip() == text
            assert text
            assert "Text(" not in text
            assert '{"' not in text, text


# What authors write in Latin letters: patterns of answers, remarks to lawyers, facts in texts.
AUTHORS = {"pattern", "to_confirm", "says", "ends", "items"}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.service)
def test_no_code_is_said_in_bulgarian(model: ServiceModel) -> None:
    for one in (*differences(permanent_address(), model), *differences(model, permanent_address())):
        plain = re.sub("„[^“]*“", "", one.text.bg)
        codes = re.findall(r"[A-Za-z_$]{3,}", re.sub(r"по образец \S+", "", plain))
        assert not codes or AUTHORS & set(one.place), one.text.bg


C, O, L = "citizen", "official", "lawyer"  # noqa: E741
FEE = {"tier": "regular", "delivery": "portal", "term": "2 working-days"}
EXAMINATION: Place = ("phases", 1)


def _set(place: Place, value: JsonValue) -> ServiceModel:
    said = dumped(permanent_address())
    put(said, place, value)
    return ServiceModel.model_validate(said)


def _added(place: Place, value: JsonValue) -> ServiceModel:
    said: Any = dumped(permanent_address())
    here = said
    for step in place:
        here = here[step]
    here.append(value)
    return ServiceModel.model_validate(said)


@pytest.mark.parametrize(
    ("new", "whom", "bg", "en"),
    [
        (
            _set(("fees", 0, "amount"), "3.00 EUR"),
            {C, O, L},
            "Такса (обикновена, В портала): от 2,56 € на 3,00 €",
            "Fee (regular, In the portal): from €2.56 to €3.00",
        ),
        (
            _set(("fees", 0, "term"), "1 month"),
            {C, O, L},
            "Такса (обикновена, В портала), срок: от 2 работни дни на 1 месец",
            "Fee (regular, In the portal), term: from 2 working days to 1 month",
        ),
        (
            _added(("fees",), {**FEE, "amount": "3.00 EUR", "valid_from": "2027-01-01"}),
            {C, O, L},
            (
                "Такса (обикновена, В портала): от 2,56 €, 2 работни дни"
                " на 3,00 €, 2 работни дни, считано от 01.01.2027 г."
            ),
            (
                "Fee (regular, In the portal): from €2.56, 2 working days"
                " to €3.00, 2 working days as of 01/01/2027"
            ),
        ),
        (
            _added(("what_you_need",), {"bg": "Снимка", "en": "A photo"}),
            {C},
            "Какво Ви е нужно: добавя се „Снимка“",
            "What you need: “A photo” was added",
        ),
        (
            _added(("channels",), "counter"),
            {C, O},
            "Как се подава: добавя се на гише",
            "How to apply: at the counter was added",
        ),
        (
            _added(
                ("deliveries",),
                {"id": "post", "code": "1", "title": {"bg": "По пощата", "en": "By post"}},
            ),
            {C, O},
            "Нов начин на получаване: „По пощата“",
            "New way to get the result: “By post”",
        ),
        (
            _set((*EXAMINATION, "term"), "3 working-days"),
            {O, L},
            "Стъпка „Разглеждане на заявлението“, срок: от 2 работни дни на 3 работни дни",
            "Step “Examination of the application”, term: from 2 working days to 3 working days",
        ),
        (
            _set((*EXAMINATION, "unit"), "law"),
            {O},
            (
                "Стъпка „Разглеждане на заявлението“, отговорно звено:"
                " от „civil-registration“ на „law“"
            ),
            (
                "Step “Examination of the application”, unit in charge:"
                " from “civil-registration” to “law”"
            ),
        ),
        (
            _set((*EXAMINATION, "outcomes", "approve", "next"), "refusing"),
            {O},
            (
                "Стъпка „Разглеждане на заявлението“, изход „Уважаване“,"
                " следваща стъпка: от „Издаване на удостоверението“ на „Издаване на отказа“"
            ),
            (
                "Step “Examination of the application”, outcome “Approval”,"
                " next step: from “Issuing the certificate” to “Issuing the refusal”"
            ),
        ),
        (
            _added(("form", "json_schema", "required"), "email"),
            {C, O},
            "Задължителни отговори: добавя се „Електронна поща (по желание)“",
            "Required answers: “E-mail (optional)” was added",
        ),
        (
            _set(("form", "json_schema", "properties", "phone", "maxLength"), 99),
            {C, O},
            "Отговор „Телефон (по желание)“, най-много знаци: от 20 на 99",
            "Answer “Telephone (optional)”, most characters: from 20 to 99",
        ),
        (
            _set(("form", "json_schema", "else"), {"required": ["phone"]}),
            {C, O},
            (
                "Какво зависи от други отговори: вече е ако „Удостоверението да послужи пред“ е"
                " „Друго“: задължително „Посочете пред кого“; иначе задължително „Телефон (по"
                " желание)“"
            ),
            (
                "What depends on other answers: is now if “The certificate is to be presented to”"
                " is “Other”: “Say to whom” must be answered; else “Telephone (optional)” must be"
                " answered"
            ),
        ),
        (
            _added(
                ("attachments",),
                {
                    "id": "proof",
                    "title": {"bg": "Служебна бележка", "en": "A note"},
                    "when": {"fact": "purpose", "one_of": ["bank", "court"]},
                },
            ),
            {C, O},
            "Нов документ от Вас: „Служебна бележка“",
            "New document from you: “A note”",
        ),
        (
            _set((*EXAMINATION, "role"), "head-of-unit"),
            {O},
            (
                "Стъпка „Разглеждане на заявлението“, отговорна длъжност:"
                " от служител на началник на звено"
            ),
            "Step “Examination of the application”, role in charge: from registrar to head of unit",
        ),
        (
            _set((*EXAMINATION, "assign"), "least-loaded"),
            {O},
            (
                "Стъпка „Разглеждане на заявлението“, разпределяне: от обща опашка"
                " на най-малко натовареният"
            ),
            (
                "Step “Examination of the application”, assignment: from a shared queue"
                " to whoever has the least"
            ),
        ),
        (
            _added(
                (*EXAMINATION, "checklist"), {"id": "a", "title": {"bg": "Подпис", "en": "Signed"}}
            ),
            {O},
            "Стъпка „Разглеждане на заявлението“: нова проверка: „Подпис“",
            "Step “Examination of the application”: new check: “Signed”",
        ),
        (
            _set(("appeal", "term"), "1 month"),
            {C, L},
            "Срок за обжалване: от 14 календарни дни на 1 месец",
            "Term to appeal: from 14 calendar days to 1 month",
        ),
        (
            _set(("silence", "effect"), "approve"),
            {C, L},
            "Какво означава мълчанието: от отказ на съгласие",
            "What silence means: from refusal to approval",
        ),
        (
            _set(("extension",), {"by": "10 calendar-days", "ground": {"bg": "чл. 1", "en": "1"}}),
            {L},
            "Удължаване на срока: добавя се 10 календарни дни, „чл. 1“",
            "Extension of the term: 10 calendar days, “1” was added",
        ),
        (
            _set(("phases", 0, "term"), "3 calendar-days"),
            {C, O, L},
            "Стъпка „Плащане на таксата“, срок: от 7 календарни дни на 3 календарни дни",
            "Step “Payment of the fee”, term: from 7 calendar days to 3 calendar days",
        ),
    ],
)
def test_differences_as_people_read_them(
    new: ServiceModel, whom: set[Audience], bg: str, en: str
) -> None:
    found = differences(permanent_address(), new)

    assert [(one.text.bg, one.text.en) for one in found] == [(bg, en)]
    assert found[0].audiences == whom
    for audience in AUDIENCES:
        assert bool(differences(permanent_address(), new, audience)) == (audience in whom)


def test_a_new_fee_ends_the_old_one() -> None:
    new = _set(("fees", 0, "valid_to"), date(2026, 12, 31).isoformat())
    (one,) = differences(permanent_address(), new)
    assert one.text.en.endswith("valid until: 31/12/2026 was added")
