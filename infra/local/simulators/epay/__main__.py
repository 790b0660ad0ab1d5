"""`python -m infra.local.simulators.epay --port N --merchant-min D… --secret … --notify URL`."""

import argparse
import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit

from infra.local.simulators import web
from infra.local.simulators.epay.desk import Desk
from infra.local.simulators.epay.pages import Site
from infra.local.simulators.epay.protocol import Merchant
from infra.local.simulators.epay.sender import Sender, poster
from infra.local.simulators.epay.store import Store

NAME = "epay"


def _address(text: str) -> str:
    split = urlsplit(text)
    if split.scheme not in ("http", "https") or not split.hostname:
        raise argparse.ArgumentTypeError("not an address of HTTP")
    return text


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 1_000_000:
        raise argparse.ArgumentTypeError("more than 0, at most a million")
    return speed


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog=NAME, description="ePay.bg, simulated")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--merchant-min", required=True, help="the merchant's number")
    parser.add_argument("--secret", required=True, help="the merchant's secret")
    parser.add_argument("--merchant-name", default="Община Стара Загора")
    parser.add_argument("--notify", required=True, type=_address, help="the callback's address")
    parser.add_argument("--speed", type=_speed, default=1.0, help="of the retry schedule")
    parser.add_argument("--state", type=Path, help="JSON file; without it nothing is kept")
    parser.add_argument(
        "--order",
        choices=["callback-first", "return-first", "together"],
        default="callback-first",
        help="whether the notification or the browser arrives first",
    )
    return parser


def main() -> int:
    """Serves until SIGINT or SIGTERM; a restart goes on with what was not settled."""
    given = arguments().parse_args()
    store = Store(given.state)
    desk = Desk(store, time.time, lambda: secrets.token_urlsafe(24), given.speed, given.order)
    merchant = Merchant(given.merchant_min, given.secret, given.merchant_name)
    sender = Sender(desk, given.secret, poster(given.notify), time.time)
    site = Site(desk, merchant)
    return web.run(NAME, lambda: web.Server(site, given.port), sender.start, sender.stop)


if __name__ == "__main__":
    raise SystemExit(main())
