"""The population register over HTTP: the reading part of our civil registry contract.

One POST a question, so that no personal number is ever in an address or an access log. Whatever
goes wrong is RegisterUnavailable and says nothing of the person; an answer about somebody else is
never used. No redirects, no proxies; the body is bounded in size and in time.
"""

import json
import re
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from chalicelib.adapters.population.wire import WirePerson
from chalicelib.domain.errors import NotFound, RegisterUnavailable
from chalicelib.domain.population import CallContext, PopulationRecord

MAX_BODY = 256 * 1024
_CHUNK = 16 * 1024
_TEN_DIGITS = re.compile(r"[0-9]{10}\Z")
_REGISTER = "uscrasp"


class HttpPopulation:
    """Implements ports.population.Population.

    `timeout` is in seconds, for each silence and for the whole body. Raises ValueError for an
    address that is not HTTP.
    """

    def __init__(self, url: str, timeout: float = 8.0) -> None:
        split = urlsplit(url)
        if split.scheme not in ("http", "https") or not split.hostname:
            raise ValueError("the register's address is not one of HTTP")
        self._secure, self._host, self._port = split.scheme == "https", split.hostname, split.port
        self._path = f"{split.path.rstrip('/')}/persons/search"
        self._timeout = timeout

    def permanent_address(self, egn: str, context: CallContext) -> PopulationRecord:
        """See the port. What cannot be a number is not asked for."""
        if not _TEN_DIGITS.match(egn):
            raise NotFound(register=_REGISTER)
        try:
            status, body = self._post(_question(egn, context))
        except (OSError, HTTPException) as error:
            raise _unavailable(type(error).__name__) from None
        if status == 404:
            raise NotFound(register=_REGISTER)
        if status != 200:
            raise RegisterUnavailable(register=_REGISTER, reason="status", status=status)
        return _person(egn, body).record()

    def _post(self, question: bytes) -> tuple[int, bytes]:
        until = time.monotonic() + self._timeout
        kind = HTTPSConnection if self._secure else HTTPConnection
        with closing(kind(self._host, self._port, timeout=self._timeout)) as connection:
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            connection.request("POST", self._path, question, headers)
            response = connection.getresponse()
            return response.status, _bounded(response, until)


def _bounded(response: HTTPResponse, until: float) -> bytes:
    """The body. Raises OSError for one that is too long or comes too slowly."""
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > MAX_BODY or time.monotonic() > until:
            raise TimeoutError
    return bytes(body)


def _question(egn: str, context: CallContext) -> bytes:
    asked = {
        "idType": "EGN",
        "id": egn,
        "lawReason": context.legal_ground,
        "caseNumber": context.case_number,
        "include": ["ADDRESSES"],
    }
    return json.dumps(asked, ensure_ascii=False).encode()


def _person(egn: str, body: bytes) -> WirePerson:
    # What pydantic says of a wrong value holds the value: it goes no further.
    try:
        person = WirePerson.model_validate(json.loads(body))
    except (ValueError, RecursionError):
        raise _unavailable("malformed") from None
    if person.id.type != "EGN" or person.id.value != egn:
        raise _unavailable("wrong-person")
    return person


def _unavailable(reason: str) -> RegisterUnavailable:
    return RegisterUnavailable(register=_REGISTER, reason=reason)
