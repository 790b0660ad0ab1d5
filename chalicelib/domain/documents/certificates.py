"""The certificate of permanent address, from what the population register answered."""

from collections.abc import Callable

from chalicelib.domain.documents.letters import AddressLines, PermanentAddressCertificate, Person
from chalicelib.domain.documents.making import months_later
from chalicelib.domain.documents.source import Source
from chalicelib.domain.registers.people import Address
from chalicelib.domain.transliteration import to_latin

VALID_MONTHS = 6  # Ordinance РД-02-20-6/2012, art. 14
_LINES = (
    "district", "municipality", "settlement", "area", "street", "number", "entrance", "floor",
    "apartment",
)  # fmt: skip


def permanent_address(source: Source) -> dict[str, object]:
    """The data of the template."""
    record = Address.model_validate(source.evidence["permanent-address"])
    english, fee = source.language == "en", source.case.order.amount
    names = record.names_latin if english and record.names_latin else record.names
    return PermanentAddressCertificate.model_validate(
        {
            **source.shared,
            "person": Person(names=names, identifier=record.egn),
            "address": _lines(record, to_latin if english else str),
            "since": record.since,
            "purpose": _purpose(source),
            "valid_until": months_later(source.issued, VALID_MONTHS),
            "fee": fee if fee.amount else None,
            "fee_paid": source.paid_on,
        }
    ).data()


def _lines(record: Address, written: Callable[[str], str]) -> AddressLines:
    return AddressLines.model_validate(
        {line: written(str(getattr(record, line))) for line in _LINES}
    )


def _purpose(source: Source) -> str:
    chosen = str(source.answers.get("purpose", ""))
    if chosen == "other":
        return str(source.answers.get("purpose_other", ""))
    options = source.model.form.texts["purpose"].options
    return options[chosen].in_(source.language) if chosen in options else ""
