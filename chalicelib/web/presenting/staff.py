"""The staff as the back office shows it."""

from collections.abc import Sequence
from datetime import date

from chalicelib.domain.access import Principal
from chalicelib.domain.administration import Administration
from chalicelib.domain.staff.absences import has_say
from chalicelib.domain.staff.members import Member, Staff
from chalicelib.domain.staff.substitutes import stand_in
from chalicelib.web.i18n import N_, Language, say
from chalicelib.web.pages.staff import AbsenceView, Colleague, StaffPage
from chalicelib.web.presenting import words

ROLES = {
    "registrar": N_("Official"),
    "head-of-unit": N_("Head of unit"),
    "administrator": N_("Administrator"),
}


def page(
    people: Sequence[Member],
    me: Principal,
    administration: Administration,
    language: Language,
    today: date,
) -> StaffPage:
    """The people whom the reader may see."""
    staff = Staff.of(people)
    everywhere = me.has("administrator")
    return StaffPage(
        unit="" if everywhere else words.unit(administration, me.unit or "", language),
        people=tuple(_colleague(one, staff, me, administration, language, today) for one in people),
        about=tuple((one.subject, one.name) for one in people if has_say(me, one)),
        substitutes=tuple((one.subject, one.name) for one in people),
    )


def _colleague(
    member: Member,
    staff: Staff,
    me: Principal,
    administration: Administration,
    language: Language,
    today: date,
) -> Colleague:
    away = member.absence_on(today)
    substitute = stand_in(staff, member, today) if away else None
    return Colleague(
        subject=member.subject,
        name=member.name,
        role=", ".join(say(language, ROLES[one]) for one in ROLES if one in member.roles),
        unit=words.unit(administration, member.unit or "", language) if member.unit else "",
        present=away is None,
        stands_in=substitute.name if substitute else "",
        absences=tuple(
            AbsenceView(
                id=one.id,
                first=one.first,
                last=one.last,
                substitute=_name(staff, one.substitute),
                may_cancel=has_say(me, member),
            )
            for one in member.absences
            if one.last >= today
        ),
    )


def _name(staff: Staff, subject: str | None) -> str:
    return next((one.name for one in staff.members if one.subject == subject), "")
