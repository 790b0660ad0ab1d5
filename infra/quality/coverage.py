"""How much of the code the tests reach: lines and branches a layer, with floors for the law.

`python -m infra.quality.coverage FILE` reads the JSON report that `make test` leaves.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

# Percent of the lines and of the branches, each.
FLOORS = {"domain": 90.0, "usecases": 90.0}


def layers(files: dict[str, Any]) -> dict[str, Counter[str]]:
    """The numbers of each folder of chalicelib, and of the modules beside them."""
    found = dict[str, Counter[str]]()
    for name, file in files.items():
        parts = Path(name).parts
        layer = parts[1] if len(parts) > 2 else parts[0]
        numbers = {k: v for k, v in file["summary"].items() if isinstance(v, int)}
        found.setdefault(layer, Counter()).update(numbers)
    return found


def share(numbers: Counter[str], of: str) -> float:
    """Percent of `lines` or `branches` that were reached; all of nothing is 100."""
    total = numbers["num_statements" if of == "lines" else "num_branches"]
    return 100.0 * numbers[f"covered_{of}"] / total if total else 100.0


def below(found: dict[str, Counter[str]]) -> list[str]:
    """Which floors are not reached; a layer that nobody measured reaches none."""
    return [
        f"{layer}: {of} {share(found.get(layer, Counter()), of):.1f} %, the floor is {floor:.0f} %"
        for layer, floor in FLOORS.items()
        for of in ("lines", "branches")
        if layer not in found or share(found[layer], of) < floor
    ]


def main(report: Path) -> int:
    """Prints the table; 1 if a floor is not reached."""
    found = layers(json.loads(report.read_text())["files"])
    print(f"\n{'coverage':<12}{'lines':>9}{'branches':>11}")
    for layer, numbers in sorted(found.items()):
        print(f"{layer:<12}{share(numbers, 'lines'):>7.1f} %{share(numbers, 'branches'):>9.1f} %")
    missed = below(found)
    print("\n".join(missed))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
