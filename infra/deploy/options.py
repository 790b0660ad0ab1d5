"""What a person may tell a deployment, and what a stage is refused without.

An installation is told its addresses once: what is not named again keeps its value.
"""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

DEMO = "demo"
# The deployment itself knows the other parameters. Name → what it is.
SETTABLE = {
    "RegisterUscrasp": f"address of the civil register's gateway, or {DEMO} (not on prod)",
    "EpayUrl": "where ePay.bg takes payment requests",
    "SigninUrl": "origin of the hosted sign-in page, if it has a domain of its own",
    "AlarmEmail": "the address to which alarms are mailed",
}
# Where money and people are invented.
DEMO_HOSTS = ("demo.epay.bg", "localhost", "127.0.0.1", "::1")
Values = Mapping[str, str]


class Refused(Exception):
    """The stage must not be deployed like this; the message says what to give."""


def add(parser: argparse.ArgumentParser) -> None:
    """The option `--parameter NAME=VALUE`, as often as one likes."""
    names = "; ".join(f"{name}: {about}" for name, about in SETTABLE.items())
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        type=_pair,
        help=f"kept for later deployments. {names}",
    )


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    if name not in SETTABLE:
        raise argparse.ArgumentTypeError(f"no parameter {name!r}; there are {', '.join(SETTABLE)}")
    return name, value.strip()


def settled(told: Values, before: Values, parameters: Mapping[str, Any]) -> dict[str, str]:
    """The settable parameters as they will be: as told now, else before, else by the template."""
    made = {name: str(parameters[name].get("Default", "")) for name in SETTABLE}
    return {**made, **{name: before[name] for name in SETTABLE if name in before}, **told}


def unset(values: Values) -> list[str]:
    """A line for each parameter that nobody has given, with what it is."""
    return [f"{name} is not set: {about}" for name, about in SETTABLE.items() if not values[name]]


def check(stage: str, values: Values, epay: Values) -> None:
    """Raises Refused with everything that prod lacks or has only for demonstrations.

    `epay`: the merchant's number and secret as the stage's secret will hold them.
    """
    faults = list(_faults(values, epay)) if stage == "prod" else []
    if faults:
        raise Refused("\n".join(["prod is not deployed for demonstrations:", *faults]))


def _faults(values: Values, epay: Values) -> Iterator[str]:
    for name in ("RegisterUscrasp", "EpayUrl"):
        if not _is_real(values[name]):
            given = values[name] or "nothing"
            yield f"  {name} is {given}; give --parameter {name}=https://… ({SETTABLE[name]})"
    for key, name in (("min", "EPAY_MIN"), ("secret", "EPAY_SECRET")):
        if not epay.get(key):
            yield f"  {name} is missing in the environment (the merchant's {key} at ePay.bg)"


def _is_real(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and parts.hostname not in DEMO_HOSTS
