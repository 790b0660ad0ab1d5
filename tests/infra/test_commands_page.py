"""The page of the commands: every command, every option, every exit code."""

import argparse
import re

import pytest

from infra.cli import exits
from infra.cli.__main__ import make_parser
from infra.cli.commands_page import commands, page
from infra.paths import ROOT
from tests.paths import ROOT as HERE

PAGE = page(make_parser())
README = (HERE / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", commands(make_parser()), ids=lambda one: str(one.name))
def test_a_command_has_its_line_its_options_and_its_place_in_the_readme(
    command: tuple[str, str, argparse.ArgumentParser],
) -> None:
    name, about, parser = command
    assert about != "None"
    section = PAGE.partition(f"\n## zagora {name}\n")[2].partition("\n## ")[0]
    offered = set(re.findall(r"--[a-z-]+", parser.format_help())) - {"--help"}
    described = {one.split("`")[1].split()[0] for one in section.splitlines() if one[:3] == "| `"}
    assert offered <= described
    assert f"[`{name}`](#zagora-{name})" in PAGE
    assert f"[`{name}`](docs/command-line.md#zagora-{name})" in README


def test_every_option_says_what_it_means() -> None:
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            meaning = line.split(" | ", 1)[1].rstrip(" |")
            assert meaning, line
            assert not meaning.startswith("default"), line


def test_every_exit_code_is_there_once() -> None:
    codes = [value for name, value in vars(exits).items() if name.isupper()]
    assert len(codes) == 5
    for code in [*codes, 2]:
        assert len(re.findall(rf"^\| {code} \|", PAGE, re.MULTILINE)) == 1


def test_the_pipeline_uses_what_there_is() -> None:
    shown = PAGE.partition("## In a pipeline")[2].replace("\\\n", " ")
    lines = [one.split(" #")[0].split() for one in shown.splitlines() if one[:7] == "zagora "]
    assert {one[1] for one in lines} == {"check", "simulate", "publish", "diff"}
    for _, *arguments in lines:
        make_parser().parse_args(arguments)


def test_the_pages_that_are_linked_are_there() -> None:
    for file in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", file.read_text("utf-8")):
            assert (file.parent / target).exists(), (file.name, target)
