"""Reading an ePay.bg notification: first its form, then, once it is verified, its lines.

A line that is not understood (a new status, say) does not hold back the money of the others: it
gets no answer, so the operator sends it again, and it is logged. Where nothing is understood the
whole notification is refused.
"""

import base64
import binascii
import logging
import re
from datetime import datetime
from urllib.parse import parse_qsl

from chalicelib.adapters.payments.sofia import from_sofia
from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.ids import Invoice
from chalicelib.domain.money import parse_decimal
from chalicelib.domain.payments import Notice, NoticeStatus

MAX_BODY = 512 * 1024
_MAX_FIELDS = 32
_REFERENCE_MAX = 64
_STATUSES: dict[str, NoticeStatus] = {"PAID": "paid", "DENIED": "denied", "EXPIRED": "expired"}
_INVOICE = re.compile(r"[0-9]{1,64}\Z")
_PAY_TIME = re.compile(r"[0-9]{14}\Z")

log = logging.getLogger(__name__)


def form(body: bytes) -> tuple[bytes, bytes]:
    """The signed text and its checksum, neither of them verified. Raises Invalid.

    The names are read in any case. A sender that forgot to escape `+` is forgiven: base64 has no
    spaces. A field that comes twice is refused, because two readers could read it differently.
    """
    if len(body) > MAX_BODY:
        raise _invalid("body", "too-long")
    fields: dict[str, str] = {}
    for name, value in _pairs(body):
        if name.lower() in fields and name.lower() in ("encoded", "checksum"):
            raise _invalid(name.lower(), "repeated")
        fields[name.lower()] = value
    encoded, checksum = fields.get("encoded", ""), fields.get("checksum", "")
    if not encoded or not checksum:
        raise _invalid("body", "missing")
    return encoded.replace(" ", "+").encode(), checksum.strip().encode()


def notices(operator: str, encoded: bytes) -> tuple[Notice, ...]:
    """The notices of a verified text, each once. Raises Invalid where none is understood."""
    read = [_notice(operator, line) for line in _text(encoded).split("\n") if line.strip()]
    understood = tuple(dict.fromkeys(notice for notice in read if notice is not None))
    if not understood:
        raise _invalid("encoded", "no-notice")
    if None in read:
        log.warning("%d lines of a verified notification not understood", read.count(None))
    return understood


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        text = body.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError:  # of which UnicodeDecodeError is one
        raise _invalid("body", "not-a-form") from None


def _text(encoded: bytes) -> str:
    # Some senders wrap base64; the checksum covered the breaks, the content does not need them.
    unwrapped = encoded.replace(b"\r", b"").replace(b"\n", b"")
    try:
        return base64.b64decode(unwrapped, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        raise _invalid("encoded", "not-base64") from None


def _notice(operator: str, line: str) -> Notice | None:
    """None where the line is not understood."""
    names = [part.partition("=") for part in line.strip().split(":")]
    values = {name.strip().upper(): value.strip() for name, _, value in names}
    status = _STATUSES.get(values.get("STATUS", "").upper())
    invoice = values.get("INVOICE", "")
    if status is None or not _INVOICE.match(invoice) or len(values) != len(names):
        return None
    if status != "paid":
        return Notice(operator=operator, invoice=Invoice(invoice), status=status)
    return _paid(operator, Invoice(invoice), values)


def _paid(operator: str, invoice: Invoice, values: dict[str, str]) -> Notice | None:
    try:
        paid_at = _pay_time(values.get("PAY_TIME", ""))
        # Sent only with a discount, in the currency of the request, which is always the euro.
        amount = parse_decimal(values["AMOUNT"], "EUR") if "AMOUNT" in values else None
    except ValueError:
        return None
    reference = "/".join(values[name] for name in ("STAN", "BCODE") if values.get(name))
    return Notice(
        operator=operator,
        invoice=invoice,
        status="paid",
        paid_at=paid_at,
        reference=reference[:_REFERENCE_MAX],
        amount=amount,
    )


def _pay_time(text: str) -> datetime | None:
    """UTC; None where the operator sent none. Raises ValueError for what is not a time."""
    if not text:
        return None
    if not _PAY_TIME.match(text):
        raise ValueError("not a time")
    try:
        return from_sofia(datetime.strptime(text, "%Y%m%d%H%M%S"))  # noqa: DTZ007 - zone follows
    except OverflowError:  # the first hours of year 1
        raise ValueError("not a time") from None


def _invalid(field: str, code: str) -> Invalid:
    return Invalid([Fault(field=field, code=f"notification.{code}")])
