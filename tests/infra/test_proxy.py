"""The reverse proxy passes on what the browser sent and what the API answered, and nothing else."""

import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from infra.local.proxy import LARGEST, Proxy, Server

pytestmark = pytest.mark.loopback
STAGE = "/restapis/x/api/_user_request_"
EVERY_BYTE = bytes(range(256)) * 3


@dataclass
class Seen:
    """What arrived behind the proxy."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@dataclass
class Chain:
    """A proxy before a server that remembers."""

    seen: Seen
    port: int

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.content = answer.read()  # type: ignore[attr-defined]  # kept past the connection
        connection.close()
        return answer


@pytest.fixture
def chain() -> Iterator[Chain]:
    seen = Seen()

    class Behind(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {k.lower(): v for k, v in self.headers.items()}
            seen.requests.append((self.command, self.path, headers, body))
            self.send_response(303 if "go" in self.path else 200)
            self.send_header("Set-Cookie", "a=1; HttpOnly")
            self.send_header("Set-Cookie", "b=2; Path=/x")
            self.send_header("Location", headers.get("x-location", "/there"))
            self.send_header("Content-Length", str(len(EVERY_BYTE)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(EVERY_BYTE)

        do_GET = do_POST = do_HEAD = do_DELETE = _any  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None: ...

    behind = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    origin = f"http://127.0.0.1:{behind.server_address[1]}"

    class Configured(Proxy):
        api, assets = origin + STAGE, origin + "/bucket"

    front = Server(("127.0.0.1", 0), Configured)
    threads = [threading.Thread(target=s.serve_forever, args=(0.01,)) for s in (behind, front)]
    for thread in threads:
        thread.start()
    yield Chain(seen, int(front.server_address[1]))
    for server in (front, behind):
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    ("asked", "passed"),
    [
        ("/", f"{STAGE}/"),
        ("/cases/SZ-1?a=%D0%B0&a=2&b=", f"{STAGE}/cases/SZ-1?a=%D0%B0&a=2&b="),
        ("/a%2Fb//c?", f"{STAGE}/a%2Fb//c?"),
        ("/assets/app.css", "/bucket/assets/app.css"),
        ("/assetsx", f"{STAGE}/assetsx"),
        ("//evil.example/", f"{STAGE}/evil.example/"),
        ("/@evil.example/", f"{STAGE}/@evil.example/"),
    ],
)
def test_paths_pass_unchanged(chain: Chain, asked: str, passed: str) -> None:
    chain.ask("GET", asked)
    assert chain.seen.requests[0][1] == passed


def test_bodies_are_bytes_both_ways(chain: Chain) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "a=1; b=2"}
    answer = chain.ask("POST", "/form", EVERY_BYTE, kind)
    method, _, headers, body = chain.seen.requests[0]
    assert (method, body, answer.content) == ("POST", EVERY_BYTE, EVERY_BYTE)  # type: ignore[attr-defined]
    assert headers["content-type"] == kind["Content-Type"]
    assert headers["cookie"] == "a=1; b=2"


def test_both_cookies_arrive(chain: Chain) -> None:
    answer = chain.ask("GET", "/")
    assert answer.msg.get_all("Set-Cookie") == ["a=1; HttpOnly", "b=2; Path=/x"]


@pytest.mark.parametrize(
    ("location", "outside"),
    [
        (f"{STAGE}/there?x=1", "/there?x=1"),
        (STAGE, "/"),
        ("/there", "/there"),
        (f"{STAGE}x/there", f"{STAGE}x/there"),
        ("https://pay.example/", "https://pay.example/"),
    ],
)
def test_location_never_shows_the_stage(chain: Chain, location: str, outside: str) -> None:
    answer = chain.ask("GET", "/go", headers={"X-Location": location})
    assert (answer.status, answer.getheader("Location")) == (303, outside)


def test_nobody_forges_where_they_come_from(chain: Chain) -> None:
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "Host": "localhost:1"}
    chain.ask("GET", "/", headers=forged)
    headers = chain.seen.requests[0][2]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["x-forwarded-host"] == headers["host"] == "localhost:1"


def test_assets_get_no_cookies_and_stay_for_ever(chain: Chain) -> None:
    answer = chain.ask("GET", "/assets/app.css", headers={"Cookie": "session=1"})
    assert "cookie" not in chain.seen.requests[0][2]
    assert "immutable" in (answer.getheader("Cache-Control") or "")


def test_head_has_the_length_and_no_body(chain: Chain) -> None:
    answer = chain.ask("HEAD", "/assets/app.css")
    assert answer.getheader("Content-Length") == str(len(EVERY_BYTE))
    assert answer.content == b""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "headers",
    [{"Content-Length": str(LARGEST + 1)}, {"Transfer-Encoding": "chunked"}],
    ids=["too large", "of unknown length"],
)
def test_too_much_is_refused_before_it_is_read(chain: Chain, headers: dict[str, str]) -> None:
    answer = chain.ask("POST", "/", headers=headers)
    assert answer.status == 413
    assert chain.seen.requests == []


def test_nobody_behind_is_said(chain: Chain) -> None:
    class Lonely(Proxy):
        api = assets = "http://127.0.0.1:9"

    server = Server(("127.0.0.1", 0), Lonely)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    answer = Chain(chain.seen, int(server.server_address[1])).ask("GET", "/")
    server.shutdown()
    server.server_close()
    thread.join()
    assert answer.status == 502
