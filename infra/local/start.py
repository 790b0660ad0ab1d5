"""Brings one stack up, part by part, and says what it is doing."""

import importlib.util
import json
import time
from dataclasses import dataclass, field

import boto3

from infra.cli.staff import take_over
from infra.cli.stages import ports_of
from infra.deploy.release import Outputs, publish, release
from infra.local import embedded, merchants
from infra.local import people as demo
from infra.local.parts import Parts
from infra.local.people import Person
from infra.local.ports import Ports
from infra.paths import LOCAL

STAGE = "local"


@dataclass
class Stack:
    """A running stack and where it answers."""

    ports: Ports
    parts: Parts = field(default_factory=Parts)
    began: float = field(default_factory=time.monotonic)
    simulators: dict[str, str] = field(default_factory=dict)
    outputs: Outputs = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def portal(self) -> str:
        """The portal's origin."""
        return f"http://localhost:{self.ports.portal}"

    @property
    def cloud(self) -> str:
        """The embedded cloud's origin."""
        return embedded.address(self.ports.cloud)

    def say(self, text: str) -> None:
        """One line of progress."""
        print(f"{time.monotonic() - self.began:6.1f} s  {text}", flush=True)


def start(stack: Stack) -> None:
    """Start everything. Whoever calls stops `stack.parts`, also when this raises."""
    again = embedded.has_data()
    stack.say("starting the embedded cloud" + (" with the data of last time" if again else ""))
    embedded.use(stack.ports.cloud)
    cloud = embedded.start(stack.parts, stack.ports.cloud)
    _start_simulators(stack)
    embedded.await_ready(cloud, f"{stack.cloud}/_ministack/health")
    epay = merchants.merchants()["epay"]
    stack.outputs = release(STAGE, _parameters(stack), epay, stack.say)
    _start_proxy(stack)
    publish(STAGE, stack.say)
    stack.people = demo.make(stack.outputs["UserPoolId"])
    take_over(ports_of(STAGE, "stara-zagora"), stack.outputs["UserPoolId"])
    if again:
        stack.say("taking up open cases")
        _reconcile(stack)


def _parameters(stack: Stack) -> dict[str, str]:
    given = {"BaseUrl": stack.portal, "AssetsUrl": "/assets", "SigninUrl": stack.cloud}
    if "epay" in stack.simulators:
        given["EpayUrl"] = stack.simulators["epay"] + "/"
    if "uscrasp" in stack.simulators:
        given["RegisterUscrasp"] = stack.simulators["uscrasp"]
    return given


def _start_simulators(stack: Stack) -> None:
    config = LOCAL / "epay.json"
    config.touch(mode=0o600)
    notify = {"notify_url": f"{stack.portal}/callbacks/epay"}
    config.write_text(json.dumps(merchants.merchants()["epay"] | notify))
    _simulate(stack, "epay", stack.ports.epay, "--config", str(config))
    _simulate(stack, "uscrasp", stack.ports.uscrasp)


def _simulate(stack: Stack, name: str, port: int, *arguments: str) -> None:
    module = f"infra.local.simulators.{name}"
    spec = importlib.util.find_spec(module)
    if spec is None or (spec.submodule_search_locations and not _runs(module)):
        return
    stack.parts.start(f"The simulator {name}", module, "--port", str(port), *arguments)
    stack.simulators[name] = f"http://localhost:{port}"


def _runs(package: str) -> bool:
    return importlib.util.find_spec(f"{package}.__main__") is not None


def _start_proxy(stack: Stack) -> None:
    api = f"{stack.cloud}/restapis/{stack.outputs['RestAPIId']}/api/_user_request_"
    assets = f"{stack.cloud}/{stack.outputs['AssetsBucketName']}"
    arguments = ("--port", str(stack.ports.portal), "--api", api, "--assets", assets)
    proxy = stack.parts.start("The reverse proxy", "infra.local.proxy", *arguments)
    embedded.await_ready(proxy, f"{stack.portal}/health")


def _reconcile(stack: Stack) -> None:
    """Executions do not survive the embedded cloud; the cases do."""
    boto3.client("lambda").invoke(
        FunctionName=stack.outputs["ReconcileName"], Payload=json.dumps({"all": True}).encode()
    )
