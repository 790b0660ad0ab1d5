"""The simulated operator: it takes what ePay takes, repeats as ePay repeats, and errs to order."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.payments.epay import EpayOperator
from chalicelib.domain.errors import Forged, Invalid
from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Answer, CheckoutRequest, Notice, Verdict
from infra.local.simulators.epay import protocol
from infra.local.simulators.epay.desk import Desk
from infra.local.simulators.epay.model import OrderOfEvents
from infra.local.simulators.epay.pages import Site
from infra.local.simulators.epay.schedule import wait_after
from infra.local.simulators.epay.sender import Sender
from infra.local.simulators.epay.store import Store
from infra.local.simulators.web import Request, Response

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "epay.json").read_text("utf-8"))
START = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
SECRET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EPAY = EpayOperator(url="http://127.0.0.1/", merchant="D123", secret=SECRET)
MERCHANT = protocol.Merchant("D123", SECRET, "Община <Стара Загора>")


class Merchant:
    """Our side of the wire: reads what is posted and answers as told."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.read: list[Notice | str] = []
        self.verdict: Verdict = "accepted"
        self.failing: list[Callable[[], tuple[int, str]]] = []

    def __call__(self, body: bytes) -> tuple[int, str]:
        self.bodies.append(body)
        if self.failing:
            return self.failing.pop(0)()
        try:
            notices = EPAY.read(body)
        except (Forged, Invalid) as error:
            self.read.append(error.code)
            return 200, EPAY.fault(error.code)
        self.read += notices
        return 200, EPAY.answer([Answer(invoice=n.invoice, verdict=self.verdict) for n in notices])


class World:
    """A simulator without threads or sockets: time moves when it is told to."""

    def __init__(
        self,
        path: Path | None = None,
        speed: float = 1.0,
        order: OrderOfEvents = "together",
    ) -> None:
        self.now, self.tokens = START.timestamp(), 0
        self.merchant = Merchant()
        self.desk = Desk(Store(path), lambda: self.now, self._token, speed, order)
        self.site = Site(self.desk, MERCHANT)
        self.sender = Sender(self.desk, SECRET, self.merchant, lambda: self.now)

    def _token(self) -> str:
        self.tokens += 1
        return f"token-{self.tokens}"

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        body = urlencode(fields).encode()
        return self.site(Request("POST", path, headers={"host": "sim", **headers}, body=body))

    def get(self, path: str, **query: str) -> Response:
        return self.site(Request("GET", path, query=query))

    def order(self, **order: object) -> Response:
        headers = {"host": "sim", "content-type": "application/json"}
        body = json.dumps(order).encode()
        return self.site(Request("POST", "/control", headers=headers, body=body))

    def start(self, invoice: str = "2600000001", **changes: object) -> str:
        """A payment that a browser has brought; the path of its page."""
        answer = self.post("/", fields(invoice, **changes))
        assert answer.status == 303, answer.body.decode()
        return answer.headers["Location"]

    def pay(self, invoice: str = "2600000001") -> Response:
        return self.post(self.start(invoice), {"action": "pay"})

    def send(self, seconds: float = 0) -> int:
        """Time passes; what is due is sent. How many attempts that were."""
        self.now += seconds
        self.desk.expire()
        due = self.desk.take_due()
        for delivery in due:
            self.sender.attempt(delivery)
        return len(due)

    def log(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.get("/log").body)
        return answer


def fields(invoice: str = "2600000001", **changes: object) -> dict[str, str]:
    request = {
        "invoice": Invoice(invoice),
        "amount": Money(amount=2280),
        "description": "SZ-2026-000123-6 Удостоверение",
        "language": "bg",
        "expires": START + timedelta(days=7),
        "return_url": "http://localhost:8000/ok",
        "cancel_url": "http://localhost:8000/cancel",
    }
    return EPAY.checkout(CheckoutRequest.model_validate({**request, **changes})).fields


