"""`python -m infra.local.simulators.epay --port N --config FILE`, or each setting by itself.

A configuration file keeps the secret out of the list of processes.
"""

import argparse
import secrets
import sys
import time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from infra.local.simulators import web
from infra.local.simulators.epay.desk import Desk
from infra.local.simulators.epay.model import OrderOfEvents
from infra.local.simulators.epay.pages import Site
from infra.local.simulators.epay.protocol import Merchant
from infra.local.simulators.epay.sender import Sender, poster
from infra.local.simulators.epay.store import Store

NAME = "epay"


class Settings(BaseModel):
    """The JSON of the configuration file; the command line goes before it.

    `speed` divides the waits of the retry schedule; without `state` nothing is kept, except that
    a configuration file gets a state file beside it.
    """

    min: Annotated[str, Field(min_length=1)]
    secret: Annotated[str, Field(min_length=1, repr=False)]
    notify_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+\S*$")]
    merchant_name: str = "Община Стара Загора"
    speed: Annotated[float, Field(gt=0, le=1_000_000)] = 600.0
    state: Path | None = None
    order: OrderOfEvents = "callback-first"


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog=NAME, description="ePay.bg, simulated")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--config", type=Path, help="JSON with the settings below")
    parser.add_argument("--merchant-min", dest="min", help="the merchant's number")
    parser.add_argument("--secret", help="the merchant's secret")
    parser.add_argument("--notify", dest="notify_url", help="the address of the callback")
    parser.add_argument("--merchant-name")
    parser.add_argument("--speed", help="of the retry schedule, 600 times by default")
    parser.add_argument("--state", help="JSON file; a restart goes on from it")
    parser.add_argument("--order", help="callback-first, return-first or together")
    return parser


def settings(given: argparse.Namespace) -> Settings:
    """File and command line together. Raises OSError and ValidationError."""
    said = {n: v for n, v in vars(given).items() if v is not None and n not in ("port", "config")}
    if given.config is None:
        return Settings.model_validate(said)
    beside = {"state": given.config.with_name(f"{given.config.stem}-state.json")}
    written = TypeAdapter(dict[str, object]).validate_json(given.config.read_bytes())
    return Settings.model_validate(beside | written | said)


def main() -> int:
    """Serves until SIGINT or SIGTERM; a restart goes on with what was not settled."""
    given = arguments().parse_args()
    try:
        use = settings(given)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        print(f"{NAME}: {'; '.join(wrong)}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{NAME}: cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    store, token = Store(use.state), lambda: secrets.token_urlsafe(24)
    desk = Desk(store, time.time, token, use.speed, use.order)
    site = Site(desk, Merchant(use.min, use.secret, use.merchant_name))
    sender = Sender(desk, use.secret, poster(use.notify_url), time.time)
    return web.run(NAME, lambda: web.Server(site, given.port), sender.start, sender.stop)


if __name__ == "__main__":
    raise SystemExit(main())
