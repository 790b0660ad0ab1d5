"""Personal numbers: EGN (citizens) and LNCh (foreigners).

The check digits are python-stdnum's; what an EGN says of its bearer is read here (source: the
national population register's own description of the number). A personal number never shows
itself in `repr`, `str` or an error: take `.number` where it is really meant.

Do not use these on what a register sends: registers hold numbers that fail the check digit.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal, Self

from pydantic import ConfigDict, ValidationInfo, field_validator
from stdnum.bg import egn as stdnum_egn
from stdnum.bg import pnf as stdnum_lnch
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError

from chalicelib.domain.errors import Fault, Invalid
from chalicelib.domain.values import Value

Sex = Literal["female", "male"]

# What the month says of the century: the offset added to it, and the years it stands for.
_CENTURIES: tuple[tuple[int, int], ...] = ((40, 2000), (20, 1800), (0, 1900))
_LONGEST = 32  # a number typed with separators; longer is not looked at
_SHOWN = 4


class _PersonalNumber(Value):
    """Ten digits that are valid, and that hide when printed."""

    # Pydantic would print the refused number in its error.
    model_config = ConfigDict(hide_input_in_errors=True)

    number: str

    @property
    def masked(self) -> str:
        """For display and logs: `7523******`."""
        return mask(self.number)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked})"


class Egn(_PersonalNumber):
    """A valid EGN. Spaces, dots and hyphens are taken off."""

    @field_validator("number")
    @classmethod
    def _valid(cls, number: str, _info: ValidationInfo) -> str:
        return _validated(number, stdnum_egn.validate)

    @classmethod
    def parse(cls, text: str, field: str = "egn") -> Self:
        """What somebody typed. Raises Invalid: `personal-number.shape`, `.date` or `.check`."""
        _refuse(text, field, stdnum_egn.validate)
        return cls(number=text)

    @property
    def birth_date(self) -> date:
        """The day that the number states; the register may know a corrected one."""
        year, month, day = (int(self.number[at : at + 2]) for at in (0, 2, 4))
        offset, century = next(c for c in _CENTURIES if month > c[0])
        return date(century + year, month - offset, day)

    @property
    def sex(self) -> Sex:
        """An even ninth digit is a man's."""
        return "female" if int(self.number[8]) % 2 else "male"

    def age_on(self, day: date) -> int:
        """Full years on that day; who was born on 29 February counts from 1 March.

        Negative before the birth, so a number from the future is never old enough.
        """
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Lnch(_PersonalNumber):
    """A valid personal number of a foreigner. It says nothing of its bearer."""

    @field_validator("number")
    @classmethod
    def _valid(cls, number: str, _info: ValidationInfo) -> str:
        return _validated(number, stdnum_lnch.validate)

    @classmethod
    def parse(cls, text: str, field: str = "lnch") -> Self:
        """What somebody typed. Raises Invalid: `personal-number.shape` or `.check`."""
        _refuse(text, field, stdnum_lnch.validate)
        return cls(number=text)


def mask(number: str) -> str:
    """A personal number as it may be shown: `7523******`; anything else disappears whole."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return "*" * 10
    return number[:_SHOWN] + "*" * (10 - _SHOWN)


def _validated(number: str, validate: Callable[[str], str]) -> str:
    if len(number) > _LONGEST:
        raise ValueError("not a personal number")
    try:
        return str(validate(number))
    except ValidationError:
        raise ValueError("not a personal number") from None


def _refuse(text: str, field: str, validate: Callable[[str], str]) -> None:
    """Raises Invalid with what is wrong, and never with the number itself."""
    try:
        validate(text[: _LONGEST + 1])
    except InvalidChecksum:
        code = "personal-number.check"
    except InvalidComponent:
        code = "personal-number.date"
    except ValidationError:
        code = "personal-number.shape"
    else:
        return
    raise Invalid([Fault(field=field, code=code)])
