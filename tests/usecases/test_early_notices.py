"""A notice that came before we knew its invoice is kept, and counts as soon as we do.

Seen elsewhere: shopperlabs/shopper#658, where the early event was remembered as processed, every
repetition refused as a duplicate, and the order waited for ever. Here an invoice is ours before
the payer sees it, so it takes a restored table or an operator's mistake; but money is money.
"""

from collections.abc import Iterator

import pytest

from tests.api import OWNER, Api, opened

FIRST = "2600000001"


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    with opened(monkeypatch) as api:
        yield api


def test_an_early_notice_counts_when_it_comes_again(api: Api) -> None:
    early = api.notify(f"INVOICE={FIRST}:STATUS=PAID")
    assert early.body.decode() == f"INVOICE={FIRST}:STATUS=NO\n"
    number = api.filed()
    started = api.post(f"/cases/{number}/payments", OWNER, {"operator": "epay"}, "payment")
    assert started.json["invoice"] == FIRST

    for _ in range(3):
        again = api.notify(f"INVOICE={FIRST}:STATUS=PAID")
        assert again.body.decode() == f"INVOICE={FIRST}:STATUS=OK\n"

    order = api.world.cases.find(number).order
    assert (order.status, order.credited, order.received) == ("paid", order.amount, order.amount)
    paid = [e.event for e in api.world.cases.journal(api.world.cases.find(number).id)]
    assert paid.count("payment-confirmed") == 1


def test_what_never_becomes_ours_stays_unknown(api: Api) -> None:
    for _ in range(3):
        answer = api.notify("INVOICE=777:STATUS=DENIED", paid=False)
        assert answer.body.decode() == "INVOICE=777:STATUS=NO\n"
