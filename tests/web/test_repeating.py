"""Repeating groups: from rows to answers and back, whatever a browser sends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.forms.jsonschema import JsonSchemaRules
from chalicelib.domain.errors import Fault
from chalicelib.domain.services.checks_form import form_findings
from chalicelib.domain.services.forms import Condition, Form
from chalicelib.web import forms, slots
from chalicelib.web.answering import answers as read
from chalicelib.web.presenting import answered
from tests.repeating import MOST, repeating

FORM = repeating().form
RULES = JsonSchemaRules()
ROW = {"heir_name": "Иван", "heir_born.day": "1", "heir_born.month": "2", "heir_born.year": "1980"}
IVAN = {"heir_name": "Иван", "heir_born": "1980-02-01"}
BASE: dict[str, Any] = {"names": "Мария Петрова", "purpose": "bank", "truth": True}


def posted(*rows: dict[str, str], shown: int | str | None = None, **fields: str) -> dict[str, str]:
    one = {
        f"{slots.PREFIX}heirs-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in row.items()
    }
    plain = {slots.PREFIX + name: value for name, value in fields.items()}
    marker = {} if shown is None else {f"{slots.ROWS}heirs": str(shown)}
    return {**one, **plain, **marker}


def given_rows(typed: dict[str, str], form: Form = FORM) -> Any:
    return read(form, typed, {}).get("heirs")


def test_the_model_of_these_tests_is_well() -> None:
    assert list(form_findings(FORM)) == []


@pytest.mark.parametrize(
    ("typed", "rows", "remark"),
    [
        (posted(ROW), [IVAN], ""),
        (posted(ROW, ROW), [IVAN, IVAN], ""),
        (posted(ROW, {}, ROW), [IVAN, IVAN], "an empty row between"),
        (posted(ROW, {"heir_name": "  "}, shown=3), [IVAN], "blanks are an empty row"),
        (posted(), [{}], "one has to be there: its fields are asked for"),
        (posted(shown=3), [{}], "rows without a word"),
        (posted({**ROW, "heir_share": "0,5"}), [{**IVAN, "heir_share": 0.5}], "decimal comma"),
        (posted({**ROW, "heir_share": "1"}), [{**IVAN, "heir_share": 1}], "a whole number"),
        (posted({**ROW, "heir_share": "half"}), [{**IVAN, "heir_share": "half"}], "for the schema"),
        (posted({**ROW, "heir_alive": "true"}), [{**IVAN, "heir_alive": True}], "a box"),
        (posted({**ROW, "heir_kin_other": "x"}), [IVAN], "not asked in this row"),
        (
            posted({**ROW, "heir_kin": "other", "heir_kin_other": "Вуйчо"}),
            [{**IVAN, "heir_kin": "other", "heir_kin_other": "Вуйчо"}],
            "asked in this row",
        ),
        (
            posted({**ROW, "heir_born.day": "31", "heir_born.month": "Feb"}),
            [{**IVAN, "heir_born": "31.Feb.1980"}],
            "no date: kept as typed",
        ),
        (posted({"heir_born": "1980-02-01", "heir_name": "Иван"}), [IVAN], "one box is as well"),
        (posted(*[ROW] * 5), [IVAN] * 5, "more than may be: the schema says so"),
    ],
)
def test_rows_become_a_list(typed: dict[str, str], rows: Any, remark: str) -> None:
    assert given_rows(typed) == rows, remark


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answer.heirs-1000000000-heir_name", "a"),
        ("answer.heirs-100-heir_name", "a"),
        ("answer.heirs--1-heir_name", "a"),
        ("answer.heirs-0x1-heir_name", "a"),
        ("answer.heirs-١-heir_name", "a"),
        ("answer.heirs-0-iban", "a"),
        ("answer.heirs-0-heir_name.day", "a"),
        ("answer.heirs-0-heir_name-1", "a"),
        ("answer.heirs-0", "a"),
        ("answer.heirs", "a"),
        ("answer.heir_name", "a"),
        ("rows.heirs", "1000000000"),
        ("rows.heirs", "-1"),
        ("rows.heirs", "٣"),
        ("rows.nothing", "3"),
        ("answer.__class__-0-heir_name", "a"),
    ],
)
def test_a_hostile_name_changes_nothing(name: str, value: str) -> None:
    typed = {**posted(ROW), name: value}
    assert given_rows(typed) == [IVAN]
    kept = slots.own(FORM, typed)
    assert all(key in posted(ROW, shown=1) for key in kept)
    assert len(forms.groups(FORM, "en", typed)[1].rows) == 1


def test_the_last_row_that_is_looked_at() -> None:
    typed = posted({}, *[{}] * 48, ROW)
    assert len(forms.groups(FORM, "en", typed)[1].rows) == 50
    assert given_rows(typed) == [IVAN]
    assert given_rows({f"answer.heirs-50-{name}": value for name, value in ROW.items()}) == [{}]


def test_one_more_row_up_to_the_most() -> None:
    typed = posted(ROW)
    for rows in (2, MOST, MOST):
        typed = slots.added(FORM, typed, "heirs")
        assert len(forms.groups(FORM, "en", typed)[1].rows) == rows
    assert forms.groups(FORM, "en", typed)[1].add == ""
    assert slots.added(FORM, typed, "nothing") == typed
    assert given_rows(typed) == [IVAN]


def test_a_row_is_taken_out_and_the_others_move_up() -> None:
    other = {**ROW, "heir_name": "Анна", "heir_alive": "true"}
    typed = slots.removed(FORM, posted(ROW, other, ROW, shown=3), "heirs", 0)
    assert given_rows(typed) == [{**IVAN, "heir_name": "Анна", "heir_alive": True}, IVAN]
    assert typed["rows.heirs"] == "2"
    assert slots.removed(FORM, typed, "heirs", 99) == typed
    assert slots.removed(FORM, typed, "nothing", 0) == typed


def test_the_last_row_cannot_be_taken_out() -> None:
    (row,) = forms.groups(FORM, "en", posted(ROW))[1].rows
    assert row.remove == ""
    assert given_rows(slots.removed(FORM, posted(ROW), "heirs", 0)) == [{}]


@pytest.mark.parametrize(
    ("action", "rows"),
    [
        ("add.heirs", 2),
        ("add.nothing", 1),
        ("remove.heirs-0", 1),
        ("remove.heirs-7", 1),
        ("add.", None),
        ("remove.heirs", None),
        ("remove.heirs-1000000000", None),
        ("check", None),
        ("submit", None),
        ("add.heirs\n", None),
    ],
)
def test_buttons(action: str, rows: int | None) -> None:
    changed = forms.after_button(FORM, posted(ROW), action)
    shown = None if changed is None else len(forms.groups(FORM, "en", changed)[1].rows)
    assert shown == rows


LETTERS = st.text("абв <>&\"'", min_size=1, max_size=5).filter(str.strip)
SOME_ROW = st.fixed_dictionaries({"heir_name": LETTERS}, optional={"heir_share": LETTERS})


@given(st.lists(SOME_ROW, min_size=1, max_size=MOST - 1), st.data())
def test_nothing_typed_is_lost_by_a_button(rows: list[dict[str, str]], data: st.DataObject) -> None:
    typed = posted(*rows)
    added = slots.own(FORM, slots.added(FORM, typed, "heirs"))
    assert {name: added[name] for name in typed} == typed
    out = data.draw(st.integers(0, len(rows) - 1))
    left = [row for number, row in enumerate(rows) if number != out]
    removed = slots.own(FORM, slots.removed(FORM, typed, "heirs", out))
    assert {n: v for n, v in removed.items() if n.startswith(slots.PREFIX)} == posted(*left)


@given(st.dictionaries(st.text("ahnrs.-_0123456789 ei", max_size=30), st.text(max_size=5)))
def test_whatever_is_posted_is_read_and_shown(typed: dict[str, str]) -> None:
    typed = {slots.PREFIX + name: value for name, value in typed.items()}
    RULES.faults(FORM.json_schema, read(FORM, typed, {}))
    forms.groups(FORM, "bg", slots.own(FORM, typed))


@pytest.mark.parametrize(
    ("heirs", "faults", "remark"),
    [
        ([IVAN], [], ""),
        ([], ["heirs: too-few"], ""),
        ([IVAN] * (MOST + 1), ["heirs: too-many"], ""),
        ([{"x": 1}] * 100_000, ["heirs: too-many"], "not worth looking into"),
        ("Иван", ["heirs: wrong-type"], ""),
        (["Иван"], ["heirs.0: wrong-type"], ""),
        ([IVAN, {"heir_name": "А"}], ["heirs.1.heir_born: required"], "in its row"),
        ([{**IVAN, "heir_share": 2}], ["heirs.0.heir_share: too-big"], ""),
        ([{**IVAN, "heir_born": "1980-02-30"}], ["heirs.0.heir_born: format.date"], ""),
        ([{**IVAN, "heir_name": "a\x00"}], ["heirs.0.heir_name: characters"], ""),
        ([{**IVAN, "iban": "1"}], ["heirs.0.iban: not-asked"], ""),
        ([{}, {}], [f"heirs.{n}.{f}: required" for n in (0, 1) for f in IVAN], "row after row"),
    ],
)
def test_faults_in_lists(heirs: Any, faults: list[str], remark: str) -> None:
    found = RULES.faults(FORM.json_schema, {**BASE, "heirs": heirs})
    assert [f"{f.field}: {f.code}" for f in found] == faults, remark


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Heir 2: Fill in: heir_name"), ("bg", "Heir бг 2: Попълнете: heir_name бг")],
)
def test_an_error_is_shown_at_its_row(language: Any, said: str) -> None:
    faults = (Fault(field="heirs.1.heir_name", code="required"),)
    shown = forms.groups(FORM, language, posted(ROW, ROW), faults)
    assert [row.fields[0].error != "" for row in shown[1].rows] == [False, True]
    (error,) = forms.errors(shown)
    assert (error.field, error.text) == ("heirs-1-heir_name", said)


def test_an_error_of_the_whole_list_is_shown_at_its_heading() -> None:
    faults = (Fault(field="heirs", code="too-many", facts={"limit": MOST}),)
    (error,) = forms.errors(forms.groups(FORM, "en", posted(ROW), faults))
    assert (error.field, error.text) == ("group-heirs", "Heirs: at most 3")


def test_kinds_of_fields_in_a_row() -> None:
    (row,) = forms.groups(FORM, "en", posted(ROW))[1].rows
    kinds = {field.id: field.kind for field in row.fields}
    assert kinds == {
        "heirs-0-heir_name": "text",
        "heirs-0-heir_kin": "radios",
        "heirs-0-heir_born": "date",
        "heirs-0-heir_share": "decimal",
        "heirs-0-heir_alive": "checkbox",
    }
    assert [part.value for part in row.fields[2].parts] == ["1", "2", "1980"]
    assert [child.id for child in row.fields[1].children] == ["heirs-0-heir_kin_other"]


def test_a_list_in_words() -> None:
    told = {**BASE, "heirs": [IVAN, {**IVAN, "heir_name": "Анна", "heir_alive": False}]}
    titles = [title for title, _ in answered.sections(FORM, "en", told)]
    assert titles[1:3] == ["Heir 1", "Heir 2"]
    rows = {row.name: row for row in answered.rows(FORM, "en", told)}
    assert rows["Heir 2: heir_name"].value == "Анна"
    assert rows["Heir 2: heir_name"].change == "heirs-1-heir_name"
    assert rows["Heir 1: heir_born"].value == "1 February 1980"
    assert rows["Heir 2: heir_alive"].value == "No"
    assert "Heir 1: heir_kin_other" not in rows
    assert answered.rows(FORM, "en", {**BASE, "heirs": "erased"})


GROUP = Condition(field="purpose", one_of=("bank", "court"))


def conditional() -> Form:
    groups = tuple(
        group.model_copy(update={"when": GROUP}) if group.id == "contact" else group
        for group in FORM.groups
    )
    return FORM.model_copy(update={"groups": groups})


def test_a_group_is_asked_only_then() -> None:
    form, typed = conditional(), posted(ROW, email="a@b.bg", purpose="school")
    assert "email" not in read(form, typed, {})
    assert read(form, {**typed, "answer.purpose": "court"}, {})["email"] == "a@b.bg"
    note = forms.groups(form, "en", typed)[3].note
    assert note == (
        "Only if you answered “A bank or an insurer” or “A court, notary or bailiff” to “The "
        "certificate is to be presented to”."
    )
    assert "Contact" not in str(answered.sections(form, "en", {**BASE, "purpose": "school"}))