def block(**changes: str | None) -> dict[str, str]:
    """A signed form whose lines are changed; None leaves one out."""
    lines = {
        "MIN": "D123",
        "INVOICE": "1",
        "AMOUNT": "22.80",
        "CURRENCY": "EUR",
        "EXP_TIME": "31.12.2026",
        "DESCR": "x",
        "ENCODING": "utf-8",
        **changes,
    }
    text = "".join(f"{n}={v}\n" for n, v in lines.items() if v is not None)
    encoded = base64.b64encode(text.encode()).decode()
    signature = protocol.checksum(SECRET, encoded)
    return {"PAGE": "paylogin", "ENCODED": encoded, "CHECKSUM": signature}


# What it takes.


def test_our_own_form_is_taken_and_shown() -> None:
    world = World()
    shown = world.get(world.start()).body.decode()
    for part in (
        "22,80\N{NO-BREAK SPACE}€",
        "Община &lt;Стара Загора&gt;",
        "SZ-2026-000123-6 Удостоверение",
    ):
        assert part in shown
    assert "Симулация" in shown
    assert "22.01.2026 10:30" in shown


@pytest.mark.parametrize("name", ["epay_web_ascii", "epay_web_utf8"])
def test_the_vectors_are_taken(name: str) -> None:
    vector = VECTORS[name]
    form = {"PAGE": "paylogin", "ENCODED": vector["encoded"], "CHECKSUM": vector["checksum"]}
    merchant = protocol.Merchant("1000000000", vector["secret"], "")
    order = protocol.verified(form, merchant, START.timestamp())
    assert order.cents == 2280
    assert protocol.checksum(vector["secret"], vector["encoded"]) == vector["checksum"]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({}, "page"),
        ({**block(), "PAGE": "free"}, "page"),
        ({**block(), "ENCODED": "???"}, "encoded"),
        ({**block(), "ENCODED": "Такса"}, "encoded"),
        (block(MIN="D124"), "merchant"),
        (block(MIN=None), "merchant"),
        ({**block(), "CHECKSUM": "0" * 40}, "checksum"),
        ({**block(), "CHECKSUM": "ъ"}, "checksum"),
        ({**block(), "ENCODED": block(AMOUNT="0.02")["ENCODED"]}, "checksum"),
        (block(INVOICE="A1"), "bad-invoice"),
        (block(INVOICE=None), "bad-invoice"),
        (block(AMOUNT="0.01"), "bad-amount"),
        (block(AMOUNT="22,80"), "bad-amount"),
        (block(AMOUNT="-5"), "bad-amount"),
        (block(CURRENCY="BGN"), "currency"),
        (block(CURRENCY=None), "currency"),
        (block(EXP_TIME="2026-12-31"), "expiry"),
        (block(EXP_TIME="31.02.2026"), "expiry"),
        (block(EXP_TIME="15.01.2026 10:30:00"), "past"),
        (block(DESCR="я" * 101), "description"),
        (block(DESCR="a\tb"), "description"),
        ({**block(), "URL_OK": "javascript:alert(1)"}, "address"),
        ({**block(), "URL_CANCEL": "//x"}, "address"),
    ],
)
def test_what_is_not_taken_and_why(form: dict[str, str], reason: str) -> None:
    with pytest.raises(protocol.Rejected) as rejected:
        protocol.verified(form, MERCHANT, START.timestamp())
    assert rejected.value.reason == reason
    answer = World().post("/", form)
    assert answer.status == 400
    assert "Заявката не е приета" in answer.body.decode()


@pytest.mark.parametrize("amount", ["22", "22.8", "22.80", "0.02"])
def test_amounts_that_are_taken(amount: str) -> None:
    assert protocol.verified(block(AMOUNT=amount), MERCHANT, START.timestamp())


def test_an_invoice_is_taken_once_ever() -> None:
    world = World()
    world.post(world.start("7"), {"action": "deny"})
    answer = world.post("/", fields("7"))
    assert answer.status == 400
    assert "вече е подавана" in answer.body.decode()


def test_english() -> None:
    world = World()
    answer = world.post("/en/", fields())
    shown = world.get(answer.headers["Location"]).body.decode()
    assert "€22.80" in shown
    assert '<html lang="en">' in shown
    assert '<html lang="bg">' in world.get(answer.headers["Location"], lang="bg").body.decode()


