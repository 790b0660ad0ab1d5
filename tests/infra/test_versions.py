"""zagora diff, move and calendar --recount: what they say, and with which exit code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import NoCredentialsError

from chalicelib.adapters.services.dynamodb import DynamoServices
from chalicelib.domain.errors import Conflict
from chalicelib.domain.services.language import ServiceModel, Term, Text
from chalicelib.wiring import Wiring
from infra.cli import publish, stages
from infra.cli.__main__ import main
from infra.paths import SERVICES
from tests.ground import story
from tests.ground.dynamodb import Repair
from tests.ground.town import Town, ground, publishable
from tests.models import permanent_address, published
from tests.table import NAME, REGION, create_table

FILE = SERVICES / "permanent-address.yaml"
FEE = "Такса (обикновена, В портала): от 2,56 € на 7,00 €\n"
APPEAL = "Срок за обжалване: от 14 календарни дни на 1 месец\n"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """The certificate with another fee and another term to appeal."""
    words = FILE.read_text("utf-8").replace("2.56 EUR", "7.00 EUR")
    path = tmp_path / FILE.name
    path.write_text(words.replace("term: 14 calendar-days", "term: 1 month"), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (["--audience", "citizen"], FEE + APPEAL, 0),
        (["--audience", "official"], FEE, 0),
        (["--audience", "lawyer", "--exit-code"], FEE + APPEAL, 3),
        ([], f"[citizen, lawyer, official] {FEE}[citizen, lawyer] {APPEAL}", 0),
    ],
)
def test_a_difference_is_said_for_an_audience(
    changed: str, capsys: Said, options: list[str], said: str, code: int
) -> None:
    assert main(["diff", str(FILE), changed, *options]) == code
    assert capsys.readouterr().out == said


def test_a_difference_in_english(changed: str, capsys: Said) -> None:
    main(["diff", str(FILE), changed, "--audience", "official", "--language", "en"])
    assert capsys.readouterr().out == "Fee (regular, In the portal): from €2.56 to €7.00\n"


def test_no_difference_is_no_line(capsys: Said) -> None:
    assert main(["diff", str(FILE), str(FILE), "--exit-code"]) == 0
    assert capsys.readouterr().out == ""


@pytest.fixture
def stage(aws: Repair, monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoServices]:
    """A stage with a table, and nothing in it."""
    create_table()
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setattr(publish, "outputs", lambda stage: {"TableName": NAME})
    stages.services_of.cache_clear()
    yield DynamoServices(REGION)
    stages.services_of.cache_clear()


def test_published_versions_are_compared_by_number(stage: DynamoServices, capsys: Said) -> None:
    other = permanent_address().model_copy(update={"unit": "law"})
    stage.publish(published(version=1), after=0)
    stage.publish(published(other, version=2), after=1)
    old, new = "permanent-address@1", "permanent-address@current"
    asked = ["--stage", "test", "--exit-code", "--language", "en"]

    assert main(["diff", old, new, "--audience", "official", *asked]) == 3
    assert "Unit in charge: from “civil-registration” to “law”" in capsys.readouterr().out
    assert main(["diff", "permanent-address@2", new, *asked]) == 0
    assert main(["diff", "permanent-address@7", new, *asked]) == 1


def test_the_ports_of_a_stage_see_its_table(stage: DynamoServices) -> None:
    stage.publish(published(version=1), after=0)
    ports = stages.ports_of("dev", "stara-zagora")
    assert isinstance(ports, Wiring)
    assert [one.version for one in ports.services.all_current()] == [1]


def test_a_stage_that_does_not_answer_is_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def refuse(stage: str) -> dict[str, str]:
        raise NoCredentialsError

    monkeypatch.setattr(publish, "outputs", refuse)
    stages.services_of.cache_clear()
    assert main(["diff", str(FILE), "permanent-address@1", "--stage", "dev"]) == 1
    assert capsys.readouterr().err == "zagora: Unable to locate credentials\n"


def version(number: int, **changes: object) -> ServiceModel:
    """The service with an answer a day earlier, and more changes."""
    term = Term.model_validate("1 working-day")
    model = publishable(number).model
    fees = tuple(fee.model_copy(update={"term": term}) for fee in model.fees)
    return model.model_copy(update={"fees": fees, **changes})


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town with two cases, one of them paid; version 2 is faster, 3 is another unit's."""
    with ground() as base, base.town() as town:
        for key in ("a", "b"):
            town.submit(key)
        town.settle()
        story.pay(story.Story(town, number=town.acknowledged["a"]))
        for number, changes in ((2, {}), (3, {"unit": "law"})):
            made = publishable(number).model_copy(update={"model": version(number, **changes)})
            town.ports.services.publish(made, after=number - 1)
            town.machines.definitions[made.machine] = made.definition
        monkeypatch.setattr(stages, "ports_of", lambda stage, administration: town.ports)
        monkeypatch.setattr(stages, "now", town.clock)
        yield town


