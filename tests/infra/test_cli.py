"""The zagora command: what it says, where, and with which exit code."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import NoCredentialsError

from chalicelib.adapters.attestation.memory import MemoryAttestation
from chalicelib.adapters.services.dynamodb import DynamoServices
from chalicelib.domain.ids import CaseId, CaseNumber, ServiceCode
from chalicelib.domain.journal import SYSTEM, ExportedJournal, Head, Opening, append
from chalicelib.domain.services.compiler import PLACEHOLDERS
from infra.cli import generate, publish, verify
from infra.cli.__main__ import main
from infra.cli.places import Faulty
from infra.cli.publish import FUNCTIONS, publish_folder
from infra.cli.sources import model_files
from infra.paths import SERVICES
from tests.builders import MONDAY
from tests.ground.dynamodb import Repair
from tests.table import NAME, REGION, create_table

MODEL = (SERVICES / "permanent-address.yaml").read_text(encoding="utf-8")
FILES = model_files([SERVICES])
ROLE = "arn:aws:iam::123456789012:role/machines"
CODE = ServiceCode("permanent-address")
CASE, NUMBER = CaseId("0" * 26), CaseNumber("SZ-2026-000001-1")


@pytest.fixture
def model(tmp_path: Path) -> Callable[[str, str], Path]:
    """A copy of the model in which one thing is written otherwise."""

    def write(old: str, new: str) -> Path:
        assert MODEL.count(old) >= 1
        path = tmp_path / "permanent-address.yaml"
        path.write_text(MODEL.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def line_of(text: str) -> int:
    return MODEL[: MODEL.index(text)].count("\n") + 1


def test_the_repositorys_models_are_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "permanent-address: 6 phases, nothing wrong" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("next: issuing", "nxt: issuing", "unknown word 'nxt'; did you mean 'next'?"),
        ("next: issuing", "next: isuing", "no phase 'isuing'; did you mean 'issuing'?"),
        ("kind: human", "kind: humane", "'humane' is not a value of 'kind'; it is 'payment'"),
        ("term: 14 calendar-days", "term: 2 fortnights", "write a term as '2 working-days'"),
        ("en: Applicant", "eng: Applicant", "'en' is missing; add en:"),
        ("en: Applicant", "en: One, if any", "put the whole text into quotes: it has a comma"),
        ("term: 7 calendar-days", "title: {}", "'title' is said twice; leave one out"),
        ("template: refusal", "template: refusl", "did you mean 'refusal'?"),
        ("type: object", "type: objet", "not a JSON Schema"),
        ("audience: [citizens]", "audience: [citizens", "mind the indentation"),
        ("audience: [citizens]", "audience: &a [citizens]\nx: *a", "an alias; write it out"),
        ("service: permanent-address\n", "service: another\n", "call it 'another.yaml'"),
        ("amount: 2.56 EUR", "amount: 2.56", "write an amount as '2.56 EUR'"),
        ("term: 14 calendar-days", "term: 14", "write a term as '2 working-days'"),
    ],
)
def test_a_fault_has_its_line_and_a_hint(
    model: Callable[[str, str], Path],
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    said: str,
) -> None:
    path = model(old, new)

    assert main(["check", str(path)]) == 1

    faults = capsys.readouterr().err.splitlines()
    fault = next(fault for fault in faults if said in fault)
    file, line, _ = fault.split(":", 2)
    assert file == str(path)
    assert abs(int(line) - line_of(old)) <= 2


def test_all_faults_of_all_files_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = MODEL.replace("kind: human", "kind: humane").replace("nxt", "next")
    (tmp_path / "permanent-address.yaml").write_text(broken.replace("en: Applicant", "eng: A"))
    (tmp_path / "second.yaml").write_text("- a list")

    assert main(["check", str(tmp_path)]) == 1

    assert len(capsys.readouterr().err.splitlines()) == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "save the file as UTF-8"),
        (b"", "not a service model"),
        (b"a: " + b"b" * 1_000_001, "too large"),
        (b"service: !!python/object/apply:os.system [ls]", ":1: could not determine a constructor"),
        (b"service: !!python/name:os.system", ":1: could not determine a constructor"),
    ],
)
def test_what_is_not_a_model_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    path = tmp_path / "permanent-address.yaml"
    path.write_bytes(content)

    assert main(["check", str(path)]) == 1

    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["check"], ["draw"], ["publish"]])
def test_a_file_that_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]
) -> None:
    assert main([*arguments, str(tmp_path / "none.yaml")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_an_empty_folder_is_not_all_well(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "no models" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "words"),
    [("bg", 'p_payment -->|"Платена"| p_examination'), ("en", '|"Approval"|')],
)
def test_a_drawing_has_every_phase_and_way(
    capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main(["draw", "--language", language]) == 0
    drawn = capsys.readouterr().out
    assert drawn.startswith("flowchart TD\n")
    assert words in drawn
    assert 'p_payment -.->|"Неплатена в срок"| p_closed_unpaid' in drawn or language == "en"


def test_publishing_a_folder_twice(aws: Repair) -> None:
    create_table()
    arns = {name: f"arn:aws:lambda:{REGION}:123456789012:function:{name}" for name in PLACEHOLDERS}

    def again() -> list[tuple[int, bool]]:
        session = boto3.Session(region_name=REGION)
        made = publish_folder(session, "test", NAME, ROLE, arns, SERVICES)
        return [(one.published.version, one.changed) for one in made]

    assert again() == [(1, True)] * len(FILES)
    assert again() == [(1, False)] * len(FILES)
    current = DynamoServices(REGION).current(CODE)
    assert current.machine.endswith(":stateMachine:zagora-test-permanent-address:1")


def test_one_faulty_model_and_none_is_published(
    aws: Repair, model: Callable[[str, str], Path]
) -> None:
    path = model("next: issuing", "next: nowhere")
    with pytest.raises(Faulty):
        publish_folder(boto3.Session(region_name=REGION), "test", NAME, "r", {}, SERVICES, path)


def test_publishing_where_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publish, "ENDPOINTS", tmp_path / "none.json")
    assert main(["publish"]) == 1
    assert "start it with make run" in capsys.readouterr().err


def test_publishing_to_a_stage_that_there_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publish, "outputs", lambda stage: {})
    assert main(["publish", "--stage", "dev"]) == 1
    assert "there is no stack zagora-dev" in capsys.readouterr().err


def test_publishing_without_credentials_is_a_line_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(stage: str) -> dict[str, str]:
        raise NoCredentialsError

    monkeypatch.setattr(publish, "outputs", refuse)
    assert main(["publish", "--stage", "dev"]) == 1
    assert capsys.readouterr().err == "zagora: Unable to locate credentials\n"


def test_publishing_to_what_runs_here(
    aws: Repair,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    create_table()
    endpoints = tmp_path / "endpoints.json"
    endpoints.write_text(json.dumps({"aws": "https://aws.test", "region": REGION}))
    monkeypatch.setattr(publish, "ENDPOINTS", endpoints)
    asked: list[str | None] = []

    def outputs(stage: str) -> dict[str, str]:
        asked.append(os.environ.get("AWS_ENDPOINT_URL"))
        del os.environ["AWS_ENDPOINT_URL"]  # moto answers for AWS itself
        arns = {output: f"arn:aws:lambda:::function:{output}" for output in FUNCTIONS.values()}
        return {"TableName": NAME, "StateMachineRoleArn": ROLE, **arns}

    monkeypatch.setattr(publish, "outputs", outputs)

    assert main(["publish"]) == 0

    said = capsys.readouterr().out.splitlines()
    expected = [rf"{file.stem}: version 1 \([0-9a-f]{{12}}\), published" for file in FILES]
    assert all(re.fullmatch(*pair) for pair in zip(expected, said, strict=True))
    assert asked == ["https://aws.test"]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal as a citizen downloads it, with the keys beside it."""
    opening = Opening(salt="00" * 16, value="Мария")
    entry = append(
        Head(),
        case=CASE,
        version=1,
        at=MONDAY,
        actor=SYSTEM,
        event="filed",
        data={},
        openings={"name": opening},
    )
    attestation = MemoryAttestation()
    claims = {"case": CASE, "number": NUMBER, "head": {"seq": 1, "hash": entry.hash}}
    exported = ExportedJournal(
        case=CASE,
        number=NUMBER,
        entries=(entry,),
        openings={1: {"name": opening}},
        head=attestation.sign(claims),
    )
    (tmp_path / "keys.json").write_text(json.dumps(attestation.keys()))
    (tmp_path / "token.txt").write_text(attestation.sign({"document": "d"}) + "\n")
    path = tmp_path / "journal.json"
    path.write_text(exported.model_dump_json())
    return path


