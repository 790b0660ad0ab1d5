"""Files that are no models, or would be too much of one: a clear line, exit code 1, and soon."""

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.__main__ import main
from infra.cli.places import Faulty
from infra.cli.sources import load
from infra.paths import SERVICES

MODEL = (SERVICES / "permanent-address.yaml").read_text(encoding="utf-8")
NAME = "permanent-address.yaml"
SOON = 20  # seconds, on a slow machine with other work
Check = Callable[[str | bytes], list[str]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Checks a file with this content; gives the lines of the answer, without the file's name."""

    def run(content: str | bytes) -> list[str]:
        path = tmp_path / NAME
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        began = time.monotonic()
        code = main(["check", str(path)])
        assert time.monotonic() - began < SOON
        said = capsys.readouterr()
        assert (code, said.out) == (1, "")
        lines = said.err.splitlines()
        assert all(line.isprintable() and len(line) < 1000 for line in lines)
        return [line.removeprefix(f"{path}:") for line in lines]

    return run


def line_of(text: str) -> int:
    return MODEL[: MODEL.index(text)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert old in MODEL
    return MODEL.replace(old, new, 1)


def many_phases(number: int) -> str:
    one = "  - {{id: p-{0}, kind: delivery, title: {{bg: Едно, en: One}}, outcomes: {{delivered: {{title: {{bg: Да, en: Aye}}, next: p-{1}}}}}}}\n"  # noqa: E501
    added = "".join(one.format(index, index + 1) for index in range(number))
    return changed("\nresults:\n", f"\n{added}\nresults:\n")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join(['*' + before] * 9)}]\n"
    for before, after in zip("abcdefghij", "bcdefghijk", strict=True)
)
AUDIENCE = line_of("audience:")
ROWS: list[tuple[str | bytes, str, str]] = [
    (changed("audience: [citizens]", "audience: [citizens"), f"{AUDIENCE + 1}: ", "not closed"),
    (
        changed("audience: [citizens]", "audience:\n\t- citizens"),
        f"{AUDIENCE + 1}: found character '\\t' that cannot start any token",
        "a tab; indent with spaces, not with tabs",
    ),
    (
        changed("audience: [citizens]", "audience: [citizens]\nservice: again"),
        f"{AUDIENCE + 1}: 'service' is said twice; leave one out",
        "a word said twice",
    ),
    (
        changed("audience: [citizens]", "audience: [citizens]\ncolour: red"),
        f"{AUDIENCE + 1}: unknown word 'colour'; ",
        "an unknown word",
    ),
    (
        changed("audience: [citizens]", "audience: &a [*a]"),
        f"{AUDIENCE}: an alias; write it out",
        "a circle",
    ),
    (changed("audience: [citizens]", "x: &a {y: {z: *a}}"), f"{AUDIENCE}: an alias", "a circle"),
    (BOMB, "1: an alias; write it out: models are read without jumping", "a bomb of aliases"),
    (many_phases(1000), f"{line_of('phases:')}: 1006 phases, and at most 200 are possible", ""),
    (MODEL.encode("cp1251"), "2: not readable; save the file as UTF-8 text", "not UTF-8"),
    (MODEL.encode("utf-16"), "1: not readable; save the file as UTF-8 text", "not UTF-8"),
    (b"service: a\n\xff\n", "2: not readable", "not UTF-8"),
    (MODEL + "#" * 10_000_000, "1: too large: 10,0", "10 MB"),
    (f"{MODEL}deep: {'[' * 5000}{']' * 5000}", ": nested too deeply; models are at most", "deep"),
    (f"{MODEL}deep: {'[' * 60}{']' * 60}", ": nested too deeply", "not so deep"),
    (f"deep: {'{a: ' * 50_000}", ": nested too deeply", "deep, and never closed"),
    ("- " * 5000, "1: nested too deeply", "lists in one line"),
    (changed('"2128"', '"\\ud800"'), "5: characters", "half a letter"),
    (changed('"2128"', '"\\e[2J"'), "5: characters", "clears"),
    ("service: a\n\x00b: c\n", "2: a character that no text has; take it out", "a zero"),
    ("service: a\x1b[2J: b\n", "1: a character that no text has", "a terminal's command"),
    ("service: a\n---\nservice: b\n", "2: but found another document; one file is one model", ""),
    (changed("audience: [citizens]", "? [a]\n: b"), f"{AUDIENCE}: a key that is not a word", ""),
    (changed("audience: [citizens]", "no: [a]"), f"{AUDIENCE}: 'no' is not read as a word", ""),
    (changed("audience: [citizens]", "1: [a]"), f'{AUDIENCE}: \'1\' is not read as a word; quote it: "1"', ""),  # noqa: E501
    (
        changed("valid_from: 2026-01-01", "valid_from: 2026-13-45"),
        f"{line_of('valid_from: 2026-01-01')}: not a value: month must be in 1..12",
        "no such month",
    ),
    (
        changed("years: 5", f"years: {'9' * 5000}"),
        f"{line_of('years: 5')}: not a value: Exceeds the limit",
        "a number of 5000 digits",
    ),
    (
        changed("maxLength: 254", "maxLength: .nan"),
        f"{line_of('maxLength: 254')}: .nan is no number to count with",
        "not a number",
    ),
    (
        changed("maxLength: 254", "maxLength: 99999999999999999999"),
        f"{line_of('maxLength: 254')}: a number that JSON does not carry",
        "a number beyond JSON",
    ),
    (
        changed("years: 5", "years: !!python/object/apply:os.system [ls]"),
        f"{line_of('years: 5')}: could not determine a constructor",
        "what wants to be run",
    ),
    (
        changed("en: Applicant", "en: Yes"),
        f"{line_of('en: Applicant')}: 'en' is not right; put it into quotes",
        "YAML's yes",
    ),
    ("a: b: c", "1: mapping values are not allowed here", "no YAML"),
    ("%YAML 9.9\n---\na: b", "1: found incompatible YAML document", "another YAML"),
    ("<<: 5\n", "1: expected a mapping", "nothing to merge"),
    ("just words", "1: not a service model; begin with service:", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said", "remark"), ROWS, ids=[f"{n}-{row[1][:40]}" for n, row in enumerate(ROWS)]
)
def test_a_hostile_file_gets_a_clear_line(
    check: Check, content: str | bytes, said: str, remark: str
) -> None:
    lines = check(content)
    assert any(line.startswith(said) or said in line for line in lines), (remark, lines)


def test_a_thousand_faults_are_not_a_thousand_lines(check: Check) -> None:
    words = "".join(f"word{index}: {index}\n" for index in range(1000))
    lines = check(MODEL + words)
    assert len(lines) == 101
    assert lines[-1] == "and 900 more faults"


def test_a_bomb_takes_no_memory(check: Check) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    check(BOMB)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 50_000  # KB


def test_a_huge_file_is_not_even_read(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # no block of it is written
    assert main(["check", str(path)]) == 1


def test_one_hostile_file_does_not_hide_the_faults_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bomb.yaml").write_text(BOMB)
    (tmp_path / NAME).write_text(changed("next: issuing", "next: isuing"))
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "an alias" in said
    assert "did you mean 'issuing'?" in said


LINES = MODEL.splitlines()
PIECES = [
    "",
    "\t",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "null",
    "[]",
    "{}",
    "'",
    '"',
    "|",
    "!!x ",
    ": ",
]


@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 40), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_is_a_model_or_faults_in_its_lines(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]
) -> None:
    lines = list(LINES)
    for number, column, piece in edits:
        lines[number] = lines[number][:column] + piece + lines[number][column + len(piece) :]
    path = tmp_path_factory.mktemp("models") / NAME
    path.write_text("\n".join(lines), encoding="utf-8")
    faults = None
    try:
        load(path)
    except Faulty as error:
        faults = error.faults
    assert faults is None or all(1 <= fault.line <= len(lines) + 1 for fault in faults)
    assert faults != []


def test_a_dense_model_of_the_largest_size_is_checked_soon(check: Check) -> None:
    everywhere = ", ".join(f"o-{n}: {{title: {{bg: Да, en: Aye}}, next: p-{n}}}" for n in range(12))
    one = (
        "  - {{id: p-{0}, kind: human, title: {{bg: Едно, en: One}}, term: {0} hours, outcomes: {{"
        + everywhere.replace("{", "{{").replace("}", "}}")
        + ", go: {{title: {{bg: Да, en: Aye}}, next: p-{1}}}}}}}\n"
    )
    added = "".join(one.format(index, index + 1) for index in range(190))
    lines = check(changed("\nresults:\n", f"\n{added}\nresults:\n"))
    assert "200 phases" not in "".join(lines)
    assert any("nobody is in charge of 'p-0'" in line for line in lines)
