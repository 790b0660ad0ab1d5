"""The Bulgarian calendar, from the data beside this file.

The data is made from the `holidays` library by `python -m infra.cli.generate`. Loading the
library itself would cost every cold start half a second; loading the data costs a few
milliseconds. A year that the data does not know is refused, not guessed.
"""

from functools import cache
from pathlib import Path

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.local_calendar import LocalCalendar

DATA = Path(__file__).with_suffix(".json")


@cache
def bulgarian() -> Calendar:
    """Public holidays, their moved days off, and declared working days; Europe/Sofia."""
    return Calendar.model_validate_json(DATA.read_bytes())


def of_administration(file: Path) -> Calendar:
    """The national calendar with an administration's own days, if it has such a file."""
    if not file.is_file():
        return bulgarian()
    return LocalCalendar.model_validate_json(file.read_bytes()).over(bulgarian())