def test_a_genuine_journal_and_a_genuine_token(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(journal)]) == 0
    assert f"{NUMBER}: genuine and whole, 1 entries" in capsys.readouterr().out
    assert main(["verify", str(journal.with_name("token.txt"))]) == 0
    assert '{"document": "d"}' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [("Мария", "Иван"), ("filed", "payed"), (NUMBER, "SZ-2026-000002-1"), (CASE, "1" * 26)],
)
def test_a_journal_in_which_anything_was_changed(journal: Path, old: str, new: str) -> None:
    journal.write_text(journal.read_text().replace(old, new))
    assert main(["verify", str(journal)]) == 1


@pytest.mark.parametrize("content", ["", "{}", "a.b.c", "{", "\0"])
def test_what_is_neither_journal_nor_token(journal: Path, content: str) -> None:
    journal.write_text(content)
    assert main(["verify", str(journal)]) == 1


def test_other_keys_or_none(
    journal: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(MemoryAttestation().keys()))
    assert main(["verify", str(journal), "--keys", str(other)]) == 1
    other.write_text("[]")
    assert main(["verify", str(journal), "--keys", str(other)]) == 1
    assert "not a JWK set" in capsys.readouterr().err
    monkeypatch.setattr(verify, "ENDPOINTS", tmp_path / "none.json")
    journal.with_name("keys.json").unlink()
    assert main(["verify", str(journal)]) == 1
    assert "no keys: put the portal's" in capsys.readouterr().err


def test_generated_files_that_are_stale_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.asl.json"
    gone.touch()
    monkeypatch.setattr(generate, "MACHINES", tmp_path)
    machines = [tmp_path / f"{file.stem}.asl.json" for file in FILES]
    assert generate.stale() == [*machines, gone]
    generate.write()
    assert generate.stale() == []
    assert not gone.exists()
