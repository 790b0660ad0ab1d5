"""Counts what each step of a story asks of AWS: calls, transactions, items; and transitions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from botocore.client import BaseClient

from tests.ground import story
from tests.ground.story import Story
from tests.ground.town import ground

# The way of a case that is approved: who does what, and everything that follows from it.
STEPS = {"submit": story.submit, "pay": story.pay, "decide and issue": story.decide}


@dataclass
class Cost:
    """What was asked. `others` are calls to other services than DynamoDB."""

    calls: int = 0
    transactions: int = 0
    written: int = 0
    read: int = 0
    others: int = 0
    operations: list[str] = field(default_factory=list)

    def note(self, service: str, operation: str, asked: dict[str, Any], answer: Any) -> None:
        """One call and its answer."""
        self.operations.append(operation)
        if service != "dynamodb":
            self.others += 1
            return
        self.calls += 1
        if operation == "TransactWriteItems":
            self.transactions += 1
            self.written += len(asked["TransactItems"])
        elif operation in {"PutItem", "UpdateItem", "DeleteItem"}:
            self.written += 1
        elif operation == "GetItem":
            self.read += int("Item" in answer)
        elif operation == "Query":
            self.read += int(answer["Count"])


@dataclass
class Costs:
    """By step, and the states entered by the case's execution."""

    steps: dict[str, Cost]
    transitions: int


@contextmanager
def counted() -> Iterator[Cost]:
    """Counts every call inside."""
    cost = Cost()
    usual: Any = getattr(BaseClient, "_make_api_call")  # noqa: B009 - the stubs do not have it

    def call(client: Any, operation: str, asked: dict[str, Any]) -> Any:
        answer = usual(client, operation, asked)
        cost.note(client.meta.service_model.service_name, operation, asked, answer)
        return answer

    with mock.patch.object(BaseClient, "_make_api_call", call):
        yield cost


def story_costs() -> Costs:
    """One case from application to result."""
    with ground() as base, base.town() as town:
        told, steps = Story(town), {}
        for name, step in STEPS.items():
            with counted() as cost:
                step(told)
            steps[name] = cost
        story.ended_right(told, "issued")
        paths = [execution.path for execution in town.machines.executions.values()]
        return Costs(steps=steps, transitions=sum(len(path) for path in paths))
