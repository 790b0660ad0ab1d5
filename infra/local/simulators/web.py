"""A small HTTP server on the loopback address, for the simulators: one function answers."""

import json
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qsl, urlsplit

MAX_BODY = 64 * 1024
_IDLE_SECONDS = 15
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Request:
    """What came in. `header` names are in lower case."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_json(self) -> bool:
        """Whether the sender says that the body is JSON."""
        return self.headers.get("content-type", "").startswith("application/json")

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a form, the last of each name. Raises ValueError."""
        text = self.body.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=64))

    @property
    def is_foreign(self) -> bool:
        """Whether a page of another origin sent it (a browser says so)."""
        origin = self.headers.get("origin")
        return origin is not None and urlsplit(origin).netloc != self.headers.get("host")


@dataclass(frozen=True)
class Response:
    """What goes out."""

    status: int
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Application = Callable[[Request], Response]


def text(status: int, body: str) -> Response:
    """Plain text."""
    return Response(status, body.encode())


def page(status: int, body: str) -> Response:
    """A page of HTML."""
    return Response(status, body.encode(), "text/html; charset=utf-8")


def jsonable(status: int, body: object, kind: str = "application/json") -> Response:
    """JSON."""
    return Response(status, json.dumps(body, ensure_ascii=False).encode(), kind)


def see_other(url: str) -> Response:
    """The browser goes on with GET."""
    return Response(303, headers={"Location": url})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    server: "_Server"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        try:
            response = self._asked()
        except OSError:  # the other side went away
            self.close_connection = True
            return
        except Exception:
            traceback.print_exc()
            response = text(500, "the simulator has a fault\n")
        with suppress(OSError):
            self._send(response)

    def _asked(self) -> Response:
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and int(length) <= MAX_BODY):
            self.close_connection = True
            return text(413, "too long\n")
        split = urlsplit(self.path)
        return self.server.application(
            Request(
                method=self.command,
                path=split.path,
                query=dict(parse_qsl(split.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(length)),
            )
        )

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.type)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in {**_SAFE, **response.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)

    def log_message(self, *_: object) -> None:
        """Silent: paths may hold what is nobody's business."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, application: Application, port: int) -> None:
        self.application = application
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:  # without the look-up of our own name
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]


class Server:
    """A server of one application. Port 0 takes a free one. Raises OSError (port in use)."""

    def __init__(self, application: Application, port: int = 0) -> None:
        self._http = _Server(application, port)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The origin with a final slash."""
        return f"http://127.0.0.1:{self._http.server_port}/"

    def start(self) -> None:
        """Answers from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answers no more; the port is free when this returns."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def _nothing() -> None:
    pass


def run(
    name: str,
    make: Callable[[], Server],
    start: Callable[[], None] = _nothing,
    stop: Callable[[], None] = _nothing,
) -> int:
    """Serves until SIGINT or SIGTERM. A port in use is one line and exit code 1.

    `start` is called once the port is ours, `stop` when nothing is answered any more.
    """
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        server = make()
    except OSError as error:
        print(f"{name}: cannot listen: {error.strerror}", file=sys.stderr)
        return 1
    start()
    server.start()
    print(f"{name}: ready at {server.url}", flush=True)
    ended.wait()
    server.stop()
    stop()
    return 0
