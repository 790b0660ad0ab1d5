"""The clock in the table: `DEMO/CLOCK`. Its change comes through the stream like a case's."""

from chalicelib.adapters.table import Row, find_row, steadily
from chalicelib.domain.demo_clock import Setting

KEY = ("DEMO", "CLOCK")


class DynamoDemoClock:
    """All raise Busy."""

    def read(self) -> Setting:
        """See the port."""
        row = find_row(*KEY)
        return Setting.model_validate_json(row.body) if row and row.body else Setting()

    def move(self, setting: Setting) -> None:
        """See the port."""
        steadily(Row(*KEY, body=setting.model_dump_json()).save)