def versions(town: Town) -> list[int]:
    return [town.case(town.acknowledged[key]).model_version for key in ("a", "b")]


def test_moving_there_and_back_by_command(town: Town, capsys: Said) -> None:
    move = ["move", "permanent-address", "--from", "1", "--to", "2", "--language", "en"]

    assert main([*move, "--dry-run"]) == 0
    dry = capsys.readouterr().out
    number = re.escape(town.acknowledged["a"])
    assert re.search(rf"{number}: can move – its due date comes earlier.*due 2026-11-25", dry)
    assert dry.endswith("can move: 2\n")
    assert versions(town) == [1, 1]

    assert main(move) == 0
    said = capsys.readouterr().out
    batch = said.split()[1]
    assert said.count(": moved – ") == 2
    assert versions(town) == [2, 2]
    assert main([*move, "--batch", batch]) == 0
    assert capsys.readouterr().out.endswith("–\n"), "nothing is left to do"

    town.settle()
    assert main(["move", "permanent-address", "--undo", batch]) == 0
    assert capsys.readouterr().out.count(": върната – ") == 2
    assert versions(town) == [1, 1]


def test_cases_that_must_not_move_are_said_in_the_exit_code(town: Town, capsys: Said) -> None:
    assert main(["move", "permanent-address", "--to", "3", "--dry-run"]) == 4
    assert "не бива да се мести – там отговаря друго звено" in capsys.readouterr().out
    assert main(["move", "permanent-address", "--to", "3"]) == 4
    assert versions(town) == [1, 1]


@pytest.mark.parametrize(
    "options",
    [
        ["permanent-address"],
        ["permanent-address", "--to", "9"],
        ["permanent-address", "--to", "9", "--dry-run"],
        ["permanent-address", "--undo", "no-such-batch"],
        ["permanent-address", "--to", "2", "--batch", "no-such-batch"],
    ],
)
def test_orders_that_cannot_be(town: Town, options: list[str], capsys: Said) -> None:
    assert main(["move", *options]) == 1
    assert capsys.readouterr().err.startswith("zagora: ")
    assert versions(town) == [1, 1]


def test_a_batch_is_one_order(town: Town, capsys: Said) -> None:
    main(["move", "permanent-address", "--to", "2"])
    batch = capsys.readouterr().out.split()[1]
    assert main(["move", "permanent-address", "--to", "3", "--batch", batch]) == 1
    assert main(["move", "another-service", "--undo", batch]) == 1
    assert versions(town) == [2, 2]


def test_a_changed_calendar_is_weighed_by_command(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    case = town.case(town.acknowledged["a"])
    assert case.due is not None
    off = {case.due.deadline.date: Text(bg="Ден на траур", en="A day of mourning")}
    changed = town.ports.calendar.model_copy(update={"version": "new", "days_off": off})
    monkeypatch.setitem(town.ports.__dict__, "calendar", changed)

    assert main(["calendar", "--recount", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert f"{case.number}: stays due {case.due.deadline.date}, as was promised\n" in said
    assert said.endswith("1 cases would end on another day\n")
    assert main(["calendar", "--recount", "--language", "en"]) == 0
    assert capsys.readouterr().out.endswith("0 cases would end on another day\n")


def test_whoever_publishes_second_is_told_who_was_first(
    monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    def conflict(stage: str, paths: object) -> None:
        facts = {"version": 2, "digest": "abc", "by": "Петър", "at": "2026-11-23"}
        raise Conflict("published-meanwhile", service="permanent-address", **facts)

    monkeypatch.setattr(publish, "publish_to_stack", conflict)

    assert main(["publish"]) == 1
    assert "Петър has just published version 2 (abc, 2026-11-23)" in capsys.readouterr().err
