"""A simulation's report as one page with its pictures, that needs nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from chalicelib.domain.calendar import Calendar
from chalicelib.domain.services.language import Language, ServiceModel
from chalicelib.domain.services.words import Text
from chalicelib.domain.simulation import Report
from chalicelib.web.pictures.gantt import gantt_svg
from chalicelib.web.pictures.process import process_svg
from chalicelib.web.pictures.weeks import weeks_svg
from chalicelib.web.pictures.words import said
from infra.cli.simulation_tables import Section, Tables

_STYLE = """
body{font:16px/1.5 'Sofia Sans','Noto Sans',Arial,sans-serif;color:#1b1b1b;background:#fff;
margin:2rem auto;max-width:90rem;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.35rem;border-top:3px solid #1d4f91;padding-top:.75rem;
margin-top:3rem}h3{font-size:1.05rem;margin:1.5rem 0 .25rem}
table{border-collapse:collapse}th,td{padding:.25rem .75rem .25rem 0;text-align:left;
vertical-align:top;border-bottom:1px solid #b1b4b6}
.wide{overflow-x:auto}svg{max-width:100%;height:auto}
@media print{.wide{overflow:visible}}
"""
_TITLE = Text(bg="Симулация на услуги", en="Simulation of services")


def page(
    reports: Sequence[tuple[ServiceModel, Report]],
    calendar: Calendar,
    language: Language,
    units: Mapping[str, Text],
) -> str:
    """HTML with everything in it."""
    title = escape(_TITLE.in_(language))
    body = "\n".join(
        part
        for model, report in reports
        for part in _service(model, report, calendar, language, units)
    )
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _service(
    model: ServiceModel,
    report: Report,
    calendar: Calendar,
    language: Language,
    units: Mapping[str, Text],
) -> Iterator[str]:
    tables = Tables(report, model, language, units)
    yield f"<h2>{escape(model.title.in_(language))}</h2>"
    yield f"<p>{escape(tables.title())}</p>"
    for section in tables.sections():
        if section.rows:
            yield from _section(section)
    if report.typical:
        due = report.typical_due
        yield _picture(
            said("typical", language), gantt_svg(model, report.typical, due, calendar, language)
        )
    if report.load:
        yield _picture(said("load", language), weeks_svg(model, report.load, language, units))
    yield _picture(said("process", language), process_svg(model, language, units))


def _section(section: Section) -> Iterator[str]:
    yield f"<h3>{escape(section.heading)}</h3>"
    if not section.head:
        items = "".join(f"<li>{escape(row[0])}</li>" for row in section.rows)
        yield f"<ul>{items}</ul>"
        return
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in section.head)
    yield f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>'
    for first, *others in section.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _picture(heading: str, svg: str) -> str:
    return f'<h3>{escape(heading)}</h3>\n<div class="wide" tabindex="0">{svg}</div>'
