"""zagora simulate and zagora draw: what they say, in which language, with which exit code."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chalicelib.domain.services.language import ServiceModel, Term
from infra.cli import progress, simulate
from infra.cli.__main__ import main
from infra.cli.administrations import calendar_of, units_of
from infra.cli.exits import UNLAWFUL, WELL
from infra.cli.lawful import Unlawful, breach_said, require_lawful
from infra.paths import SERVICES
from tests.models import permanent_address
from tests.paths import ROOT

MODEL = str(SERVICES / "permanent-address.yaml")
FEW = ["--cases", "20", "--from", "2027-01-04"]
SINCE = date(2027, 1, 4)


def unlawful() -> ServiceModel:
    """A service whose only official may take longer than the law."""
    data = permanent_address().model_dump(mode="json", exclude_none=True)
    ground = {"bg": "Закон, чл. 1", "en": "Act, art. 1"}
    data["legal_term"] = {"term": "2 working-days", "ground": ground}
    for phase in data["phases"]:
        if phase["id"] == "examination":
            phase |= {"term": "5 working-days", "terms": {}}
    return ServiceModel.model_validate(data)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bg", ["Срокове", "Разглеждане на заявлението", "обикновена", "Неплатено"]),
        ("en", ["Terms, in days", "Examination", "regular", "Civil Registration Unit"]),
    ],
)
def test_a_report_in_both_languages(
    capsys: pytest.CaptureFixture[str], language: str, words: list[str]
) -> None:
    assert main(["simulate", MODEL, *FEW, "--language", language]) == WELL
    said = capsys.readouterr()
    assert [word for word in words if word not in said.out] == []
    assert "20 cases, " in said.err
    assert " a second" in said.err


def test_the_same_seed_says_the_same_and_another_something_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def said(seed: str) -> str:
        assert main(["simulate", MODEL, *FEW, "--seed", seed]) == WELL
        return capsys.readouterr().out

    assert said("1") == said("1") != said("2")


def test_a_report_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    heirs = str(SERVICES / "heirs.yaml")
    assert main(["simulate", MODEL, heirs, *FEW, "--json"]) == WELL
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["service"] for one in reports] == ["permanent-address", "heirs"]
    assert [one["cases"] for one in reports] == [20, 20]
    assert reports[1]["breaches"][0]["rolled"] is True


def test_a_page_with_pictures_that_needs_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    models = [str(SERVICES / f"{name}.yaml") for name in ("permanent-address", "pavement-use")]
    assert main(["simulate", *models, *FEW, "--report", str(file)]) == WELL
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<svg ") == 6
    assert [word for word in ("<script", "<link", "src=", "@import") if word in page] == []


def test_a_model_that_breaks_the_law_ends_with_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(simulate, "load_all", lambda paths: [unlawful()])
    assert main(["simulate", *FEW, "--language", "en"]) == UNLAWFUL
    assert "the legal term of 2 working days (Act, art. 1) can be missed" in capsys.readouterr().out


def test_what_breaks_the_law_is_not_published() -> None:
    with pytest.raises(Unlawful, match="permanent-address: the legal term of 2 working days"):
        require_lawful([permanent_address(), unlawful()], calendar_of(), SINCE)


@pytest.mark.parametrize("file", sorted(SERVICES.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_repositorys_services_break_no_law(file: Path) -> None:
    from infra.cli.sources import load

    require_lawful([load(file)], calendar_of(), SINCE)


def test_publish_refuses_with_the_same_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(stage: str, paths: object) -> None:
        raise Unlawful("the proof")

    monkeypatch.setattr("infra.cli.publish.publish_to_stack", refuse)
    assert main(["publish"]) == UNLAWFUL
    assert capsys.readouterr().err == "the proof\n"


def test_a_proof_in_both_languages() -> None:
    from chalicelib.domain.simulation import breaches

    found = breaches(unlawful(), calendar_of(), SINCE, 1)
    promise, law = found[0], found[-1]
    assert "законовият срок от 2 раб. дни (Закон, чл. 1)" in breach_said(law, unlawful(), "bg")
    assert "обещаният срок от 2 раб. дни може" in breach_said(promise, unlawful(), "bg")
    rolled = promise.model_copy(update={"rolled": True, "allowed": Term(amount=1, unit="weeks")})
    assert breach_said(rolled, unlawful(), "en").endswith("move on to the next working day)")
    assert "the promised term of 1 week can" in breach_said(rolled, unlawful(), "en")


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("phases:\n  examinatio: {}\n", 2, "did you mean 'examination'?"),
        ("lets_pass: 2\n", 1, "less than or equal to 1"),
        ("no_such_word: 2\n", 1, "'no_such_word' is not right"),
        ("tiers:\n  fst: 1\n", 2, "did you mean 'fast'?"),
    ],
)
def test_a_faulty_profile_has_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, line: int, said: str
) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(content)
    assert main(["simulate", MODEL, *FEW, "--profile", str(file)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"{file}:{line}: ")
    assert said in error


def test_a_profile_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text("lets_pass: 0\nphases:\n  examination: {outcomes: {refuse: 0}}\n")
    arguments = ["simulate", MODEL, *FEW, "--profile", str(file), "--json"]
    assert main(arguments) == WELL
    assert json.loads(capsys.readouterr().out)["closings"] == {"issued": 20}
    assert main(["simulate", MODEL, "--profile", str(tmp_path / "none.yaml")]) == 1


@pytest.mark.parametrize("cases", ["0", "1000001", "many"])
def test_a_number_of_cases_that_there_is_not(cases: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["simulate", MODEL, "--cases", cases])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2027, 1, 3), date(2027, 1, 4)), (date(2027, 1, 4), date(2027, 1, 11))],
)
def test_a_simulation_begins_on_the_next_monday(today: date, expected: date) -> None:
    assert simulate.next_monday(today) == expected


def test_progress_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(progress.each([1, 2], ["a", "b"])) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(progress.each([1, 2], ["a", "b"])) == [1, 2]
    assert "1/2 a" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_flowchart_is_as_it_was(capsys: pytest.CaptureFixture[str], language: str) -> None:
    golden = ROOT / f"tests/data/permanent-address.{language}.mmd"
    assert main(["draw", MODEL, "--language", language]) == WELL
    assert capsys.readouterr().out == golden.read_text(encoding="utf-8") + "\n"


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [(["--as", "svg"], ".svg"), (["--gantt", "--from", "2027-01-04"], ".gantt.svg")],
)
def test_pictures_into_a_folder(tmp_path: Path, arguments: list[str], ending: str) -> None:
    into = tmp_path / "pictures"
    assert main(["draw", MODEL, *arguments, "--into", str(into)]) == WELL
    (file,) = into.iterdir()
    assert file.name == f"permanent-address{ending}"
    root = ElementTree.parse(file).getroot()  # noqa: S314 - our own picture
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert root.find("{http://www.w3.org/2000/svg}desc") is not None


def test_an_administration_that_there_is_not() -> None:
    assert main(["simulate", MODEL, *FEW, "--administration", "nowhere"]) == 1
    assert "legal" in units_of("stara-zagora")