@given(st.dictionaries(st.sampled_from(["PAGE", "ENCODED", "CHECKSUM", "URL_OK"]), st.text()))
def test_no_form_breaks_it(form: dict[str, str]) -> None:
    answer = World().post("/", {n: v.encode(errors="replace").decode() for n, v in form.items()})
    assert answer.status == 400


@given(st.binary(max_size=200))
def test_no_body_breaks_it(body: bytes) -> None:
    for path in ("/", "/control"):
        assert World().site(Request("POST", path, body=body)).status in (303, 400)


# What the payer does.


def test_paying_notifies_and_leads_back() -> None:
    world = World()
    answer = world.pay()
    assert (answer.status, answer.headers["Location"]) == (303, "http://localhost:8000/ok")
    assert world.send() == 1
    (notice,) = world.merchant.read
    assert isinstance(notice, Notice)
    assert (notice.invoice, notice.status, notice.paid_at) == ("2600000001", "paid", START)
    assert notice.amount is None
    assert world.send(40 * 86400) == 0


def test_refusing_notifies_and_leads_to_the_other_page() -> None:
    world = World()
    answer = world.post(world.start(), {"action": "deny"})
    assert answer.headers["Location"] == "http://localhost:8000/cancel"
    world.send()
    assert [n.status for n in world.merchant.read if isinstance(n, Notice)] == ["denied"]


def test_going_back_without_paying_changes_nothing() -> None:
    world = World()
    shown = world.get(world.start()).body.decode()
    assert 'href="http://localhost:8000/cancel"' in shown
    assert world.send() == 0


def test_a_second_press_pays_nothing() -> None:
    world = World()
    path = world.start()
    world.post(path, {"action": "pay"})
    answer = world.post(path, {"action": "pay"})
    assert answer.headers["Location"] == path
    assert "Платено" in world.get(path).body.decode()
    assert world.send() == 1


def test_another_site_cannot_press_the_button() -> None:
    world = World()
    answer = world.post(world.start(), {"action": "pay"}, origin="http://evil")
    assert answer.status == 403
    assert world.post(world.start("8"), {"action": "pay"}, origin="http://sim").status == 303


@pytest.mark.parametrize("action", ["", "PAY", "expire"])
def test_another_word_is_no_button(action: str) -> None:
    world = World()
    assert world.post(world.start(), {"action": action}).status == 404


def test_what_nobody_pays_expires() -> None:
    world = World()
    path = world.start()
    assert world.send(7 * 86400 - 1) == 0
    assert world.send(1) == 1
    assert [n.status for n in world.merchant.read if isinstance(n, Notice)] == ["expired"]
    assert world.post(path, {"action": "pay"}).headers["Location"] == path
    assert "Изтекло" in world.get(path).body.decode()


# The repetition.


def test_the_published_schedule() -> None:
    minute, hour, day = 60, 3600, 86400
    waits = [wait_after(n, 0) for n in range(1, 27)]
    assert all(wait is not None and wait < minute for wait in waits[:4])
    assert waits[4:8] == [15 * minute] * 4
    assert waits[8:13] == [hour] * 5
    assert waits[13:19] == [3 * hour] * 6
    assert waits[19:23] == [6 * hour] * 4
    assert waits[23:] == [day] * 3
    assert wait_after(50, 30 * day) is None


def _raise() -> tuple[int, str]:
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        (lambda: (200, "INVOICE=2600000001:STATUS=ERR\n"), "we failed"),
        (lambda: (200, "ERR=bad checksum\n"), "the whole notification failed"),
        (lambda: (200, ""), "nothing"),
        (lambda: (200, "INVOICE=1:STATUS=OK\n"), "another invoice"),
        (lambda: (200, '"INVOICE=2600000001:STATUS=OK"'), "quoted as JSON"),
        (lambda: (200, "INVOICE=2600000001:STATUS=invoice not found"), "an unknown word"),
        (lambda: (500, "INVOICE=2600000001:STATUS=OK"), "right words, wrong status"),
        (_raise, "nobody there"),
    ],
)
def test_what_is_not_settled_comes_again(
    answer: Callable[[], tuple[int, str]], remark: str
) -> None:
    world = World()
    world.merchant.failing = [answer]
    world.pay()
    assert world.send() == 1
    assert world.send(29) == 0, remark
    assert world.send(1) == 1, remark
    assert world.merchant.bodies[0] == world.merchant.bodies[1]
    assert world.send(86400 * 40) == 0, remark


