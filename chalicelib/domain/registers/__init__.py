"""What registers can be asked, what a question needs to know, and what they answer.

A model's conditions and documents call a field of an answer `evidence.<evidence id>.<field>`.
docs/registers.md is the table of all of them, made from here.
"""

from chalicelib.domain.registers.people import Address, Family, MaritalStatus, Relations
from chalicelib.domain.registers.shown import Answer, Kind, Shown, fields, rows
from chalicelib.domain.registers.things import (
    Assessment,
    Entity,
    Obligations,
    Property,
    Vehicle,
)
from chalicelib.domain.values import Value

__all__ = ["QUESTIONS", "Answer", "Kind", "Question", "Shown", "fields", "rows"]


class Question(Value):
    """`needs`: what it cannot be asked without; `may`: what else it takes.

    `about` is the field of the answer that must repeat what was asked in `needs`: an answer
    about somebody or something else is never used.
    """

    answer: type[Answer]
    needs: str = "egn"
    may: tuple[str, ...] = ()
    about: str = "egn"


QUESTIONS: dict[str, Question] = {
    "uscrasp/permanent-address": Question(answer=Address),
    "uscrasp/current-address": Question(answer=Address),
    "uscrasp/marital-status": Question(answer=MaritalStatus),
    "uscrasp/family": Question(answer=Family),
    "uscrasp/relations": Question(answer=Relations, needs="deceased_egn", may=("egn",)),
    "taxes/assessment": Question(
        answer=Assessment, needs="property_id", may=("egn",), about="property_id"
    ),
    "taxes/obligations": Question(answer=Obligations),
    "taxes/company-obligations": Question(
        answer=Obligations, needs="eik", may=("egn",), about="eik"
    ),
    "cadastre/property": Question(
        answer=Property, needs="property_id", may=("egn",), about="property_id"
    ),
    "vehicles/registration": Question(
        answer=Vehicle, needs="vehicle", may=("egn",), about="vehicle"
    ),
    "bulstat/entity": Question(answer=Entity, needs="eik", may=("egn",), about="eik"),
}
