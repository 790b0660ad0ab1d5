"""The operator's side of the ePay.bg protocol: what it takes, signs and understands."""

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")
DESCRIPTION_MAX = 100
_AMOUNT = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?\Z")
_EXPIRY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?\Z", re.ASCII)


class Rejected(Exception):
    """The operator does not take the request; `reason` is a key of the texts."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Merchant:
    """Who may ask for payments here."""

    min: str
    secret: str
    name: str


@dataclass(frozen=True)
class Order:
    """A request that was verified. `expires` is seconds since 1970."""

    invoice: str
    cents: int
    currency: str
    description: str
    expires: float
    url_ok: str
    url_cancel: str


def checksum(secret: str, encoded: str) -> str:
    """HMAC-SHA1 over the base64 text, in lower case."""
    return hmac.new(secret.encode(), encoded.encode(), hashlib.sha1).hexdigest()


def verified(fields: dict[str, str], merchant: Merchant, now: float) -> Order:
    """The order in a merchant's form. Raises Rejected."""
    form = {name.upper(): value for name, value in fields.items()}
    if form.get("PAGE") not in ("paylogin", "credit_paydirect"):
        raise Rejected("page")
    encoded = form.get("ENCODED", "")
    lines = _lines(encoded, form.get("ENCODING", ""))
    if lines.get("MIN") != merchant.min:
        raise Rejected("merchant")
    ours, theirs = checksum(merchant.secret, encoded), form.get("CHECKSUM", "").lower()
    if not hmac.compare_digest(ours.encode(), theirs.encode()):
        raise Rejected("checksum")
    urls = [_address(form.get(name, "")) for name in ("URL_OK", "URL_CANCEL")]
    return Order(
        invoice=_invoice(lines),
        cents=_cents(lines.get("AMOUNT", "")),
        currency=_currency(lines),
        description=_description(lines),
        expires=_expires(lines.get("EXP_TIME", ""), now),
        url_ok=urls[0],
        url_cancel=urls[1],
    )


def signed(secret: str, line: str) -> tuple[str, str]:
    """The encoded text and its checksum of a notification of one line."""
    encoded = base64.b64encode(f"{line}\n".encode()).decode()
    return encoded, checksum(secret, encoded)


def form_body(encoded: str, signature: str) -> bytes:
    """The body of a notification."""
    return urlencode({"encoded": encoded, "checksum": signature}).encode()


def is_settled(answer: str, invoice: str) -> bool:
    """Whether the merchant's answer ends the repetition for this invoice (OK or NO)."""
    for line in answer.splitlines():
        parts = dict(part.partition("=")[::2] for part in line.strip().split(":"))
        if parts.get("INVOICE") == invoice:
            return parts.get("STATUS") in ("OK", "NO")
    return False


def stamp(now: float) -> str:
    """PAY_TIME: local time in Sofia."""
    return f"{datetime.fromtimestamp(now, UTC).astimezone(SOFIA):%Y%m%d%H%M%S}"


def _lines(encoded: str, encoding: str) -> dict[str, str]:
    try:
        raw = base64.b64decode(encoded.encode("ascii"), validate=True)
        named = "utf-8" if b"ENCODING=utf-8" in raw or encoding.lower() == "utf-8" else "cp1251"
        block = raw.decode(named)
    except (binascii.Error, ValueError):
        raise Rejected("encoded") from None
    lines: dict[str, str] = {}
    for row in filter(None, block.split("\n")):
        name, _, value = row.partition("=")
        if name in lines and name != "DISCOUNT":
            raise Rejected("encoded")
        lines[name] = value
    return lines


def _invoice(lines: dict[str, str]) -> str:
    invoice = lines.get("INVOICE", "")
    if not re.fullmatch(r"[0-9]{1,20}", invoice):
        raise Rejected("bad-invoice")
    return invoice


def _cents(text: str) -> int:
    match = _AMOUNT.match(text)
    cents = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if cents <= 1:
        raise Rejected("bad-amount")
    return cents


def _currency(lines: dict[str, str]) -> str:
    """The default of the real operator is unknown since the euro came, so none is taken here."""
    if lines.get("CURRENCY") != "EUR":
        raise Rejected("currency")
    return "EUR"


def _description(lines: dict[str, str]) -> str:
    description = lines.get("DESCR", "")
    if len(description) > DESCRIPTION_MAX or not description.isprintable():
        raise Rejected("description")
    return description


def _expires(text: str, now: float) -> float:
    """Without a time of day the whole day counts."""
    match = _EXPIRY.match(text)
    if not match:
        raise Rejected("expiry")
    day, month, year, hour, minute, second = match.groups()
    clock = (int(hour), int(minute), int(second or 0)) if hour else (23, 59, 59)
    try:
        local = datetime(int(year), int(month), int(day), *clock, tzinfo=SOFIA)
    except ValueError:
        raise Rejected("expiry") from None
    if local.timestamp() <= now:
        raise Rejected("past")
    return local.timestamp()


def _address(url: str) -> str:
    split = urlsplit(url)
    if url and (split.scheme not in ("http", "https") or not split.netloc or not url.isprintable()):
        raise Rejected("address")
    return url