def test_an_unknown_invoice_ends_the_repetition() -> None:
    world = World()
    world.merchant.verdict = "unknown"
    world.pay()
    assert [world.send(), world.send(86400)] == [1, 0]


def test_it_gives_up_after_thirty_days() -> None:
    world = World()
    world.merchant.failing = [_raise] * 1000
    world.pay()
    attempts = sum(world.send(15 * 60) for _ in range(40 * 24 * 4))
    assert 45 < attempts < 60
    assert world.log()["deliveries"][0]["state"] == "given-up"


def test_the_schedule_can_be_accelerated() -> None:
    world = World(speed=600)
    world.merchant.failing = [_raise] * 10
    world.pay()
    world.send()
    assert world.send(0.04) == 0
    assert world.send(0.02) == 1


def test_a_restart_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "state" / "epay.json"
    before = World(path)
    before.merchant.failing = [_raise]
    before.pay()
    before.send()
    after = World(path)
    assert after.send(30) == 1
    assert after.merchant.bodies == before.merchant.bodies[:1]
    assert after.post("/", fields()).status == 400
    assert World(path).send(86400) == 0


def test_a_broken_state_file_is_put_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "epay.json"
    path.write_text('{"payments": 1')
    World(path).start()
    assert path.with_suffix(".broken").read_text() == '{"payments": 1'
    assert "could not be read" in capsys.readouterr().err


# Faults to order.


def test_duplicates_come_at_once_and_are_the_same() -> None:
    world = World()
    assert world.order(duplicate=3).status == 200
    world.pay()
    assert world.send() == 4
    assert len(set(world.merchant.bodies)) == 1
    world.pay("8")
    assert world.send() == 1


def test_a_delay_is_in_real_seconds() -> None:
    world = World(speed=600)
    world.order(delay=5)
    world.pay()
    assert [world.send(4.9), world.send(0.1)] == [0, 1]


def test_the_person_may_come_back_first() -> None:
    world = World()
    world.order(order="return-first")
    world.pay()
    assert [world.send(), world.send(2)] == [0, 1]


def test_a_dropped_notification_never_comes_unless_it_is_released() -> None:
    world = World()
    world.order(drop=True)
    world.pay()
    assert world.send(86400) == 0
    world.order(action="release", invoice="2600000001")
    assert world.send() == 1


def test_the_notification_of_an_old_attempt_comes_after_that_of_a_new_one() -> None:
    world = World()
    old, new = world.start("1"), world.start("2")
    world.order(invoice="1", hold=True)
    world.post(old, {"action": "deny"})
    world.post(new, {"action": "pay"})
    world.send()
    world.order(action="release", invoice="1")
    world.send()
    read = [(n.invoice, n.status) for n in world.merchant.read if isinstance(n, Notice)]
    assert read == [("2", "paid"), ("1", "denied")]


def test_a_late_word_can_be_sent_about_what_is_paid() -> None:
    world = World()
    world.pay()
    world.order(action="notify", invoice="2600000001", status="EXPIRED")
    world.send()
    statuses = [n.status for n in world.merchant.read if isinstance(n, Notice)]
    assert statuses == ["paid", "expired"]


@pytest.mark.parametrize(
    ("tamper", "read"),
    [("flip", ["forged", "paid"]), ("secret", ["forged", "paid"])],
)
def test_a_falsified_notification_is_refused_and_the_true_one_follows(
    tamper: str, read: list[str]
) -> None:
    world = World()
    world.order(tamper=tamper)
    world.pay()
    world.send()
    world.send(30)
    seen = [n if isinstance(n, str) else n.status for n in world.merchant.read]
    assert seen == read


