"""What is counted, as CloudWatch reads it out of the logs (embedded metric format)."""

from typing import Literal

from aws_lambda_powertools.metrics import MetricUnit, single_metric

Counted = Literal["CasesFiled", "PaymentsStarted", "PaymentNotices", "Decisions", "Faults"]


def count(what: Counted, **dimensions: str) -> None:
    """One more. Dimensions have few values each, and none of them is about a person."""
    with single_metric(name=what, unit=MetricUnit.Count, value=1, namespace="Zagora") as metric:
        for name, value in dimensions.items():
            metric.add_dimension(name=name, value=value)
