"""The simulators as programs: they start, serve, survive a kill and stop cleanly."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from chalicelib.adapters.population.http import HttpPopulation
from chalicelib.adapters.population.people import demo_people
from chalicelib.domain.errors import RegisterUnavailable
from infra.local.simulators import web
from infra.local.simulators.epay.__main__ import arguments, main, settings
from tests.contracts.test_population import WHY
from tests.infra.test_epay_simulator import SECRET, fields

pytestmark = pytest.mark.loopback
KEYS = ["--merchant-min", "D1", "--secret", "s"]
ROOT = Path(__file__).parents[2]


class Program:
    """A simulator in a process of its own."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", f"infra.local.simulators.{name}", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.url = line.split()[-1] if line else ""

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return self.process.returncode

    def post(self, path: str, body: bytes, kind: str) -> bytes:
        request = urllib.request.Request(self.url + path, body, {"Content-Type": kind})  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return bytes(answer.read())

    def order(self, **order: object) -> Any:
        return json.loads(self.post("control", json.dumps(order).encode(), "application/json"))

    def log(self) -> Any:
        with urllib.request.urlopen(f"{self.url}log", timeout=20) as answer:  # noqa: S310
            return json.load(answer)


class Portal:
    """The address that is notified; answers ERR until told otherwise."""

    def __init__(self) -> None:
        self.word, self.called, self.calls = "ERR", threading.Semaphore(0), 0
        self.server = web.Server(self._answer)
        self.server.start()

    def _answer(self, request: web.Request) -> web.Response:
        assert parse_qs(request.body.decode()).keys() == {"encoded", "checksum"}
        self.calls += 1
        self.called.release()
        return web.text(200, f"INVOICE=7:STATUS={self.word}\n")


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()
    yield portal
    portal.server.stop()


def start_epay(portal: Portal, state: Path, *more: str) -> Program:
    """With a configuration file, whose state file lies beside it."""
    config = state.with_name("epay.json")
    notify = {"notify_url": f"{portal.server.url}callbacks/epay"}
    config.write_text(json.dumps({"min": "D123", "secret": SECRET, **notify}))
    return Program("epay", "--config", str(config), *more)


@pytest.mark.slow
def test_a_killed_operator_goes_on_and_a_stopped_one_ends_well(
    portal: Portal, tmp_path: Path
) -> None:
    state = tmp_path / "epay-state.json"
    epay = start_epay(portal, state)
    form = urlencode(fields("7", expires="2099-01-01T00:00:00Z")).encode()
    shown = epay.post("", form, "application/x-www-form-urlencoded").decode()
    assert "22,80\N{NO-BREAK SPACE}€" in shown
    epay.order(action="pay", invoice="7")
    assert portal.called.acquire(timeout=20)
    assert epay.end(signal.SIGKILL) == -signal.SIGKILL
    portal.word = "OK"
    assert state.exists()
    again = start_epay(portal, state)
    assert portal.called.acquire(timeout=20)
    while not any(a["settled"] for a in again.log()["attempts"]):
        assert portal.calls < 50
    assert again.end() == 0


def _press_pay(epay: Program, invoice: str) -> str:
    """The address that the browser is sent to; it does not go there."""
    connection = HTTPConnection(urlsplit(epay.url).netloc, timeout=20)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    place = "/"
    form = fields(invoice, expires="2099-01-01T00:00:00Z")
    for sent in (form, {"action": "pay"}):
        connection.request("POST", place, urlencode(sent), kind)
        answer = connection.getresponse()
        answer.read()
        place = answer.headers["Location"]
    connection.close()
    return place


@pytest.mark.slow
def test_the_notification_comes_before_the_browser_or_after_it(
    portal: Portal, tmp_path: Path
) -> None:
    portal.word = "OK"
    epay = start_epay(portal, tmp_path / "epay.json", "--order", "callback-first")
    assert _press_pay(epay, "7") == "http://localhost:8000/ok"
    assert portal.calls == 1
    epay.order(order="return-first")
    _press_pay(epay, "8")
    assert portal.calls == 1
    assert portal.called.acquire(timeout=20)
    assert portal.called.acquire(timeout=20)
    assert epay.end() == 0


@pytest.mark.slow
def test_two_on_one_port_is_one_clear_line(portal: Portal, tmp_path: Path) -> None:
    port = portal.server.url.rstrip("/").rsplit(":", 1)[1]
    second = start_epay(portal, tmp_path / "epay.json", "--port", port)
    _, error = second.process.communicate(timeout=20)
    assert second.process.returncode == 1
    assert error.strip().splitlines() == ["epay: cannot listen: Address already in use"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "min: Field required; secret: Field required; notify_url: Field required"),
        (["--config", "/no/such/file"], "cannot read /no/such/file: No such file or directory"),
        ([*KEYS, "--notify", "ftp://x"], "notify_url: String should match"),
        ([*KEYS, "--notify", "http://x/", "--speed", "0"], "speed: Input should be greater"),
        ([*KEYS, "--notify", "http://x/", "--order", "never"], "order: Input should be"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    given: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["epay", *given])
    assert main() == 2
    error = capsys.readouterr().err
    assert error.startswith(f"epay: {said}")
    assert error.count("\n") == 1


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    config = tmp_path / "epay.json"
    config.write_text('{"min": "D1", "secret": "s", "notify_url": "http://x/", "language": "bg"}')
    use = settings(arguments().parse_args(["--config", str(config), "--merchant-min", "D2"]))
    assert (use.min, use.secret, use.state) == ("D2", "s", tmp_path / "epay-state.json")


@pytest.mark.slow
def test_the_register_can_be_taken_down_and_up() -> None:
    uscrasp = Program("uscrasp")
    person = demo_people()[0]
    register = HttpPopulation(uscrasp.url)
    assert register.permanent_address(person.egn, WHY).egn == person.egn
    assert uscrasp.order(down=True)["down"] is True
    with pytest.raises(RegisterUnavailable):
        register.permanent_address(person.egn, WHY)
    uscrasp.order(down=False)
    assert register.permanent_address(person.egn, WHY).egn == person.egn
    calls = uscrasp.log()["calls"]
    assert [call["status"] for call in calls] == [200, 503, 200]
    assert {call["caseNumber"] for call in calls} == {WHY.case_number}
    assert person.egn not in json.dumps(calls)
    assert uscrasp.end() == 0