def test_another_amount_is_rightly_signed() -> None:
    world = World()
    world.order(tamper="amount", amount="1.50")
    world.pay()
    world.send()
    (notice,) = world.merchant.read
    assert isinstance(notice, Notice)
    assert notice.amount == Money(amount=150)


def test_an_invoice_that_nobody_has_is_rightly_signed() -> None:
    world = World()
    world.order(tamper="invoice", tampered=2)
    world.pay()
    for _ in range(3):
        world.send(30)
    invoices = [n.invoice for n in world.merchant.read if isinstance(n, Notice)]
    assert invoices == ["9" * 20, "9" * 20, "2600000001"]


def test_faults_for_all_until_reset() -> None:
    world = World()
    world.order(duplicate=1, standing=True)
    world.pay("1")
    world.pay("2")
    assert world.send() == 4
    world.order(action="reset")
    world.pay("3")
    assert world.send() == 1


@pytest.mark.parametrize(("action", "status"), [("pay", "paid"), ("deny", "denied")])
def test_a_program_can_act_for_the_payer(action: str, status: str) -> None:
    world = World()
    world.start("7")
    answer = world.order(action=action, invoice="7")
    assert json.loads(answer.body)["payments"][0]["status"] == status
    assert world.order(action=action, invoice="7").status == 400


def test_a_payment_can_be_made_to_expire() -> None:
    world = World()
    world.start("7")
    world.order(action="expire", invoice="7")
    assert world.send() == 1
    assert [n.status for n in world.merchant.read if isinstance(n, Notice)] == ["expired"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"action": "explode"}, "action"),
        ({"duplicate": 11}, "duplicate"),
        ({"delay": -1}, "delay"),
        ({"tamper": "all"}, "tamper"),
        ({"amount": "1,5"}, "amount"),
        ({"faults": 1}, "faults"),
        ({"action": "pay"}, "which invoice"),
        ({"action": "pay", "invoice": "404"}, "no payment"),
        ({"invoice": "404", "drop": True}, "no payment"),
    ],
)
def test_a_wrong_order_says_what_is_wrong(order: dict[str, object], said: str) -> None:
    answer = World().order(**order)
    assert answer.status == 400
    assert said in json.loads(answer.body)["error"]


def test_the_control_page_takes_the_same_orders() -> None:
    world = World()
    form = {"action": "faults", "invoice": "", "duplicate": "2", "delay": "0", "order": "",
            "tamper": "", "amount": "0.01"}  # fmt: skip
    assert world.post("/control", form).headers["Location"] == "/control"
    world.pay()
    assert world.send() == 3
    assert world.post("/control", {"duplicate": "99"}).status == 400
    assert world.post("/control", form, origin="http://evil").status == 400


def test_the_log_tells_every_attempt_and_no_secret() -> None:
    world = World()
    world.merchant.failing = [_raise]
    world.pay()
    world.send()
    world.send(30)
    log = world.log()
    told = [(a["attempt"], a["http"], a["answer"], a["error"]) for a in log["attempts"]]
    assert told == [
        (1, None, "", "ConnectionRefusedError"),
        (2, 200, "INVOICE=2600000001:STATUS=OK\n", ""),
    ]
    assert json.loads(world.get("/log", invoice="1").body)["attempts"] == []
    assert "token-1" not in json.dumps(log)
    assert SECRET not in json.dumps(log)


# Its pages.


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_page_is_valid_html(language: str) -> None:
    world = World()
    paid, pending = world.start("1"), world.start("2")
    world.order(duplicate=1, standing=True)
    world.post(paid, {"action": "pay"})
    world.send()
    pages = [world.get(p, lang=language) for p in ("/", paid, pending, "/control")]
    pages.append(world.post("/", {}))
    for page in pages:
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(page.body.decode())


def test_what_there_is_not_is_not_found() -> None:
    assert [World().get(path).status for path in ("/x", "/payments/", "/payments/guess")] == [
        404,
        404,
        404,
    ]
