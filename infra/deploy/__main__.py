"""`make deploy STAGE=dev`: the working tree to AWS, or wherever AWS_ENDPOINT_URL points."""

import argparse
import os
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy import options, release, secret, stack
from infra.deploy.assets import NotBuilt
from infra.deploy.changes import NotDeployed
from infra.packaging.template import resources
from infra.packaging.vendor import Unbuildable

STAGES = ("dev", "staging", "prod")
# What the portal's address is not known for before CloudFront has given it one.
LATER = "https://portal.invalid"
FAILURES = (
    options.Refused,
    release.NotPublished,
    NotDeployed,
    NotBuilt,
    Unbuildable,
    BotoCoreError,
    ClientError,
)


def main() -> int:
    """Deploy; 0 if all is well."""
    parser = argparse.ArgumentParser(prog="make deploy", description=__doc__)
    parser.add_argument("stage", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    parser.add_argument("--base-url", default="", help="public origin; default: CloudFront's own")
    options.add(parser)
    given = parser.parse_args()
    try:
        _deploy(given.stage, given.base_url, dict(given.parameter))
    except FAILURES as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _deploy(stage: str, base_url: str, told: dict[str, str]) -> None:
    epay = {"min": os.environ.get("EPAY_MIN", ""), "secret": os.environ.get("EPAY_SECRET", "")}
    before = stack.given_before(stage)
    values = options.settled(told, before, resources()["Parameters"])
    options.check(stage, values, secret.epay(stage, epay))
    for line in options.unset(values):
        _say(line)
    base_url = base_url or before.get("BaseUrl", LATER)
    parameters = {"BaseUrl": base_url, "AssetsUrl": "/assets", **told}
    outputs = release.release(stage, parameters, epay, _say)
    if base_url == LATER and outputs.get("FrontDomain"):
        # The functions' environment cannot name the distribution that stands before them.
        parameters["BaseUrl"] = f"https://{outputs['FrontDomain']}"
        outputs = release.release(stage, parameters, epay, _say)
    release.publish(stage, _say)
    _say(f"deployed: {parameters['BaseUrl']}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
