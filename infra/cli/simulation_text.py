"""A simulation's report for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Text
from chalicelib.domain.simulation import Report
from infra.cli.simulation_tables import Tables


def report_lines(
    report: Report, model: ServiceModel, language: Language, units: Mapping[str, Text]
) -> Iterator[str]:
    """One service."""
    tables = Tables(report, model, language, units)
    yield tables.title()
    for section in tables.sections():
        if not section.rows:
            continue
        yield ""
        yield section.heading
        rows = [section.head, *section.rows] if section.head else section.rows
        yield from _columns(rows)
    yield ""


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The last column is as long as it is."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(width) if _is_number(cell) else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield f"  {'  '.join(cells)}".rstrip()


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() and len(cell) <= len("1234.56 EUR")
