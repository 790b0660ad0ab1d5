"""The application form: from the model to fields, from what was posted to answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.forms.jsonschema import JsonSchemaRules
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.forms import Form
from chalicelib.web import forms
from tests.models import permanent_address

FORM = permanent_address().form
KNOWN = {"names": "Мария Петрова"}
RIGHT: dict[str, Any] = {"names": "Мария Петрова", "purpose": "bank", "truth": True}
RULES = JsonSchemaRules()


def posted(**fields: str) -> dict[str, str]:
    return {forms.PREFIX + name: value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("fields", "answers", "remark"),
    [
        ({"purpose": "bank", "truth": "true"}, RIGHT, "typed by the schema"),
        ({"purpose": " bank ", "truth": "true", "email": "  "}, RIGHT, "blanks are no answers"),
        ({"purpose": "bank", "truth": "true", "names": "Another"}, RIGHT, "only sign-in says who"),
        ({"purpose": "bank", "truth": "true", "purpose_other": "x"}, RIGHT, "not asked for a bank"),
        (
            {"purpose": "other", "truth": "true", "purpose_other": "посолство\r\nна"},
            {**RIGHT, "purpose": "other", "purpose_other": "посолство\nна"},
            "asked for others",
        ),
        ({"purpose": "bank", "truth": "true", "status": "paid"}, RIGHT, "no field of the form"),
        ({"purpose": "bank"}, {"names": "Мария Петрова", "purpose": "bank"}, "unmarked box"),
        ({"purpose": "bank", "truth": "yes"}, {**RIGHT, "truth": "yes"}, "left to the schema"),
    ],
)
def test_answers(fields: dict[str, str], answers: dict[str, Any], remark: str) -> None:
    assert forms.answers(FORM, posted(**fields), KNOWN) == answers, remark


@pytest.mark.parametrize(
    ("changes", "faults", "remark"),
    [
        ({}, [], "right"),
        ({"purpose": None}, ["purpose: required"], "missing"),
        ({"truth": None}, ["truth: required"], ""),
        ({"truth": False}, ["truth: must-accept"], ""),
        ({"truth": "yes"}, ["truth: wrong-type"], "one fault a field"),
        ({"purpose": "pub"}, ["purpose: not-offered"], ""),
        ({"purpose": "other"}, ["purpose_other: required"], "conditional"),
        ({"purpose_other": "abc"}, ["purpose_other: not-asked"], "not asked for a bank"),
        ({"purpose": "other", "purpose_other": "ab"}, ["purpose_other: too-short"], ""),
        ({"purpose": "other", "purpose_other": "a" * 201}, ["purpose_other: too-long"], ""),
        ({"names": ""}, ["names: required"], "empty is missing"),
        ({"email": "maria@"}, ["email: format.email"], ""),
        ({"email": "a@b.c d"}, ["email: format.email"], ""),
        ({"phone": "call me"}, ["phone: pattern"], ""),
        ({"status": "paid"}, ["status: not-asked"], "an extra field"),
        ({"names": "a\x00b"}, ["names: characters"], "cannot be printed"),
        ({"names": "a\u202eb"}, ["names: characters"], "turns text round"),
        ({"names": 5, "purpose": None, "x": 1}, ["names: wrong-type", "purpose: required"], "all"),
    ],
)
def test_faults(changes: dict[str, Any], faults: list[str], remark: str) -> None:
    answers = {k: v for k, v in {**RIGHT, **changes}.items() if v is not None}
    found = [f"{f.field}: {f.code}" for f in RULES.faults(FORM.json_schema, answers)]
    assert [f for f in found if f != "x: not-asked"] == faults, remark


def test_limits_are_among_the_facts() -> None:
    (fault,) = RULES.faults(FORM.json_schema, {**RIGHT, "names": "a" * 201})
    assert fault == Fault(field="names", code="too-long", facts={"limit": 200})


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*FORM.order, "x", "\ud800"]) | st.text(), _json))
def test_whatever_comes_is_judged_and_never_breaks(answers: dict[str, Any]) -> None:
    for fault in RULES.faults(FORM.json_schema, answers):
        assert len(fault.field) <= 60
        fault.field.encode("utf-8")


@given(st.dictionaries(st.sampled_from([forms.PREFIX + n for n in FORM.order]), st.text()))
def test_nothing_typed_is_lost(typed: dict[str, str]) -> None:
    groups = forms.groups(FORM, "bg", typed)
    fields = [f for g in groups for one in g.fields for f in (one, *one.children)]
    assert {f.name: f.value for f in fields} == {
        forms.PREFIX + n: typed.get(forms.PREFIX + n, "") for n in FORM.order
    }


def test_the_form_is_asked_as_its_model_says() -> None:
    groups = {g.id: g for g in forms.groups(FORM, "en", {})}
    purpose = groups["use"].fields[0]
    assert [f.id for f in groups["use"].fields] == ["purpose"]
    assert (purpose.kind, [c.id for c in purpose.children]) == ("radios", ["purpose_other"])
    assert purpose.children[0].shows_with == "other"
    kinds = {f.id: f.kind for g in groups.values() for f in g.fields}
    assert kinds == {
        "names": "shown",
        "purpose": "radios",
        "email": "email",
        "phone": "text",
        "truth": "checkbox",
    }


def test_errors_are_in_the_order_of_the_form() -> None:
    faults = (Fault(field="truth", code="required"), Fault(field="purpose", code="required"))
    shown = forms.errors(forms.groups(FORM, "en", {}, faults))
    assert [e.field for e in shown] == ["purpose", "truth"]
    assert shown[0].text == "Choose an answer: The certificate is to be presented to"


def test_other_kinds_of_fields() -> None:
    texts = {n: {"label": {"bg": n, "en": n}} for n in ("born", "children", "story", "plate")}
    form = Form.model_validate(
        {
            "groups": [{"id": "all", "title": {"bg": "a", "en": "a"}, "fields": list(texts)}],
            "texts": texts,
            "json_schema": {
                "type": "object",
                "properties": {
                    "born": {"type": "string", "format": "date"},
                    "children": {"type": "integer", "maximum": 20},
                    "story": {"type": "string", "maxLength": 2000},
                    "plate": {"type": "string", "maxLength": 10},
                },
            },
        }
    )
    fields = {f.id: f for f in forms.groups(form, "bg", {})[0].fields}
    assert [f.kind for f in fields.values()] == ["date", "number", "textarea", "text"]
    assert [f.narrow for f in fields.values()] == [False, False, False, True]
    given = posted(born="2001-02-29", children="3", story="a", plate="CT1234AB")
    answers = forms.answers(form, given, {})
    assert answers["children"] == 3
    assert [f.code for f in RULES.faults(form.json_schema, answers)] == ["format.date"]
    assert forms.answers(form, posted(children="three"), {}) == {"children": "three"}
    assert forms.answers(form, posted(children="9" * 5000), {}) == {"children": "9" * 5000}


def test_answers_in_words() -> None:
    assert forms.answer_text(FORM, "purpose", "bank", "en", "Yes") == "A bank or an insurer"
    assert forms.answer_text(FORM, "truth", True, "en", "Yes") == "Yes"
    assert forms.answer_text(FORM, "truth", False, "en", "Yes") == "–"
    assert forms.answer_text(FORM, "email", "a@b.bg", "en", "Yes") == "a@b.bg"
    assert forms.answer_text(FORM, "gone", "x", "en", "Yes") == "x"
