"""The fee matrix: on every day exactly one fee for each tier and way of delivery."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from chalicelib.domain.services.findings import Finding
from chalicelib.domain.services.language import Fee, ServiceModel

Numbered = tuple[int, Fee]


def fee_findings(model: ServiceModel) -> Iterator[Finding]:
    """Holes and overlaps, over tiers, ways of delivery and dates."""
    deliveries = {delivery.id for delivery in model.deliveries}
    for tier in dict.fromkeys(fee.tier for fee in model.fees):
        for delivery in sorted(deliveries):
            rows = [
                (index, fee)
                for index, fee in enumerate(model.fees)
                if (fee.tier, fee.delivery) == (tier, delivery)
            ]
            if not rows:
                what = f"no fee for the tier '{tier}' delivered by '{delivery}'"
                yield Finding(place=("fees",), what=what, hint="add it (0.00 EUR where it is free)")
            yield from _over_time(sorted(rows, key=lambda row: row[1].valid_from))
    for index, fee in enumerate(model.fees):
        if fee.delivery not in deliveries:
            what = f"'{fee.delivery}' is not among the deliveries"
            yield Finding(place=("fees", index, "delivery"), what=what, hint="add it there")


def _over_time(rows: list[Numbered]) -> Iterator[Finding]:
    for index, fee in rows:
        if fee.valid_to is not None and fee.valid_to < fee.valid_from:
            place = ("fees", index, "valid_to")
            yield Finding(place=place, what="the fee ends before it begins", hint="swap the dates")
    for (_, earlier), (index, later) in pairwise(rows):
        place = ("fees", index, "valid_from")
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            yesterday = later.valid_from - timedelta(days=1)
            hint = f"end the earlier one with valid_to: {yesterday}"
            yield Finding(place=place, what="two fees hold on the same day", hint=hint)
        elif earlier.valid_to + timedelta(days=1) < later.valid_from:
            hint = f"begin on {earlier.valid_to + timedelta(days=1)}"
            yield Finding(place=place, what="days without a fee before this one", hint=hint)
    if rows and rows[-1][1].valid_to is not None:
        place = ("fees", rows[-1][0], "valid_to")
        hint = "leave valid_to out, or add the fee that follows"
        yield Finding(place=place, what="no fee after this day", hint=hint)
