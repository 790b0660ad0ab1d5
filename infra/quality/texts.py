"""The committed catalogue has every text of the pages, translated, and nothing else."""

import sys

from babel.messages import Catalog

from infra.messages import PO, as_text, stored, template
from infra.paths import ROOT


def faults() -> list[str]:
    """What is wrong with the catalogue, and how to mend it."""
    committed = PO.read_bytes()
    catalogue = stored()
    found = [
        f"not translated: {_id(m.id)}" for m in catalogue if m.id and not _translated(m.string)
    ]
    found += [f"unsure (fuzzy): {_id(m.id)}" for m in catalogue if m.id and m.fuzzy]
    if as_text(_updated(catalogue)) != committed:
        found.append("not what the pages say: run python -m infra.messages")
    return [f"{PO.relative_to(ROOT)}: {fault}" for fault in found]


def _updated(catalogue: Catalog) -> Catalog:
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def _translated(text: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(text) if isinstance(text, str | None) else all(text)


def _id(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


if __name__ == "__main__":
    sys.exit("\n".join(faults()) or 0)
