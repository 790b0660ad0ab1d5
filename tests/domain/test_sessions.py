"""Sessions: how long they live, what their ticket says, and form tokens nobody can guess."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.access import Principal
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import (
    ABSOLUTE,
    IDLE,
    Session,
    Ticket,
    form_token,
    is_form_token,
    secret,
)

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # the night on which the clocks change
MARIA = Principal(subject=SubjectId("m1"), name="Мария", roles=frozenset({"citizen"}))
TICKET = Ticket(secret="s" * 43, subject=SubjectId("m1"))


def session(seen_minutes: float = 0) -> Session:
    seen = START + timedelta(minutes=seen_minutes)
    return Session(principal=MARIA, created_at=START, seen_at=seen)


@pytest.mark.parametrize(
    ("seen", "now", "lives", "remark"),
    [
        (0, 0, True, "just begun"),
        (0, 29.99, True, "half an hour of silence is not over"),
        (0, 30, False, "half an hour of silence"),
        (20, 49.99, True, "counted from when it was last seen"),
        (20, 50, False, "and ends from there"),
        (470, 479.99, True, "nearly a working day"),
        (479, 480, False, "a working day at the latest, however busy"),
        (0, 100_000, False, "long ago"),
    ],
)
def test_how_long_a_session_lives(seen: float, now: float, lives: bool, remark: str) -> None:
    assert session(seen).lives(START + timedelta(minutes=now)) is lives, remark


@given(st.lists(st.integers(1, 29 * 60), max_size=60))
def test_no_clicking_keeps_a_session_beyond_its_day(pauses: list[int]) -> None:
    one, now = session(), START
    for pause in pauses:
        now += timedelta(seconds=pause)
        if not one.lives(now):
            break
        one = one.seen(now)
    assert one.expires_at <= START + ABSOLUTE
    assert one.expires_at <= one.seen_at + IDLE
    assert one.created_at == START


@pytest.mark.parametrize(("seconds", "written"), [(0, False), (59, False), (60, True), (61, True)])
def test_being_seen_is_written_at_most_once_a_minute(seconds: int, written: bool) -> None:
    one = session()
    assert (one.seen(START + timedelta(seconds=seconds)) is not one) is written


def test_a_ticket_comes_back_from_its_cookie() -> None:
    assert Ticket.parse(TICKET.text) == TICKET


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "s" * 43,
        "s" * 43 + ".",
        "s" * 42 + ".m1",
        "s" * 44 + ".m1",
        "s" * 43 + ".m1.m2",
        "s" * 43 + ".m1\n",
        "s" * 43 + ".m1; Path=/",
        "s" * 42 + "#.m1",
        "s" * 43 + ".m1#CASE",
        "s" * 43 + "." + "m" * 65,
        "я" * 43 + ".m1",
    ],
)
def test_what_we_never_issued_is_no_ticket(text: str) -> None:
    assert Ticket.parse(text) is None


@given(st.text(max_size=120))
def test_no_cookie_breaks_the_reader(text: str) -> None:
    found = Ticket.parse(text)
    assert found is None or found.text == text


def test_a_ticket_and_its_session_hide_their_secrets() -> None:
    assert TICKET.secret not in f"{TICKET} {TICKET!r} {[TICKET]} {TICKET.session_id}"
    assert "7523169263" not in repr(
        Session(
            principal=MARIA.model_copy(update={"egn": "7523169263"}),
            created_at=START,
            seen_at=START,
        )
    )


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_secret_takes_all_its_chance(size: int) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        secret(b"x" * size)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_different_chance_makes_different_secrets(one: bytes, other: bytes) -> None:
    assert (secret(one) == secret(other)) is (one == other)
    assert len(secret(one)) == 43


def test_a_form_token_is_of_its_session_only() -> None:
    other = Ticket(secret="t" * 43, subject=TICKET.subject)
    assert is_form_token(TICKET, form_token(TICKET))
    assert not is_form_token(other, form_token(TICKET))
    assert TICKET.secret not in form_token(TICKET)


@given(st.text(max_size=80))
def test_no_guess_is_a_form_token_and_none_breaks_the_check(guess: str) -> None:
    assert not is_form_token(TICKET, guess)


@pytest.mark.parametrize("at", range(64))
def test_a_form_token_with_one_wrong_character_is_none(at: int) -> None:
    right = form_token(TICKET)
    wrong = right[:at] + ("0" if right[at] != "0" else "1") + right[at + 1 :]
    assert not is_form_token(TICKET, wrong)
