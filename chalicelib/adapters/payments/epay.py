"""ePay.bg web payments: the form that the payer's browser carries, and the notification.

Protocol: ePay's merchant package (signed base64 block, HMAC-SHA1 over the base64 text). Arriving
at the return address proves nothing; only a notification read here does. We name the currency
and the encoding in every request, because the operator's defaults are older than the euro.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.adapters.payments import epay_notification as notification
from chalicelib.adapters.payments.lines import one_line
from chalicelib.adapters.payments.sofia import to_sofia
from chalicelib.domain.errors import Fault, Forged, Invalid
from chalicelib.domain.payments import Answer, Checkout, CheckoutRequest, Notice, Verdict

DESCRIPTION_MAX = 100
FAULT_MAX = 200
_LEAST = 2  # cents; the operator wants more than 0.01
_WORDS: dict[Verdict, str] = {"accepted": "OK", "unknown": "NO", "failed": "ERR"}
_DIGITS = re.compile(r"[0-9]{1,64}\Z")
# A customer number is digits in production; a demo one may begin with a letter.
_MERCHANT = re.compile(r"[0-9A-Za-z]{1,64}\Z")


@dataclass
class EpayOperator:
    """Implements ports.payments.PaymentOperator.

    `url` is the operator's origin with a final slash (`https://www.epay.bg/`). `page` is
    `paylogin` for the payer's ePay account, `credit_paydirect` for the card page. Raises
    ValueError for keys with which anybody could sign.
    """

    url: str
    merchant: str
    secret: str = field(repr=False)
    page: Literal["paylogin", "credit_paydirect"] = "paylogin"
    name: str = "epay"

    def __post_init__(self) -> None:
        if not _MERCHANT.match(self.merchant) or not self.secret:
            raise ValueError("ePay needs a merchant number and a secret")

    def checkout(self, request: CheckoutRequest) -> Checkout:
        """The signed form. Raises Invalid where the operator would refuse the request."""
        _refuse_unpayable(request)
        encoded = base64.b64encode(_block(self.merchant, request).encode()).decode("ascii")
        fields = {
            "PAGE": self.page,
            "ENCODED": encoded,
            "CHECKSUM": self._checksum(encoded.encode("ascii")),
            "URL_OK": request.return_url,
            "URL_CANCEL": request.cancel_url,
        }
        if self.page == "credit_paydirect":
            fields["LANG"] = request.language
        origin = self.url.rstrip("/") + "/"
        return Checkout(url=origin if request.language == "bg" else f"{origin}en/", fields=fields)

    def read(self, body: bytes) -> tuple[Notice, ...]:
        """The notices of a POST body, each once, in the operator's order.

        Raises Forged (the checksum is not of this merchant's secret) and Invalid (not a
        notification, or nothing in it is understood).
        """
        encoded, checksum = notification.form(body)
        ours = self._checksum(encoded).encode("ascii")
        if not hmac.compare_digest(ours, checksum.lower()):
            raise Forged(operator=self.name)
        return notification.notices(self.name, encoded)

    def answer(self, answers: Sequence[Answer]) -> str:
        """One line an invoice. Answer as `text/plain`, unquoted, with status 200."""
        return "".join(f"INVOICE={a.invoice}:STATUS={_WORDS[a.verdict]}\n" for a in answers)

    def fault(self, text: str) -> str:
        """The whole notification failed; the operator sends it again."""
        return f"ERR={one_line(text, FAULT_MAX)}\n"

    def _checksum(self, encoded: bytes) -> str:
        # SHA-1 is the protocol's; as an HMAC it is still sound.
        return hmac.new(self.secret.encode(), encoded, hashlib.sha1).hexdigest()


def _block(merchant: str, request: CheckoutRequest) -> str:
    lines = {
        "MIN": merchant,
        "INVOICE": request.invoice,
        "AMOUNT": request.amount.decimal,
        "CURRENCY": request.amount.currency,
        "EXP_TIME": f"{to_sofia(request.expires):%d.%m.%Y %H:%M:%S}",
        "DESCR": one_line(request.description, DESCRIPTION_MAX),
        "ENCODING": "utf-8",
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def _refuse_unpayable(request: CheckoutRequest) -> None:
    faults = (
        ("invoice", "payment.invoice", bool(_DIGITS.match(request.invoice))),
        ("amount", "payment.amount", request.amount.amount >= _LEAST),
        ("currency", "payment.currency", request.amount.currency == "EUR"),
    )
    wrong = [Fault(field=where, code=code) for where, code, right in faults if not right]
    if wrong:
        raise Invalid(wrong)
