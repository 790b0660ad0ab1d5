"""What a case costs: counts that do not grow unnoticed. `make bench` shows them as a table."""

import pytest

from tests.ground.counting import Costs, story_costs


@pytest.fixture(scope="module")
def costs() -> Costs:
    return story_costs()


def test_a_case_is_eight_transitions(costs: Costs) -> None:
    assert costs.transitions <= 8


@pytest.mark.parametrize(
    ("step", "calls", "transactions", "written"),
    [("submit", 17, 2, 11), ("pay", 21, 3, 13), ("decide and issue", 34, 5, 20)],
)
def test_a_step_asks_no_more_than_it_must(
    costs: Costs, step: str, calls: int, transactions: int, written: int
) -> None:
    cost = costs.steps[step]
    assert cost.calls <= calls, cost.operations
    assert cost.transactions <= transactions, cost.operations
    assert cost.written <= written, cost.operations
