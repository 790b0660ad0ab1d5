"""ePay.bg by its own protocol: vectors, times, hostile bodies, and no forgery."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.payments.epay import EpayOperator
from chalicelib.adapters.payments.epay_notification import MAX_BODY
from chalicelib.domain.errors import Forged, Invalid
from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import Money
from chalicelib.domain.payments import Answer, CheckoutRequest, Notice

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "epay.json").read_text(encoding="utf-8"))
NOTIFICATION = VECTORS["epay_notification"]
SECRET = NOTIFICATION["secret"]
EPAY = EpayOperator(url="https://demo.epay.bg/", merchant="1000000000", secret=SECRET)
# 22:59:59 UTC on that day is 23:59:59 in Sofia, one hour earlier in summer.
NEW_YEAR = datetime(2026, 12, 31, 21, 59, 59, tzinfo=UTC)


REQUEST: dict[str, object] = {
    "invoice": "202600001",
    "amount": Money(amount=2280),
    "description": "Такса битови отпадъци 2026",
    "language": "bg",
    "expires": NEW_YEAR,
    "return_url": "http://localhost:8000/bg/cases/X/payment",
    "cancel_url": "http://localhost:8000/bg/cases/X",
}


def request(**changes: object) -> CheckoutRequest:
    return CheckoutRequest.model_validate({**REQUEST, **changes})


def sign(encoded: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), encoded, hashlib.sha1).hexdigest()


def body(text: str | bytes, secret: str = SECRET) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    encoded = base64.b64encode(raw)
    fields = {"encoded": encoded.decode(), "checksum": sign(encoded, secret)}
    return urlencode(fields).encode()


def block(checkout_fields: dict[str, str]) -> str:
    return base64.b64decode(checkout_fields["ENCODED"]).decode()


def line(checkout_fields: dict[str, str], name: str) -> str:
    lines = dict(row.split("=", 1) for row in block(checkout_fields).splitlines())
    return lines[name]


# The published and the computed vectors.


@pytest.mark.parametrize("name", [n for n, v in VECTORS.items() if "encoded" in v])
def test_the_checksum_of_every_vector(name: str) -> None:
    vector = VECTORS[name]
    assert base64.b64encode(vector["plain"].encode(vector["charset"])) == vector["encoded"].encode()
    operator = EpayOperator(url="https://x/", merchant="1", secret=vector["secret"])
    assert operator._checksum(vector["encoded"].encode()) == vector["checksum"]


def test_the_published_checksum_of_a_message() -> None:
    vector = VECTORS["epay_public_node_utils"]
    operator = EpayOperator(url="https://x/", merchant="1", secret=vector["secret"])
    assert operator._checksum(b"test-message") == vector["hmac_of_test-message"]


def test_our_request_is_the_vector_to_the_byte() -> None:
    fields = EPAY.checkout(request()).fields
    vector = VECTORS["epay_web_utf8"]
    assert block(fields) == vector["plain"]
    assert fields["ENCODED"] == vector["encoded"]
    assert fields["CHECKSUM"] == vector["checksum"]


def test_the_vector_of_a_notification_is_read_and_answered() -> None:
    sent = {"encoded": NOTIFICATION["encoded"], "checksum": NOTIFICATION["checksum"]}
    notices = EPAY.read(urlencode(sent).encode())
    assert notices == (
        Notice(
            operator="epay",
            invoice=Invoice("202600001"),
            status="paid",
            paid_at=datetime(2026, 1, 15, 8, 30, tzinfo=UTC),
            reference="036257/036257",
        ),
        Notice(operator="epay", invoice=Invoice("202600002"), status="denied"),
        Notice(operator="epay", invoice=Invoice("202600003"), status="expired"),
    )
    answers = [
        Answer(invoice=Invoice("202600001"), verdict="accepted"),
        Answer(invoice=Invoice("202600002"), verdict="accepted"),
        Answer(invoice=Invoice("202600003"), verdict="unknown"),
    ]
    assert EPAY.answer(answers) == NOTIFICATION["reply"]


# The request.


def test_the_form_goes_to_the_operator_in_the_payers_language() -> None:
    assert EPAY.checkout(request()).url == "https://demo.epay.bg/"
    assert EPAY.checkout(request(language="en")).url == "https://demo.epay.bg/en/"
    without_slash = EpayOperator(url="http://127.0.0.1:1", merchant="D1", secret="s")
    assert without_slash.checkout(request()).url == "http://127.0.0.1:1/"


def test_the_pages_of_the_operator() -> None:
    account = EPAY.checkout(request()).fields
    assert account.keys() == {"PAGE", "ENCODED", "CHECKSUM", "URL_OK", "URL_CANCEL"}
    assert account["PAGE"] == "paylogin"
    card = EpayOperator(
        url="https://x/", merchant="D1", secret="s", page="credit_paydirect"
    ).checkout(request(language="en"))
    assert (card.fields["PAGE"], card.fields["LANG"]) == ("credit_paydirect", "en")


@pytest.mark.parametrize(
    ("expires", "written", "remark"),
    [
        (NEW_YEAR, "31.12.2026 23:59:59", "winter: two hours ahead"),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), "02.07.2026 00:30:00", "summer: three hours"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29.03.2026 02:59:00", "before summer time"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29.03.2026 04:00:00", "03:xx never comes"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25.10.2026 03:30:00", "03:30 comes"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25.10.2026 03:30:00", "and comes again"),
    ],
)
def test_the_expiry_is_local_time(expires: datetime, written: str, remark: str) -> None:
    assert line(EPAY.checkout(request(expires=expires)).fields, "EXP_TIME") == written, remark


def test_an_expiry_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zone"):
        EPAY.checkout(request(expires=datetime(2026, 1, 1)))


@pytest.mark.parametrize(
    ("given_text", "sent", "remark"),
    [
        ("SZ-2026-000123-6 такса", "SZ-2026-000123-6 такса", "as it is"),
        ("a\r\nAMOUNT=0.02\nb", "a AMOUNT=0.02 b", "a line break starts no line"),
        ("a\x00\x1b[31m\x85\u2028b", "a [31m b", "control characters"),
        ("\u202eEVIL\u202c\u200b", "EVIL", "direction marks and invisible characters"),
        ("\ud800x", "x", "half a character cannot be sent"),
        ("я" * 250, "я" * 100, "cut to a hundred characters"),
        ("a" * 99 + " bcd", "a" * 99, "no space at the cut"),
        ("=:=&+%", "=:=&+%", "the protocol's own signs are only text after the first ="),
    ],
)
def test_the_description_stays_one_line(given_text: str, sent: str, remark: str) -> None:
    assert line(EPAY.checkout(request(description=given_text)).fields, "DESCR") == sent, remark


@given(st.text(st.characters(), max_size=300))
def test_no_description_changes_the_request(text: str) -> None:
    fields = EPAY.checkout(request(description=text)).fields
    rows = block(fields).split("\n")
    names = [row.partition("=")[0] for row in rows[:-1]]
    assert names == ["MIN", "INVOICE", "AMOUNT", "CURRENCY", "EXP_TIME", "DESCR", "ENCODING"]
    assert rows[-1] == ""
    assert rows[2:4] == ["AMOUNT=22.80", "CURRENCY=EUR"]
    assert len(line(fields, "DESCR")) <= 100
    assert fields["CHECKSUM"] == sign(fields["ENCODED"].encode())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"invoice": "A1"}, "invoice"),
        ({"invoice": ""}, "invoice"),
        ({"invoice": "1\n2"}, "invoice"),
        ({"invoice": "١٢"}, "invoice"),
        ({"amount": Money(amount=1)}, "amount"),
        ({"amount": Money(amount=0)}, "amount"),
        ({"amount": Money(amount=-500)}, "amount"),
        ({"amount": Money(amount=500, currency="BGN")}, "currency"),
    ],
)
def test_what_the_operator_would_refuse_is_not_sent(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        EPAY.checkout(request(**wrong))
    assert [f.field for f in refused.value.faults] == [field]


@pytest.mark.parametrize(("merchant", "secret"), [("D1", ""), ("", "s"), ("1\n2", "s"), ("Д", "s")])
def test_keys_that_anybody_has_are_refused(merchant: str, secret: str) -> None:
    with pytest.raises(ValueError, match="ePay needs"):
        EpayOperator(url="https://x/", merchant=merchant, secret=secret)


def test_the_secret_is_not_printed() -> None:
    assert SECRET not in repr(EPAY)


# The notification.


@pytest.mark.parametrize(
    ("stamp", "utc", "remark"),
    [
        ("20260115103000", datetime(2026, 1, 15, 8, 30), "winter"),
        ("20260701003000", datetime(2026, 6, 30, 21, 30), "summer, the day before in UTC"),
        ("20261025023000", datetime(2026, 10, 24, 23, 30), "before the double hour"),
        ("20261025033000", datetime(2026, 10, 25, 0, 30), "the double hour: its first coming"),
        ("20261025043000", datetime(2026, 10, 25, 2, 30), "after it"),
        ("20260329033000", datetime(2026, 3, 29, 1, 30), "the hour that never was"),
        ("20260329043000", datetime(2026, 3, 29, 1, 30), "the same moment, told rightly"),
    ],
)
def test_the_time_of_payment_becomes_utc(stamp: str, utc: datetime, remark: str) -> None:
    (notice,) = EPAY.read(body(f"INVOICE=1:STATUS=PAID:PAY_TIME={stamp}:STAN=1:BCODE=A"))
    assert notice.paid_at == utc.replace(tzinfo=UTC), remark


PAID = "INVOICE=7:STATUS=PAID:PAY_TIME=20260115103000:STAN=036257:BCODE=03A257"


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        (PAID, ("7", "paid", None, "036257/03A257"), "no final line break"),
        (PAID + "\r\n", ("7", "paid", None, "036257/03A257"), "a platform's line break"),
        (PAID + ":AMOUNT=20.5:BIN=1", ("7", "paid", 2050, "036257/03A257"), "with a discount"),
        (PAID + ":AMOUNT=0:BIN=1", ("7", "paid", 0, "036257/03A257"), "nothing was paid"),
        (PAID + ":NEW=1=2", ("7", "paid", None, "036257/03A257"), "a field we do not know"),
        ("invoice=7:Status=paid", ("7", "paid", None, ""), "names in any case, no details"),
        (" INVOICE=7 : STATUS=DENIED ", ("7", "denied", None, ""), "spaces"),
        ("\n\nINVOICE=7:STATUS=EXPIRED\n\n", ("7", "expired", None, ""), "empty lines"),
        (f"{PAID}\n{PAID}", ("7", "paid", None, "036257/03A257"), "the same line twice is once"),
        (f"{PAID}\nINVOICE=8:STATUS=MAYBE", ("7", "paid", None, "036257/03A257"), "a new status"),
        (f"{PAID}\n\x00garbage", ("7", "paid", None, "036257/03A257"), "garbage beside money"),
    ],
)
def test_what_a_line_says(
    text: str, expected: tuple[str, str, int | None, str], remark: str
) -> None:
    (notice,) = EPAY.read(body(text))
    amount = notice.amount.amount if notice.amount else None
    assert (notice.invoice, notice.status, amount, notice.reference) == expected, remark


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("", "nothing"),
        ("\n\n", "empty lines"),
        ("STATUS=PAID", "no invoice"),
        ("INVOICE=7", "no status"),
        ("INVOICE=7:STATUS=OK", "our own word"),
        ("INVOICE=:STATUS=PAID", "an empty invoice"),
        ("INVOICE=7a:STATUS=PAID", "letters"),
        ("INVOICE=٧:STATUS=PAID", "digits of another script"),
        ("INVOICE=" + "7" * 65 + ":STATUS=PAID", "too long to be one"),
        ("INVOICE=7:INVOICE=8:STATUS=PAID", "one field twice"),
        ("INVOICE=7:STATUS=DENIED:STATUS=PAID", "two statuses"),
        ("INVOICE=7:STATUS=PAID:PAY_TIME=20261301000000", "month 13"),
        ("INVOICE=7:STATUS=PAID:PAY_TIME=2026", "half a time"),
        ("INVOICE=7:STATUS=PAID:PAY_TIME=00010101000000", "before the calendar"),
        ("INVOICE=7:STATUS=PAID:PAY_TIME=20260115103061", "second 61"),
        ("INVOICE=7:STATUS=PAID:AMOUNT=1,50", "a comma"),
        ("INVOICE=7:STATUS=PAID:AMOUNT=-1", "less than nothing"),
        ("INVOICE=7:STATUS=PAID:AMOUNT=", "an empty amount"),
        ("INVOICE=7:STATUS=PAID:AMOUNT=" + "9" * 5000, "more than there is"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, remark: str) -> None:
    with pytest.raises(Invalid):
        EPAY.read(body(text))


def test_several_invoices_keep_their_order() -> None:
    text = "".join(f"INVOICE={n}:STATUS=DENIED\n" for n in range(3000, 0, -1))
    assert [n.invoice for n in EPAY.read(body(text))] == [str(n) for n in range(3000, 0, -1)]


def form(**fields: str) -> bytes:
    return "&".join(f"{n}={v}" for n, v in fields.items()).encode()


ENCODED = base64.b64encode(b"INVOICE=7:STATUS=DENIED:X=>>>???\xc3\xbf\n").decode()
CHECKSUM = sign(ENCODED.encode())


@pytest.mark.parametrize(
    ("sent", "remark"),
    [
        (form(encoded=quote(ENCODED, safe=""), checksum=CHECKSUM), "as the sample code sends"),
        (form(ENCODED=quote(ENCODED, safe=""), CHECKSUM=CHECKSUM), "in capitals"),
        (form(encoded=ENCODED, checksum=CHECKSUM), "+ and / not escaped"),
        (form(encoded=ENCODED, checksum=CHECKSUM.upper()), "the checksum in capitals"),
        (form(other="1", encoded=ENCODED, checksum=CHECKSUM), "another field beside them"),
    ],
)
def test_how_the_form_may_look(sent: bytes, remark: str) -> None:
    assert "+" in ENCODED
    assert EPAY.read(sent)[0].invoice == "7", remark


def test_wrapped_base64_is_read_if_it_was_signed_so() -> None:
    wrapped = base64.encodebytes(b"INVOICE=7:STATUS=DENIED:X=" + b"x" * 100)
    sent = urlencode({"encoded": wrapped, "checksum": sign(wrapped)}).encode()
    assert EPAY.read(sent)[0].invoice == "7"


@pytest.mark.parametrize(
    ("sent", "remark"),
    [
        (b"", "nothing"),
        (b"encoded=", "an empty field"),
        (form(checksum=CHECKSUM), "no text"),
        (form(encoded=ENCODED), "no checksum"),
        (form(encoded=ENCODED, checksum=""), "an empty checksum"),
        (form(encoded=ENCODED, ENCODED=ENCODED, checksum=CHECKSUM), "the text twice"),
        (form(encoded=ENCODED, checksum=CHECKSUM, Checksum="0"), "the checksum twice"),
        (b"\xff\xfe\x00", "not text"),
        (b"encoded=%FF%FE&checksum=%00", "escaped bytes that are no text"),
        (b"&" * 1000, "a thousand empty fields"),
        (b"a=1&" * 1000, "a thousand fields"),
        (json.dumps({"encoded": ENCODED, "checksum": CHECKSUM}).encode(), "JSON"),
        (b"encoded=" + b"A" * (MAX_BODY + 1), "too long"),
        (body(b"\xff\xfe"), "signed bytes that are no text"),
        (form(encoded="%3D%3D%3D", checksum=sign(b"===")), "signed text that is no base64"),
        (form(encoded="A", checksum=sign(b"A")), "a piece of base64"),
    ],
)
def test_what_is_not_a_notification_is_invalid(sent: bytes, remark: str) -> None:
    with pytest.raises(Invalid):
        EPAY.read(sent)


@pytest.mark.parametrize(
    ("sent", "remark"),
    [
        (body(PAID, secret="another merchant's"), "another merchant's secret"),
        (form(encoded=ENCODED, checksum="0" * 40), "a guessed checksum"),
        (form(encoded=ENCODED, checksum=CHECKSUM[:-1]), "a cut checksum"),
        (form(encoded=ENCODED, checksum=quote("ф" * 20)), "a checksum in Cyrillic"),
        (form(encoded=quote("Такса"), checksum=CHECKSUM), "a text in Cyrillic"),
        (form(encoded=ENCODED, checksum=sign(ENCODED.encode(), secret="")), "no key"),
        (b"encoded=" + b"A" * 300_000 + b"&checksum=" + b"0" * 40, "300 KB"),
        (b"encoded=A&checksum=" + b"0" * 300_000, "a checksum of 300 KB"),
        (urlencode({"encoded": "A\x00", "checksum": "\x00"}).encode(), "zero bytes"),
    ],
)
def test_what_is_not_signed_is_forged(sent: bytes, remark: str) -> None:
    with pytest.raises(Forged):
        EPAY.read(sent)


def test_a_signed_notification_of_300_kb_is_read() -> None:
    text = "".join(f"INVOICE={n}:STATUS=EXPIRED\n" for n in range(6_500))
    sent = body(text)
    assert 220_000 < len(sent) < 300_000
    assert len(EPAY.read(sent)) == 6_500


def test_one_huge_signed_line_is_read() -> None:
    (notice,) = EPAY.read(body("INVOICE=7:STATUS=PAID:STAN=" + "9" * 200_000))
    assert len(notice.reference) <= 64


@given(st.binary(max_size=400))
def test_no_body_breaks_the_reader(sent: bytes) -> None:
    with pytest.raises((Forged, Invalid)):
        EPAY.read(sent)


@given(st.binary(max_size=300))
@example(b"\x80")
@example("INVOICE=1:STATUS=PAID\u2028:PAY_TIME=1".encode())
def test_no_signed_content_breaks_the_reader(content: bytes) -> None:
    try:
        notices = EPAY.read(body(content))
    except Invalid:
        return
    assert notices


SEPARATORS = st.sampled_from([":", "=", "\n", "\r\n", " ", "INVOICE=7", "STATUS=PAID", "PAY_TIME="])


@given(st.lists(st.one_of(SEPARATORS, st.text(max_size=8)), max_size=30).map("".join))
def test_no_signed_lines_break_the_reader(text: str) -> None:
    try:
        notices = EPAY.read(body(text.encode(errors="ignore")))
    except Invalid:
        return
    assert all(n.invoice.isdigit() for n in notices)


GENUINE = body(NOTIFICATION["plain"])
MEANT = EPAY.read(GENUINE)


@settings(max_examples=4000)
@given(st.lists(st.integers(0, len(GENUINE) * 8 - 1), min_size=1, max_size=3, unique=True))
def test_no_flipped_bit_makes_other_notices(bits: list[int]) -> None:
    """A flip may change the case of a hexadecimal digit or a name: then the same is read."""
    changed = bytearray(GENUINE)
    for bit in bits:
        changed[bit // 8] ^= 1 << bit % 8
    try:
        notices = EPAY.read(bytes(changed))
    except (Forged, Invalid):
        return
    assert notices == MEANT


def test_every_single_flipped_bit() -> None:
    refused = 0
    for bit in range(len(GENUINE) * 8):
        changed = bytearray(GENUINE)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            assert EPAY.read(bytes(changed)) == MEANT
        except (Forged, Invalid):
            refused += 1
    assert refused > len(GENUINE) * 7


# The answer.


def test_a_failure_of_ours_is_said_on_one_line() -> None:
    assert EPAY.fault("bad checksum") == "ERR=bad checksum\n"
    assert EPAY.fault("a\r\nINVOICE=1:STATUS=OK") == "ERR=a INVOICE=1:STATUS=OK\n"
    assert len(EPAY.fault("x" * 9000)) < 250


def test_what_could_not_be_recorded_is_asked_again() -> None:
    failed = Answer(invoice=Invoice("7"), verdict="failed")
    assert EPAY.answer([failed]) == "INVOICE=7:STATUS=ERR\n"
    assert EPAY.answer([]) == ""
