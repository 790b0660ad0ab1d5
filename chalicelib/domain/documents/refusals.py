"""The refusal of any service."""

from chalicelib.domain.documents.letters import Authority, Refusal
from chalicelib.domain.documents.making import appeal_of, person_of
from chalicelib.domain.documents.source import Source


def refusal(source: Source) -> dict[str, object]:
    """The data of the template: what was asked for, the official's words, how to appeal."""
    return Refusal.model_validate(
        {
            **source.shared,
            "person": person_of(source),
            "subject": source.model.title.in_(source.language),
            "applied": source.applied_on,
            "facts": source.said("facts"),
            "grounds": source.said("grounds"),
            "appeal": appeal_of(source),
            "authority": Authority(office=source.office, name=source.decided_by),
        }
    ).data()
