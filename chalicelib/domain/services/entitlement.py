"""Who may apply, and who pays less: the model's conditions held against an application."""

from chalicelib.domain.money import Money
from chalicelib.domain.services.conditions import Facts, judge
from chalicelib.domain.services.language import Eligibility, Exemption, Fee, ServiceModel

_WHOLE = 100  # percent


def ineligible(model: ServiceModel, facts: Facts) -> list[Eligibility]:
    """The rules that the application does not meet; none if it may be filed."""
    return [rule for rule in model.eligibility if not judge(rule.when, facts).holds]


def exemption_of(model: ServiceModel, facts: Facts) -> Exemption | None:
    """The exemption that holds; of several, the one that waives most."""
    held = [one for one in model.exemptions if judge(one.when, facts).holds]
    return max(held, key=lambda one: one.percent, default=None)


def fee_after_exemptions(
    model: ServiceModel, fee: Fee, facts: Facts
) -> tuple[Money, Exemption | None]:
    """What is to be paid, and why it is less. A part of a cent is waived as well."""
    exemption = exemption_of(model, facts)
    if exemption is None or fee.amount.amount == 0:
        return fee.amount, None
    left = fee.amount.amount * (_WHOLE - exemption.percent) // _WHOLE
    return fee.amount.model_copy(update={"amount": left}), exemption
