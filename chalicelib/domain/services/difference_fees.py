"""Differences of fees: `Fee (regular, in the portal): from €2.56 to €3.00`."""

from chalicelib.domain.services.changes import Change, Path
from chalicelib.domain.services.difference_codes import CODES
from chalicelib.domain.services.difference_labels import LABELS
from chalicelib.domain.services.difference_places import at
from chalicelib.domain.services.difference_words import FROM_DAY, FROM_TO, LISTS, SET, UNSET
from chalicelib.domain.services.language import Fee, Language, ServiceModel
from chalicelib.domain.services.wording import day, money, said, term


def is_fee(place: Path) -> bool:
    """Whether the place is a fee or in one."""
    return len(place) > 1 and place[0] == "fees" and place[1] != "order"


def fee_sentence(change: Change, old: ServiceModel, new: ServiceModel, language: Language) -> str:
    """What happened to one row of the fees."""
    place = change.place
    row = at(new, place[:2]) or at(old, place[:2])
    if not isinstance(row, Fee):
        raise TypeError("a row of the fees is a fee")
    model = new if at(new, place[:2]) else old
    what = f"{LISTS['fees'].one.in_(language)} ({_whose(row, model, language)})"
    if len(place) > 2:
        return _field(change, what, language)
    if change.old is None and (before := _before(row, old)):
        return _follows(what, before, row, language)
    kind = LISTS["fees"].new if change.old is None else LISTS["fees"].gone
    whose = f"{_whose(row, model, language)}, {LABELS['valid_from'].in_(language)}"
    price = f"{money(row.amount, language)}, {term(row.term, language)}"
    return f"{kind.in_(language)}: {whose} {day(row.valid_from, language)} – {price}"


def _field(change: Change, what: str, language: Language) -> str:
    """A change of one column. The amount is what a fee is: it needs no name."""
    name = change.place[2]
    column = "" if name == "amount" else f", {_label(name, language)}"
    form = SET if change.old is None else UNSET if change.new is None else FROM_TO
    return form.in_(language).format(
        what=what + column, old=said(change.old, language), new=said(change.new, language)
    )


def _label(name: str, language: Language) -> str:
    return LABELS[name].in_(language) if name in LABELS else name


def _before(row: Fee, old: ServiceModel) -> Fee | None:
    """The row that this one comes after."""
    same = [fee for fee in old.fees if (fee.tier, fee.delivery) == (row.tier, row.delivery)]
    earlier = [fee for fee in same if fee.valid_from < row.valid_from]
    return max(earlier, key=lambda fee: fee.valid_from, default=None)


def _follows(what: str, before: Fee, row: Fee, language: Language) -> str:
    prices = [f"{money(f.amount, language)}, {term(f.term, language)}" for f in (before, row)]
    return FROM_DAY.in_(language).format(
        what=what, old=prices[0], new=prices[1], day=day(row.valid_from, language)
    )


def _whose(row: Fee, model: ServiceModel, language: Language) -> str:
    delivered = CODES[row.delivery].in_(language)
    titles = {one.id: one.title.in_(language) for one in model.deliveries}
    return f"{CODES[row.tier].in_(language)}, {titles.get(row.delivery, delivered)}"
