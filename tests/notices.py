"""ePay.bg's notifications, as the operator signs them."""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from tests.world import SECRET


def epay_body(line: str, *, paid: bool = True, secret: str = SECRET) -> bytes:
    """The form that ePay posts about one invoice."""
    stamp = ":PAY_TIME=20261123103000:STAN=036257:BCODE=036257" if paid else ""
    encoded = base64.b64encode(f"{line}{stamp}\n".encode()).decode()
    checksum = hmac.new(secret.encode(), encoded.encode(), hashlib.sha1).hexdigest()
    return urlencode({"encoded": encoded, "checksum": checksum}).encode()
