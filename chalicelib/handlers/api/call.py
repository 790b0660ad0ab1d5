"""One call of the machine interface: who asks, in which language, with what."""

import re
from datetime import datetime
from functools import cached_property

from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.access import Principal
from chalicelib.handlers.http import bearer
from chalicelib.handlers.json_body import M, read_json
from chalicelib.handlers.problems import Malformed
from chalicelib.ports import Ports
from chalicelib.usecases import staffing
from chalicelib.web.i18n import Language, preferred

_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_CORRELATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


class Call:
    """`now` is UTC."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.now: datetime = wiring.now()

    @cached_property
    def ports(self) -> Ports:
        """The outside world."""
        return wiring.ports()

    @cached_property
    def language(self) -> Language:
        """The caller's preference."""
        return preferred(self.header("accept-language"))

    @cached_property
    def principal(self) -> Principal:
        """Who calls, with the roles of those for whom they stand in today. Raises NotSignedIn,
        Forbidden, Busy."""
        return staffing.in_office(self.ports, bearer(self.request), self.now)

    def header(self, name: str) -> str:
        """A header; empty if it is not there."""
        return str(self.request.headers.get(name, ""))

    def query(self, name: str) -> str | None:
        """A value of the query; None if it is not there or empty."""
        asked = self.request.query_params
        return str(asked[name]) or None if asked and name in asked else None

    def body(self, model: type[M]) -> M:
        """The checked body. Raises UnsupportedType, TooLarge, Malformed, Invalid."""
        return read_json(self.request, model)

    @property
    def given_key(self) -> str | None:
        """The Idempotency-Key where one may be left out. Raises Malformed."""
        if "idempotency-key" not in self.request.headers:
            return None
        key = self.header("idempotency-key")
        if not _KEY.fullmatch(key):
            raise Malformed("idempotency-key-malformed")
        return key

    @property
    def key(self) -> str:
        """The Idempotency-Key. Raises Malformed."""
        key = self.given_key
        if key is None:
            raise Malformed("idempotency-key-required")
        return key

    @cached_property
    def correlation(self) -> str:
        """The caller's own name for what belongs together, if it is sane; else the request's."""
        given = self.header("x-correlation-id")
        if _CORRELATION.fullmatch(given):
            return given
        context = self.request.lambda_context
        own = self.request.context.get("requestId") or getattr(context, "aws_request_id", "")
        return str(own)

    def link(self, path: str) -> str:
        """An address of the machine interface: `/cases/…`."""
        return f"{self.ports.base_url}/api/v1{path}"
