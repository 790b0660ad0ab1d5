"""What makes a stage out of a stack, in order: the secret, the stack, assets, service models."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Mapping

from infra.deploy import assets, secret, stack
from infra.packaging.build import build
from infra.paths import BUILD, ROOT, SERVICES

Say = Callable[[str], None]
Outputs = dict[str, str]


class NotPublished(Exception):
    """A service model was refused."""


def release(stage: str, parameters: Mapping[str, str], epay: dict[str, str], say: Say) -> Outputs:
    """Bring the stage to what the working tree says. May be repeated; does only what is missing."""
    BUILD.mkdir(parents=True, exist_ok=True)
    say("building the front end")
    assets.build()
    say("packaging the functions")
    built = build(stage)
    secret.prepare(stage, epay)
    wanted = {
        "Stage": stage,
        "SecretName": secret.secret_name(stage),
        "Version": built.fingerprint,
        **parameters,
    }
    outputs = stack.outputs(stage)
    if not wanted.items() <= stack.parameters(stage).items():
        outputs = stack.deploy(stage, built.template, built.bundle, wanted, say)
    secret.complete(stage, outputs)
    say("uploading what the browser loads")
    assets.upload(outputs["AssetsBucketName"])
    return outputs


def publish(stage: str, say: Say) -> None:
    """Publish the service models; an unchanged one keeps its version. Raises NotPublished."""
    if importlib.util.find_spec("infra.cli.__main__") is None:
        return
    say("publishing the service models")
    command = [sys.executable, "-m", "infra.cli", "publish", "--stage", stage, str(SERVICES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPublished((done.stdout + done.stderr).strip())
