"""The page of the staff, for looking at it."""

from dataclasses import replace
from datetime import date

from chalicelib.web.forms import ErrorView
from chalicelib.web.i18n import Language
from chalicelib.web.pages.staff import AbsenceView, Colleague, StaffPage
from chalicelib.web.rendering import Page


def pages(language: Language) -> dict[str, Page]:
    """As it is, and with an absence that is refused."""
    bg = language == "bg"
    absence = AbsenceView(
        id="a",
        first=date(2026, 11, 23),
        last=date(2026, 12, 4),
        substitute="Петко Желязков" if bg else "Petko Zhelyazkov",
        may_cancel=True,
    )
    role = "Служител" if bg else "Official"
    unit = "Гражданска регистрация" if bg else "Civil registration"
    present = Colleague(
        subject="petko", name=absence.substitute, role=role, unit=unit, present=True,
        stands_in="", absences=(replace(absence, substitute="", first=date(2026, 12, 7),
                                        last=date(2026, 12, 7)),),
    )  # fmt: skip
    gone = Colleague(
        subject="gergana", name="Гергана Стоилова" if bg else "Gergana Stoilova", role=role,
        unit=unit, present=False, stands_in=absence.substitute, absences=(absence,),
    )  # fmt: skip
    alone = replace(gone, subject="milena", name="Милена Караджова", stands_in="")
    people = tuple((one.subject, one.name) for one in (gone, alone, present))
    page = StaffPage(unit=unit, people=(gone, alone, present), about=people, substitutes=people)
    wrong = "Първи ден: за тези дни вече е обявено отсъствие" if bg else "First day: overlaps"
    faulty = replace(
        page, official="petko", first="2026-12-07", last="2026-12-01", substitute="milena",
        errors=(ErrorView(field="first", text=wrong),),
    )  # fmt: skip
    return {"staff": page, "staff-wrong": faulty, "staff-all": replace(page, unit="", about=())}
