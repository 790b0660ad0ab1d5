"""What every store of sessions promises; and what the table's keeps from who can read it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from chalicelib.adapters.sessions.dynamodb import DynamoSessions
from chalicelib.adapters.sessions.memory import MemorySessions
from chalicelib.adapters.sessions.sealing import Sealing
from chalicelib.adapters.table import Row
from chalicelib.domain.access import Principal
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import Session, Ticket
from chalicelib.domain.signin import Attempt
from chalicelib.ports.sessions import Sessions
from tests.ground.dynamodb import Repair
from tests.table import NAME, REGION, create_table

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EGN = "7523169263"
KEY = b"k" * 32
BROWSER = "b" * 43


@pytest.fixture
def table(aws: Repair) -> Iterator[DynamoSessions]:
    create_table()
    yield DynamoSessions(KEY)
    Row._connection = None


@pytest.fixture(params=["memory", "dynamodb"])
def sessions(request: pytest.FixtureRequest) -> Sessions:
    if request.param == "memory":
        return MemorySessions()
    made: DynamoSessions = request.getfixturevalue("table")
    return made


def ticket(letter: str = "s", subject: str = "m1") -> Ticket:
    return Ticket(secret=letter * 43, subject=SubjectId(subject))


def session(subject: str = "m1", created: datetime = NOW) -> Session:
    principal = Principal(
        subject=SubjectId(subject),
        name="Иван Петров",
        roles=frozenset({"citizen"}),
        egn=EGN,
    )
    return Session(principal=principal, created_at=created, seen_at=created)


def attempt(state: str = "st") -> Attempt:
    return Attempt(state=state, nonce="no", verifier="ver", next="/cases", started_at=NOW)


def test_what_was_started_is_loaded_whole(sessions: Sessions) -> None:
    sessions.start(ticket(), session())
    assert sessions.load(ticket()) == session()


@pytest.mark.parametrize(
    ("shown", "remark"),
    [(ticket("t"), "another secret"), (ticket("s", "m2"), "the secret with another's name")],
)
def test_no_other_ticket_loads_it(sessions: Sessions, shown: Ticket, remark: str) -> None:
    sessions.start(ticket(), session())
    sessions.start(ticket("u", "m2"), session("m2"))
    assert sessions.load(shown) is None, remark


def test_being_seen_is_kept(sessions: Sessions) -> None:
    sessions.start(ticket(), session())
    seen = session().seen(NOW + timedelta(minutes=5))
    sessions.seen(ticket(), seen)
    assert sessions.load(ticket()) == seen


def test_an_ended_session_stays_ended(sessions: Sessions) -> None:
    sessions.start(ticket(), session())
    sessions.end(ticket())
    sessions.end(ticket())
    sessions.seen(ticket(), session().seen(NOW + timedelta(minutes=5)))
    assert sessions.load(ticket()) is None


@pytest.mark.parametrize(
    ("created", "lives", "remark"),
    [
        (NOW - timedelta(hours=1), False, "before"),
        (NOW, False, "in the same moment"),
        (NOW + timedelta(microseconds=1), True, "afterwards"),
    ],
)
def test_all_of_a_person_end_at_a_moment(
    sessions: Sessions, created: datetime, lives: bool, remark: str
) -> None:
    sessions.start(ticket(), session(created=created))
    sessions.start(ticket("o", "m2"), session("m2", created))
    sessions.end_all(SubjectId("m1"), NOW)
    assert (sessions.load(ticket()) is not None) is lives, remark
    assert sessions.load(ticket("o", "m2")) is not None, "nobody else's"


def test_a_sign_in_is_given_once(sessions: Sessions) -> None:
    sessions.begin(BROWSER, attempt())
    assert sessions.take(BROWSER, "st") == attempt()
    assert sessions.take(BROWSER, "st") is None


def test_a_sign_in_is_given_to_its_browser_by_its_state(sessions: Sessions) -> None:
    sessions.begin(BROWSER, attempt("one"))
    sessions.begin(BROWSER, attempt("two"))
    assert sessions.take("c" * 43, "one") is None
    assert sessions.take("", "one") is None
    assert sessions.take(BROWSER, "three") is None
    assert sessions.take(BROWSER, "two") == attempt("two")
    assert sessions.take(BROWSER, "one") == attempt("one")


def test_of_many_who_ask_at_once_one_gets_the_sign_in(table: DynamoSessions) -> None:
    table.begin(BROWSER, attempt())
    gate, got = threading.Barrier(4), list[Attempt | None]()

    def ask() -> None:
        gate.wait()
        got.append(table.take(BROWSER, "st"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one is None for one in got) == [False, True, True, True]


def items() -> list[dict[str, object]]:
    found = boto3.resource("dynamodb", region_name=REGION).Table(NAME).scan()["Items"]
    return [dict(item) for item in found]


def test_the_table_knows_neither_the_person_nor_the_secrets(table: DynamoSessions) -> None:
    table.start(ticket(), session())
    table.begin(BROWSER, attempt("a-state"))
    stored = repr([{k: getattr(v, "value", v) for k, v in item.items()} for item in items()])
    for hidden in (EGN, "Иван", "citizen", "s" * 43, BROWSER, "a-state", "ver", "/cases"):
        assert hidden not in stored


def test_everything_goes_by_itself(table: DynamoSessions) -> None:
    table.start(ticket(), session())
    table.begin(BROWSER, attempt())
    table.end_all(SubjectId("m9"), NOW)
    for item in items():
        assert NOW.timestamp() < float(str(item["expires"])) < NOW.timestamp() + 10 * 3600


def test_the_last_sign_out_outlives_all_that_it_ended(table: DynamoSessions) -> None:
    table.start(ticket(), session())
    table.end_all(SubjectId("m1"), NOW)
    expires = {str(item["pk"]).split("#")[0]: int(str(item["expires"])) for item in items()}
    latest = NOW + timedelta(hours=8)
    assert expires["SUBJECT"] > latest.timestamp()


@pytest.mark.parametrize("key", [b"K" * 32, KEY + b"k"])
def test_with_another_key_of_ours_nothing_opens(table: DynamoSessions, key: bytes) -> None:
    table.start(ticket(), session())
    assert DynamoSessions(key).load(ticket()) is None


def _change(change: Callable[[Row], object]) -> None:
    row = Row.get(f"SESSION#{ticket().session_id}", "SESSION")
    change(row)
    row.save()


def test_who_writes_the_table_cannot_make_a_session_younger(table: DynamoSessions) -> None:
    table.start(ticket(), session())
    _change(lambda row: setattr(row, "body", (row.body or "").replace("2026-11-23", "2026-11-24")))
    assert table.load(ticket()) is None


def test_who_writes_the_table_cannot_move_a_person_to_another_session(
    table: DynamoSessions,
) -> None:
    table.start(ticket(), session())
    table.start(ticket("o", "m2"), session("m2"))
    foreign = Row.get(f"SESSION#{ticket('o', 'm2').session_id}", "SESSION").blob
    _change(lambda row: setattr(row, "blob", foreign))
    assert table.load(ticket()) is None


def test_every_flipped_byte_is_found() -> None:
    sealing = Sealing(KEY)
    sealed = sealing.seal("secret", "content", "about")
    assert sealing.open("secret", sealed, "about") == "content"
    for at in range(len(sealed)):
        wrong = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert sealing.open("secret", wrong, "about") is None
    assert sealing.open("secret", b"", "about") is None
    assert sealing.open("secret", sealed, "else") is None
    assert sealing.open("other", sealed, "about") is None


def test_sealing_twice_shows_no_likeness() -> None:
    sealing = Sealing(KEY)
    assert sealing.seal("secret", "content", "x") != sealing.seal("secret", "content", "x")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Sealing(b"short")
