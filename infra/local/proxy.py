"""A small reverse proxy that stands for CloudFront on a laptop.

`/assets/…` comes from the assets bucket, everything else from the API's stage, whose own prefix
nobody sees. Bodies pass untouched in both directions; `X-Forwarded-*` tell the API what the
browser asked for.
"""

import argparse
import contextlib
import http.client
import signal
import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

# Between two neighbours only (RFC 9110, 7.6.1); the lengths are set anew on each side.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te"}
HOP_BY_HOP |= {"trailer", "transfer-encoding", "upgrade", "content-length", "proxy-connection"}
SPOOFABLE = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port"}
LARGEST = 10 * 1024 * 1024  # what API Gateway takes
FOR_EVER = "public, max-age=31536000, immutable"  # every asset is named after its content


class Proxy(BaseHTTPRequestHandler):
    """One browser's connection."""

    protocol_version = "HTTP/1.1"
    timeout = 75
    api: ClassVar[str]
    assets: ClassVar[str]

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every method is passed on alike."""
        if name.startswith("do_"):
            return self._any_method
        raise AttributeError(name)

    def _any_method(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            self._plain(413, "Too large, or of unknown length")
            return
        body = self.rfile.read(length)
        try:
            self._pass_on(body)
        except (OSError, http.client.HTTPException) as error:
            self.close_connection = True
            self._plain(502, f"The embedded cloud does not answer: {type(error).__name__}")

    def _pass_on(self, body: bytes) -> None:
        asset = self.path.startswith("/assets/")
        target = urlsplit((self.assets if asset else self.api) + self.path)
        upstream = http.client.HTTPConnection(target.netloc, timeout=60)
        with contextlib.closing(upstream):
            path = target.path + (f"?{target.query}" if "?" in self.path else "")
            upstream.request(self.command, path, body or None, self._forwarded(asset))
            self._answer(upstream.getresponse(), asset)

    def _forwarded(self, asset: bool) -> dict[str, str]:
        if asset:
            return {"Accept-Encoding": "identity"}
        kept = {
            name: "; ".join(self.headers.get_all(name, [])) if name.lower() == "cookie" else value
            for name, value in self.headers.items()
            if name.lower() not in HOP_BY_HOP | SPOOFABLE
        }
        host = self.headers.get("Host", "")
        return kept | {
            "X-Forwarded-For": str(self.client_address[0]),
            "X-Forwarded-Host": host,
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Port": str(self.connection.getsockname()[1]),
        }

    def _answer(self, answer: http.client.HTTPResponse, asset: bool) -> None:
        content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() == "location":
                self.send_header(name, self._outside(value))
            elif name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if asset and answer.status == 200:
            self.send_header("Cache-Control", FOR_EVER)
            self.send_header("X-Content-Type-Options", "nosniff")
        length = answer.getheader("Content-Length") if self.command == "HEAD" else None
        if answer.status not in (204, 304):
            self.send_header("Content-Length", length or str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _outside(self, location: str) -> str:
        """A place in the stage as the browser knows it."""
        prefix = urlsplit(self.api).path
        if location.startswith(self.api):
            return location[len(self.api) :] or "/"
        if location == prefix or location.startswith(prefix + "/"):
            return location[len(prefix) :] or "/"
        return location

    def _plain(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response_only(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Addresses of pages are personal data here; the functions have their own logs."""


class Server(ThreadingHTTPServer):
    """Browsers open many connections at once."""

    daemon_threads = True
    request_queue_size = 128


class Server6(Server):
    """The same on the other loopback address: `localhost` may mean either."""

    address_family = socket.AF_INET6


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True, help="URL of the API's stage")
    parser.add_argument("--assets", required=True, help="URL of the assets bucket")
    given = parser.parse_args()
    Proxy.api, Proxy.assets = given.api.rstrip("/"), given.assets.rstrip("/")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = Server(("127.0.0.1", given.port), Proxy)
    with contextlib.suppress(OSError):
        other = Server6(("::1", given.port), Proxy)
        threading.Thread(target=other.serve_forever, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
