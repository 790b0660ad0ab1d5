"""The demo's answers as people read them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from infra.local.caller import Json

_SHOWN = 3  # tasks of others
HERE = ZoneInfo("Europe/Sofia")


def money(value: Json) -> str:
    """`2.56 EUR`."""
    return f"{value['amount'] / 100:.2f} {value['currency']}"


def moment(value: str) -> str:
    """The administration's local time."""
    return f"{datetime.fromisoformat(value).astimezone(HERE):%d.%m.%Y %H:%M:%S}"


def service(found: Json) -> RenderableType:
    """What is offered."""
    table = _table("kind", "fee", "term")
    for fee in found["fees"]:
        term = f"{fee['term']['amount']} × {fee['term']['unit'].replace('-', ' ').rstrip('s')}"
        table.add_row(fee["tier"], money(fee["amount"]), term)
    return _in(Group(Text(found["title"]["bg"], "bold"), Text(found["summary"]["bg"]), table))


def receipt(filed: Json) -> RenderableType:
    """Number, moment and what is due."""
    lines = Group(
        Text(f"Incoming number  {filed['number']}", "bold"),
        Text(f"Received on      {moment(filed['filed_at'])}"),
        Text(f"Fee              {money(filed['fee'])}"),
        deadline(filed["deadline"], "If it is paid today, an answer is due by "),
    )
    return _in(Panel(lines, box=box.ROUNDED, border_style="green", expand=False, title="Receipt"))


def deadline(found: Json | None, before: str) -> RenderableType:
    """The due date and how it was counted."""
    if found is None:
        return Text("")
    steps = [Text(f"  · {step}", "dim") for step in found["explanation"]]
    return Group(Text.assemble(before, (found["date"], "bold yellow")), *steps)


def term_runs(found: Json | None) -> RenderableType:
    """The due date that holds since the fee was paid."""
    return _in(deadline(found, "The term runs; an answer is due by "))


def worklist(tasks: Sequence[Json], number: str) -> RenderableType:
    """Some of the unit's tasks, ours marked."""
    table = _table("case", "phase", "due", "person in charge")
    others = [task for task in tasks if task["number"] != number]
    ours = [task for task in tasks if task["number"] == number]
    for task in [*others[:_SHOWN], *ours]:
        style = "bold yellow" if task["number"] == number else ""
        due = moment(task["phase"]["due_at"]) if task["phase"]["due_at"] else "–"
        who = task["phase"]["assignee"] or "nobody"
        table.add_row(task["number"], task["phase"]["title"]["bg"], due, who, style=style)
    return _in(table)


def verdict(found: Json) -> RenderableType:
    """Whether it is genuine."""
    good = found["verdict"] == "genuine" and found["file"] == "same"
    mark = ("✓ ", "bold green") if good else ("✗ ", "bold red")
    return _in(Text.assemble(mark, f"{found['verdict']}, the file is the {found['file']}"))


def journal(entries: Sequence[Json]) -> RenderableType:
    """Each entry with the beginning of its hash."""
    table = _table("№", "when", "who", "what", "hash")
    for entry in entries:
        when, who = moment(entry["at"]), entry["actor"]["kind"]
        table.add_row(str(entry["seq"]), when, who, entry["event"], entry["hash"][:12])
    return _in(table)


def _table(*names: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for name in names:
        table.add_column(name)
    return table


def _in(shown: RenderableType) -> RenderableType:
    return Padding(shown, (0, 0, 0, 6))
