"""Names within the lists of a model: each is said once."""

from collections.abc import Iterable, Iterator

from chalicelib.domain.services.findings import Finding, Place
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.values import Value

LISTS = (
    "eligibility",
    "evidence",
    "attachments",
    "exemptions",
    "results",
    "deliveries",
)


def name_findings(model: ServiceModel) -> Iterator[Finding]:
    """Two of the same name in one list: nobody knows which is meant."""
    for word in LISTS:
        yield from _twice((word,), getattr(model, word))
    yield from _twice(("form", "groups"), model.form.groups)
    for index, phase in enumerate(model.phases):
        yield from _twice(("phases", index, "checklist"), phase.checklist)
        yield from _twice(("phases", index, "opinions"), phase.opinions)
    papers = {str(one.id) for one in model.results}
    for index, attachment in enumerate(model.attachments):
        if attachment.id in papers:
            what = f"'{attachment.id}' is a result as well"
            place = ("attachments", index, "id")
            yield Finding(place=place, what=what, hint="name it otherwise")


def _twice(place: Place, values: Iterable[Value]) -> Iterator[Finding]:
    seen: set[object] = set()
    for index, value in enumerate(values):
        name = getattr(value, "id", None)
        if name in seen:
            where = (*place, index, "id")
            yield Finding(place=where, what=f"a second '{name}'", hint="name it otherwise")
        seen.add(name)
