"""Cursors come back from callers: only what we gave for this very list is taken."""

import base64
import json

import pytest

from chalicelib.adapters.cases.lists import _position
from chalicelib.domain.errors import Invalid

KEY = "PERSON#me"
GOOD = {"pk": "CASE#1", "sk": "CASE", "person_pk": KEY, "person_sk": "1"}


def cursor(position: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def typed(position: dict[str, object]) -> dict[str, object]:
    return {name: {"S": value} for name, value in position.items()}


def test_our_own_is_taken() -> None:
    assert _position(cursor(typed({**GOOD})), "person", KEY) == typed({**GOOD})
    assert _position(None, "person", KEY) is None


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ("!", "no base64"),
        ("ш", "not even ASCII"),
        (base64.urlsafe_b64encode(b"[" * 6000).decode(), "deeper than Python reads"),
        (cursor([]), "no object"),
        (cursor({"x": {"S": KEY}}), "other keys: the table would refuse them as its own fault"),
        (cursor(typed({**GOOD, "more": "x"})), "one more"),
        (cursor(typed({**GOOD, "sk": 1})), "a number"),
        (cursor(typed({**GOOD, "sk": ""})), "empty"),
        (cursor({**typed({**GOOD}), "sk": {"S": "CASE", "N": "1"}}), "two types"),
        (cursor(typed({**GOOD, "person_pk": "PERSON#you"})), "somebody else's"),
        (cursor(typed({**GOOD, "pk": KEY, "person_pk": "PERSON#you"})), "hidden in another key"),
    ],
)
def test_anything_else_is_refused(given: str, remark: str) -> None:
    with pytest.raises(Invalid):
        _position(given, "person", KEY)
