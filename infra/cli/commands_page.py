"""The commands on a page, from their own parsers: docs/command-line.md."""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from infra.cli import exits

_HEAD = f"""\
# The command line

<!-- made by python -m infra.cli.generate from the commands' parsers; do not edit -->

`zagora` checks, simulates, draws, publishes and moves service models, and verifies what the system
has issued. It is installed in `.venv/bin` by `make setup` (`. .venv/bin/activate`, or
`.venv/bin/zagora`); `python -m infra.cli` is the same. `zagora COMMAND --help` says what this page
says.

Where nothing is named, models are those of `stepfunctions/services`, and the stage is `local`: what
`make run` started here. Another stage is asked with the AWS credentials of the environment. What
was asked for goes to the standard output, faults and progress to the standard error.

## Exit codes

| code | means |
|---|---|
| {exits.WELL} | all is well |
| {exits.WRONG} | something is wrong, and the standard error says what |
| 2 | the command was used wrongly |
| {exits.DIFFERENT} | `diff --exit-code`: there is a difference |
| {exits.LEFT_OVER} | `move`: a case must not be moved; with `--undo`: one has gone on |
| {exits.UNLAWFUL} | `simulate`, `publish`: a legal term can provably be missed |
"""
_CI = """\
## In a pipeline

Before a change is accepted, without any stack:

```sh
zagora check                                      # every fault of every model, with file and line
zagora simulate --cases 200 --report report.html  # 5: the law's terms cannot be kept
python -m infra.cli.generate --check              # machines and pages belong to the models
```

After it is accepted, with the credentials of the stage:

```sh
zagora publish --stage prod                       # publishes what has changed; repeating it is safe
```

Between the two, to have a person look only when citizens will notice:

```sh
zagora diff permanent-address@current stepfunctions/services/permanent-address.yaml \\
    --stage prod --audience citizen --exit-code
case $? in
  0) echo "nothing that citizens notice" ;;
  3) echo "ask the process owner"; exit 1 ;;
  *) exit 1 ;;
esac
```
"""


class Command(NamedTuple):
    """Its name, what it does in a line, and its parser."""

    name: str
    about: str
    parser: argparse.ArgumentParser


def commands(parser: argparse.ArgumentParser) -> list[Command]:
    """Every command, in the order of `--help`."""
    groups = (one for one in _actions(parser) if isinstance(one, argparse._SubParsersAction))
    (group,) = groups
    abouts = [str(one.help) for one in group._get_subactions()]
    named = group.choices.items()
    return [Command(name, about, one) for (name, one), about in zip(named, abouts, strict=True)]


def page(parser: argparse.ArgumentParser) -> str:
    """The whole page."""
    parts = [_HEAD, "\n".join(_overview(parser))]
    parts += ["\n".join(_section(one)) for one in commands(parser)]
    return "\n".join([*parts, _CI])


def _overview(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "## Commands\n"
    yield "| command | says or does |"
    yield "|---|---|"
    for one in commands(parser):
        yield f"| [`{one.name}`](#zagora-{one.name}) | {_cell(one.about)} |"
    yield ""


def _section(command: Command) -> Iterator[str]:
    yield f"## zagora {command.name}\n"
    about = command.parser.description or f"{command.about[0].upper()}{command.about[1:]}."
    yield f"{about}\n"
    yield "| argument | means |"
    yield "|---|---|"
    for action in _actions(command.parser):
        if action.dest != "help":
            yield f"| {_cell(_written(action))} | {_cell(_meaning(action))} |"
    yield ""
    if command.parser.epilog:
        yield f"{command.parser.epilog}\n"


def _written(action: argparse.Action) -> str:
    takes = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    name = str(takes or action.dest.upper())
    if not action.option_strings:
        optional = action.nargs in ("*", "?")
        return f"`[{name}{' …' if action.nargs == '*' else ''}]`" if optional else f"`{name}`"
    without = action.nargs == 0
    return ", ".join(f"`{one}`" if without else f"`{one} {name}`" for one in action.option_strings)


def _meaning(action: argparse.Action) -> str:
    said = str(action.help or "")
    given = action.default not in (None, False, argparse.SUPPRESS, [])
    if given and "default" not in said and action.nargs != "*":
        said = f"{said}; default: {action.default}" if said else f"default: {action.default}"
    return said


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # argparse has no other way


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
