"""What each step of a case costs on AWS: calls and items, counted on the in-process AWS."""

import os

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")

from tests.ground.counting import story_costs


def measure() -> list[dict[str, str | int | float]]:
    """Rows by step, and the state transitions of the whole case."""
    costs = story_costs()
    rows: list[dict[str, str | int | float]] = [
        {
            "step": name,
            "DynamoDB calls": cost.calls,
            "transactions": cost.transactions,
            "items written": cost.written,
            "items read": cost.read,
            "other calls": cost.others,
        }
        for name, cost in costs.steps.items()
    ]
    totals = {column: sum(int(row[column]) for row in rows) for column in list(rows[0])[1:]}
    whole = f"whole case ({costs.transitions} state transitions)"
    return [*rows, {"step": whole, **totals}]
