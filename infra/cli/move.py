"""`zagora move`: running cases go on under another version of their service."""

import argparse
import secrets
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from chalicelib.domain.cases.move_words import REASONS
from chalicelib.domain.cases.moving import Answer, Verdict
from chalicelib.domain.errors import Fault, Invalid, NotFound
from chalicelib.domain.ids import CHANCE_BYTES, CaseNumber, ServiceCode, new
from chalicelib.domain.services.words import Language, Text
from chalicelib.ports import Ports
from chalicelib.ports.moves import Batch, MoveLog, State
from chalicelib.usecases import moving
from infra.cli.exits import LEFT_OVER, WELL

Line = tuple[CaseNumber, State | Answer, Verdict]
_WORDS: dict[State | Answer, Text] = {
    "can-move": Text(bg="може да се премести", en="can move"),
    "must-not": Text(bg="не бива да се мести", en="must not move"),
    "stays": Text(bg="остава", en="stays"),
    "planned": Text(bg="започнато", en="begun"),
    "moved": Text(bg="преместена", en="moved"),
    "left": Text(bg="остава", en="left"),
    "undone": Text(bg="върната", en="taken back"),
}
_DUE = Text(bg=", срок {promised}", en=", due {promised}")
_COUNTED = Text(bg=" (по другата версия: {counted})", en=" (by the other version: {counted})")
# So often is it said how far it is, on the standard error.
_EVERY = 100


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Makes the command known. AWS's libraries are loaded only when it runs."""
    move = commands.add_parser(
        "move",
        help="running cases go on under another version of their service",
        description="Moves the open cases of a service to another published version, each if it "
        f"may. Ends with {LEFT_OVER} if there is a case that must not be moved.",
    )
    move.add_argument("service", metavar="SERVICE", help="a service's code: permanent-address")
    move.add_argument("--from", type=int, dest="from_", metavar="N", help="only from that version")
    move.add_argument("--to", type=int, metavar="N", help="the version to move to")
    how = move.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
    how.add_argument("--batch", metavar="ID", help="go on with a batch that was interrupted")
    how.add_argument("--undo", metavar="ID", help="take a batch back where nothing happened since")
    move.add_argument("--language", choices=("bg", "en"), default="bg", help="in which it answers")
    move.add_argument("--stage", default="local", help="whose cases; default: local")
    move.add_argument(
        "--administration", default="stara-zagora", metavar="NAME", help="whose calendar and units"
    )
    move.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Says of each case what became of it, and how many of each. Raises NoStack, NotFound."""
    from chalicelib.adapters.moves.dynamodb import DynamoMoveLog
    from infra.cli import stages

    if given.to is None and not given.undo:
        raise Invalid([Fault(field="--to", code="required")])
    ports = stages.ports_of(given.stage, given.administration)
    lines = list(_told(_lines(ports, DynamoMoveLog(), given), given.language))
    counts = Counter(verdict.answer for _, _, verdict in lines)
    total = (f"{_WORDS[a].in_(given.language)}: {n}" for a, n in sorted(counts.items()))
    print(", ".join(total) or "–")
    return LEFT_OVER if counts["must-not"] else WELL


def _lines(ports: Ports, log: MoveLog, given: argparse.Namespace) -> Iterator[Line]:
    from infra.cli.publish import publisher
    from infra.cli.stages import now

    if given.dry_run:
        code = ServiceCode(given.service)
        for case, verdict in moving.survey(ports, code, given.to, now(), given.from_):
            yield case.number, verdict.answer, verdict
        return
    if given.undo:
        batch = log.batch(given.undo)
        if batch.service != given.service:
            raise NotFound(what="batch")
        records = moving.undo(ports, log, batch, now(), publisher())
    else:
        batch = _batch(log, given, publisher())
        print(f"batch {batch.id} (go on: --batch {batch.id}; take back: --undo {batch.id})")
        records = moving.move_cases(ports, log, batch, now(), publisher())
    for record in records:
        yield record.number, record.state, record.verdict


def _batch(log: MoveLog, given: argparse.Namespace, by: str) -> Batch:
    """A new batch, or the one that was begun. Raises NotFound, Invalid (another order)."""
    from infra.cli.stages import now

    order = (given.service, given.from_, given.to)
    if given.batch:
        begun = log.batch(given.batch)
        if (begun.service, begun.from_version, begun.to_version) != order:
            raise Invalid([Fault(field="--batch", code="another-order")])
        return begun
    at = now()
    return Batch(
        id=new(at, secrets.token_bytes(CHANCE_BYTES)),
        service=ServiceCode(given.service),
        from_version=given.from_,
        to_version=given.to,
        by=by,
        at=at,
    )


def _told(lines: Iterable[Line], language: Language) -> Iterator[Line]:
    for count, line in enumerate(lines, start=1):
        number, state, verdict = line
        due = _DUE.in_(language).format(promised=verdict.promised) if verdict.promised else ""
        if verdict.counted and verdict.counted != verdict.promised:
            due += _COUNTED.in_(language).format(counted=verdict.counted)
        reason = REASONS[verdict.reason].in_(language)
        print(f"{number}: {_WORDS[state].in_(language)} – {reason}{due}")
        if count % _EVERY == 0:
            print(f"{count} …", file=sys.stderr)
        yield line
