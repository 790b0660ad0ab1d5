"""The stack stops or dies in the middle; after the next start open cases go on.

What the embedded cloud had not written to disk is lost with a `kill -9`: the changes of the last
second or so (infra/local/cloud/snapshots.py), and every running execution, always. The tests wait
until what they have done is on disk, as a person would have had time to.
"""

import pytest

from infra.local.caller import Caller
from tests.journeys import calling
from tests.journeys.stack import Stack, until

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("stack"), pytest.mark.slow]


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_open_cases_go_on_after_the_stack_was(stack: Stack, how: str) -> None:
    with Caller(stack.endpoints, "citizen1") as citizen:
        unpaid, undecided = calling.file(citizen), calling.file(citizen)
        started = calling.checkout(citizen, unpaid)
        page = calling.payer(citizen).arrive(started)
        calling.pay(citizen, undecided)
        calling.await_phase(citizen, unpaid, "payment")
    if how == "stopped":
        assert stack.stop() == 0
    else:
        until(stack.is_on_disk, "the cases are on disk")
        assert stack.kill_cloud() == 1
        assert "embedded cloud" in stack.log.read_text()
    assert not (stack.folder / "endpoints.json").exists()
    stack.start()
    with (
        Caller(stack.endpoints, "citizen1") as citizen,
        Caller(stack.endpoints, "registrar") as registrar,
    ):
        calling.payer(citizen).press(page, "pay")
        calling.await_phase(citizen, unpaid, "examination")
        for number in (undecided, unpaid):
            calling.decide(registrar, number)
        for number in (undecided, unpaid):
            assert len(calling.await_end(citizen, number)["documents"]) == 1
