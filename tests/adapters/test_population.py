"""The register's client against a register that misbehaves, and what it reads of its JSON."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.population.http import HttpPopulation, _person
from chalicelib.adapters.population.people import demo_people, population
from chalicelib.domain.errors import NotFound, RegisterUnavailable
from infra.local.simulators import web
from infra.local.simulators.uscrasp import Uscrasp
from tests.contracts.test_population import WHY

PERSON = demo_people()[0]
EGN = PERSON.egn


@pytest.fixture
def serve() -> Iterator[Callable[[web.Application], HttpPopulation]]:
    servers: list[web.Server] = []

    def start(application: web.Application) -> HttpPopulation:
        servers.append(web.Server(application))
        servers[-1].start()
        return HttpPopulation(servers[-1].url, timeout=0.3)

    yield start
    for server in servers:
        server.stop()


@pytest.mark.loopback
@pytest.mark.parametrize(
    "fault", ["unavailable", "wrong-person", "malformed", "huge", "empty", "slow"]
)
def test_every_fault_is_tried_again_and_the_next_answer_is_right(
    fault: str, serve: Callable[[web.Application], HttpPopulation]
) -> None:
    simulator = Uscrasp(population(), slow=5)
    register = serve(simulator)
    body = json.dumps({"faults": [fault]}).encode()
    assert simulator(web.Request("POST", "/control", body=body)).status == 200
    with pytest.raises(RegisterUnavailable) as down:
        register.permanent_address(EGN, WHY)
    simulator.stopped.set()
    assert EGN not in repr(down.value)
    assert down.value.__cause__ is None
    assert register.permanent_address(EGN, WHY).egn == EGN


@pytest.mark.loopback
@pytest.mark.parametrize("status", [201, 204, 301, 307, 400, 401, 403, 429, 500, 503])
def test_every_other_status_is_tried_again(
    status: int, serve: Callable[[web.Application], HttpPopulation]
) -> None:
    asked: list[web.Request] = []

    def application(request: web.Request) -> web.Response:
        asked.append(request)
        elsewhere = {"Location": "http://127.0.0.1:9/stolen"}
        return web.Response(status, headers=elsewhere if 300 <= status < 400 else {})

    with pytest.raises(RegisterUnavailable):
        serve(application).permanent_address(EGN, WHY)
    assert len(asked) == 1


@pytest.mark.loopback
def test_the_number_is_in_the_body_and_nowhere_else(
    serve: Callable[[web.Application], HttpPopulation],
) -> None:
    asked: list[web.Request] = []

    def application(request: web.Request) -> web.Response:
        asked.append(request)
        return web.text(404, "")

    with pytest.raises(NotFound):
        serve(application).permanent_address(EGN, WHY)
    (request,) = asked
    assert EGN not in f"{request.path} {request.query} {request.headers}"
    assert json.loads(request.body) == {
        "idType": "EGN",
        "id": EGN,
        "lawReason": WHY.legal_ground,
        "caseNumber": WHY.case_number,
        "include": ["ADDRESSES"],
    }


@pytest.mark.loopback
def test_nobody_listening_is_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RegisterUnavailable):
        HttpPopulation(f"http://127.0.0.1:{port}", timeout=0.5).permanent_address(EGN, WHY)


@pytest.mark.loopback
def test_what_is_not_http_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        register = HttpPopulation(f"http://127.0.0.1:{server.getsockname()[1]}", timeout=0.2)
        with pytest.raises(RegisterUnavailable):  # it accepts and stays silent
            register.permanent_address(EGN, WHY)


@pytest.mark.parametrize("url", ["", "demo", "ftp://x/", "file:///etc/passwd", "http://", "//x"])
def test_an_address_that_is_not_http_is_a_mistake_of_ours(url: str) -> None:
    with pytest.raises(ValueError, match="register's address"):
        HttpPopulation(url)


def answer(**changes: object) -> dict[str, Any]:
    settlement = {"ekatte": "68850", "name": "ГР.СТАРА ЗАГОРА"}
    return {
        "id": {"type": "EGN", "value": EGN},
        "names": {"first": "ИВАН", "middle": "ПЕТРОВ", "family": "ИВАНОВ"},
        "birthDate": "1980-04-19",
        "addresses": [{"kind": "PERMANENT", "settlement": settlement, "from": "2001-05-01"}],
        **changes,
    }


def read(**changes: object) -> Any:
    return _person(EGN, json.dumps(answer(**changes)).encode()).record()


def test_the_example_of_the_contract_is_read() -> None:
    record = read(gender="M", citizenships=["BGR"], new={"member": 1})
    assert str(record.names) == "ИВАН ПЕТРОВ ИВАНОВ"
    assert record.permanent_address.settlement.ekatte == "68850"


@pytest.mark.parametrize(
    ("birth", "expected", "remark"),
    [
        ("1980-04-19", "1980-04-19", "a whole date"),
        ("1980-04", None, "a month"),
        ("1980", None, "a year"),
        ("1980-02-30", None, "a day that does not exist, as old acts have them"),
        (None, None, "none"),
    ],
)
def test_partial_dates(birth: str | None, expected: str | None, remark: str) -> None:
    record = read(birthDate=birth)
    assert (record.birth_date.isoformat() if record.birth_date else None) == expected, remark


def test_a_partial_date_of_death_still_is_a_death() -> None:
    record = read(deathDate="2020")
    assert (record.deceased, record.deceased_on) == (True, None)


def test_dropped_leading_zeros_come_back() -> None:
    address = answer()["addresses"][0]
    record = read(addresses=[{**address, "settlement": {"ekatte": "357", "name": "с. Х"}}])
    assert record.permanent_address.settlement.ekatte == "00357"


def test_the_present_address_is_not_the_permanent_one() -> None:
    permanent = answer()["addresses"][0]
    present = {"kind": "PRESENT", "country": "DEU"}
    assert read(addresses=[present, permanent]).permanent_address.line == "ГР.СТАРА ЗАГОРА"
    with pytest.raises(NotFound):
        read(addresses=[present])


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"id": {"type": "EGN", "value": "7523169263"}}, "another person"),
        ({"id": {"type": "LNCH", "value": EGN}}, "another kind of number"),
        ({"id": None}, "no number"),
        ({"names": {"first": ""}}, "no name"),
        ({"names": {"first": "А" * 300}}, "a name that is none"),
        ({"birthDate": "19.04.1980"}, "another form of date"),
        ({"addresses": None}, "no addresses"),
        ({"addresses": [{"kind": "PERMANENT"}]}, "an address without a settlement"),
        ({"addresses": answer()["addresses"] * 2}, "two permanent addresses"),
        ({"addresses": answer()["addresses"] * 200}, "two hundred"),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_not_used(
    changes: dict[str, object], remark: str
) -> None:
    with pytest.raises(RegisterUnavailable):
        read(**changes)


@given(st.binary(max_size=300))
def test_no_answer_breaks_the_reader(body: bytes) -> None:
    with pytest.raises(RegisterUnavailable):
        _person(EGN, body)


def test_a_deep_answer_breaks_nothing() -> None:
    with pytest.raises(RegisterUnavailable):
        _person(EGN, b"[" * 200_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(answer())), JSON)
def test_no_wrong_member_breaks_the_reader(member: str, value: object) -> None:
    try:
        read(**{member: value})
    except (RegisterUnavailable, NotFound):
        return
