"""The tutorial is true: its model, its commands, the words of its buttons and links."""

import gettext
import re
from pathlib import Path

import pytest
import yaml

from chalicelib.web.i18n import FOLDER
from tests import tutorial
from tests.paths import ROOT
from tests.tutorial import PAGE, blocks, run, save_model, steps

# What needs a running stack; tests/journeys/test_tutorial.py does it.
RUNNING = ("make run", ". .venv/bin/activate", "zagora publish", "zagora clock")
FAULTY = "zagora check build/wrong"


@pytest.mark.slow
def test_what_needs_no_stack_says_what_the_page_shows(tmp_path: Path) -> None:
    save_model(tmp_path)
    here = [step for step in steps() if not step.command.startswith(RUNNING)]
    words = {step.command.split()[1] for step in here if step.command.startswith("zagora")}
    assert words == {"check", "draw", "simulate", "diff"}
    for step in here:
        done = run(step.command, tmp_path)
        assert step.is_answered_by(done.stdout + done.stderr), (step, done)
        assert done.returncode == int(step.command == FAULTY), (step, done)


def test_something_else_would_not_do() -> None:
    step = tutorial.Step("zagora check x", ("a 1", "…", "b"))
    assert step.is_answered_by("before\na 1\nc\nb\nafter")
    assert not step.is_answered_by("b\na 1")
    assert not step.is_answered_by("a 2\nb")
    assert tutorial.Step("zagora clock", ("2026-12-02",)).is_answered_by("2027-01-05")


def test_the_model_can_be_read_by_people() -> None:
    (text,) = blocks("yaml")
    assert 100 <= len(text.splitlines()) <= 150
    assert max(map(len, text.splitlines())) <= 130


def test_every_word_in_bold_is_on_a_page() -> None:
    with (FOLDER / "bg" / "LC_MESSAGES" / "zagora.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    known = set(_texts(yaml.safe_load(blocks("yaml")[0]))) | {"Go to ePay.bg"}
    bold = re.findall(r"\*\*(.+?)\*\*", PAGE.read_text("utf-8"))
    missing = [word for word in bold if word not in known and catalogue.gettext(word) == word]
    assert bold
    assert not missing


def _texts(value: object) -> list[str]:
    """Every English text of a model."""
    if isinstance(value, dict):
        own = [str(value["en"])] if "en" in value else []
        return own + [text for inner in value.values() for text in _texts(inner)]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else []


def test_it_counts_the_services_that_there_are() -> None:
    services = list((ROOT / "stepfunctions" / "services").glob("*.yaml"))
    assert len(services) == 12
    assert "tree-permit" not in {file.stem for file in services}
