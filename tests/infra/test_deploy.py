"""`make deploy`: what it may be told, what it keeps, and what it refuses for prod."""

import sys
from typing import Any

import boto3
import pytest

from infra.deploy import __main__ as command
from infra.deploy import changes, options, release, stack
from infra.packaging.template import resources

REGISTER, EPAY = "https://register.example/", "https://www.epay.bg/"
REAL = {"RegisterUscrasp": REGISTER, "EpayUrl": EPAY, "SigninUrl": "", "AlarmEmail": ""}
MERCHANT = {"min": "1000000000", "secret": "s"}
PARAMETERS = resources()["Parameters"]


def deploy(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["deploy", *arguments])
    return command.main()


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What would have been deployed."""
    seen: list[dict[str, str]] = []

    def note(_stage: str, parameters: dict[str, str], *_: object) -> dict[str, str]:
        seen.append(dict(parameters))
        return {}

    monkeypatch.setattr(stack, "find", lambda _stage: None)
    monkeypatch.setattr(release, "release", note)
    monkeypatch.setattr(release, "publish", lambda *_: None)
    return seen


def test_what_may_be_given_is_in_the_template_and_has_a_default() -> None:
    assert [name for name in options.SETTABLE if "Default" not in PARAMETERS[name]] == []


def test_what_is_told_counts_then_what_was_told_then_the_template() -> None:
    before = {"EpayUrl": "https://before.example/", "AlarmEmail": "a@example.bg", "Stage": "dev"}
    assert options.settled({"AlarmEmail": "b@example.bg"}, before, PARAMETERS) == {
        "RegisterUscrasp": "demo",
        "EpayUrl": "https://before.example/",
        "SigninUrl": "",
        "AlarmEmail": "b@example.bg",
    }


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"RegisterUscrasp": "demo"}, "RegisterUscrasp is demo"),
        ({"RegisterUscrasp": ""}, "RegisterUscrasp is nothing"),
        ({"RegisterUscrasp": "http://localhost:8003"}, "RegisterUscrasp"),
        ({"RegisterUscrasp": "http://register.example/"}, "RegisterUscrasp"),
        ({"EpayUrl": "https://demo.epay.bg/"}, "EpayUrl is https://demo.epay.bg/"),
        ({"EpayUrl": "https://127.0.0.1:8002/"}, "EpayUrl"),
    ],
)
def test_prod_is_refused_with_demonstration_values(changed: dict[str, str], named: str) -> None:
    with pytest.raises(options.Refused, match=named):
        options.check("prod", {**REAL, **changed}, MERCHANT)
    for stage in ("dev", "staging"):
        options.check(stage, {**REAL, **changed}, MERCHANT)


def test_prod_is_told_everything_that_is_missing_at_once() -> None:
    options.check("prod", REAL, MERCHANT)
    with pytest.raises(options.Refused) as refused:
        options.check("prod", {**REAL, "RegisterUscrasp": "demo"}, {"min": "", "secret": ""})
    for name in ("RegisterUscrasp", "EPAY_MIN", "EPAY_SECRET"):
        assert name in str(refused.value)


@pytest.mark.usefixtures("aws")
def test_prod_by_the_command_is_refused_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
    released: list[dict[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert deploy(monkeypatch, "prod") == 1
    said = capsys.readouterr().err
    assert "RegisterUscrasp is demo; give --parameter RegisterUscrasp=https://" in said
    assert "EPAY_MIN is missing" in said
    assert released == []
    assert boto3.client("secretsmanager").list_secrets()["SecretList"] == []


@pytest.mark.usefixtures("aws")
def test_the_command_passes_on_what_it_was_told_and_lists_what_is_not_set(
    monkeypatch: pytest.MonkeyPatch,
    released: list[dict[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert deploy(monkeypatch, "dev", "--parameter", f"RegisterUscrasp={REGISTER}?a=b") == 0
    assert released[0]["RegisterUscrasp"] == f"{REGISTER}?a=b"
    assert "EpayUrl" not in released[0]
    said = capsys.readouterr().out
    assert "AlarmEmail is not set" in said
    assert "RegisterUscrasp is not set" not in said


@pytest.mark.parametrize("text", ["RegisterUscrasp", "Stage=prod", "=x"])
def test_what_is_no_parameter_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        deploy(monkeypatch, "dev", "--parameter", text)
    error = capsys.readouterr().err.splitlines()[-1]
    assert "is not NAME=VALUE" in error or "no parameter" in error


class Told:
    """CloudFormation as far as one change set: it has no news, and keeps what it was told."""

    def __init__(self) -> None:
        self.parameters: list[dict[str, object]] = []

    def create_change_set(self, **told: Any) -> None:
        self.parameters = told["Parameters"]

    def delete_stack(self, **_: object) -> None:
        """Whatever never came up."""

    def get_waiter(self, _name: str) -> "Told":
        return self

    def wait(self, **_: object) -> None:
        """It is ready at once."""

    execute_change_set = delete_stack


@pytest.mark.parametrize("status", ["UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_what_is_not_told_again_keeps_its_value(
    status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert applied(status, monkeypatch) == [
        {"ParameterKey": "EpayUrl", "ParameterValue": EPAY},
        {"ParameterKey": "RegisterUscrasp", "UsePreviousValue": True},
    ]


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"])
def test_a_stack_that_never_came_up_has_no_value_to_keep(
    status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert applied(status, monkeypatch) == [{"ParameterKey": "EpayUrl", "ParameterValue": EPAY}]


def applied(status: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The parameters of a change set; `Gone` is no parameter of the template any more."""
    cloud = Told()
    monkeypatch.setattr(boto3, "client", lambda _service: cloud)
    changes.apply(
        stack.stack_name("dev"), found(status), "https://t.example", {"EpayUrl": EPAY}, PARAMETERS
    )
    return cloud.parameters


def found(status: str) -> Any:
    """A stack as CloudFormation describes it."""
    told = {"RegisterUscrasp": REGISTER, "EpayUrl": "https://before.example/", "Gone": "x"}
    return {
        "StackStatus": status,
        "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in told.items()],
    }
