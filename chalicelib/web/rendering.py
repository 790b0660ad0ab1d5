"""Pages to HTML: one strict Jinja environment a language, made when it is first needed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import ClassVar
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.domain.administration import Administration
from chalicelib.web import formats
from chalicelib.web.components import Components
from chalicelib.web.fields import draw
from chalicelib.web.i18n import LANGUAGES, NAMES, Language, catalogue, say
from chalicelib.web.places import FOLDER, manifest

_FORMATS = ("day", "short_day", "month", "moment", "money", "term", "size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in, as the frame of the page shows it."""

    name: str
    is_citizen: bool = True
    is_official: bool = False
    sees_desk: bool = False
    turns_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page needs besides its own content.

    `path` (with its query) is without the language. `switch_form` names the form that carries
    what was typed when the language is switched. `assets` is where the assets are served.
    """

    language: Language
    path: str
    administration: Administration
    assets: str = "/assets"
    person: Person | None = None
    csrf: str = ""
    switch_form: str | None = None
    success: str | None = None
    moved_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The base of every page's view model: `template` is the file that shows it."""

    template: ClassVar[str]


def render(page: Page, frame: Frame) -> str:
    """A whole HTML document. A name that the template misses raises UndefinedError."""
    return render_template(
        page.template,
        frame.language,
        page=page,
        frame=frame,
        municipality=frame.administration,
    )


def render_template(template: str, language: Language, **context: object) -> str:
    """Any template with any names."""
    return environment(language).get_template(template).render(context)


@cache
def environment(language: Language) -> Environment:
    """The templates in one language."""
    env = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    # The extension adds this method to the environment, which types cannot know.
    env.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    for name in _FORMATS:
        env.filters[name] = partial(getattr(formats, name), language=language)
    env.filters["iso"] = formats.iso
    env.filters["local_day"] = formats.local_day
    govuk = Components()
    env.globals.update(
        govuk=govuk,
        field=partial(draw, govuk, say(language, "Error")),
        language=language,
        languages={code: NAMES[code] for code in LANGUAGES},
        url=partial(_url, language),
        asset=lambda name: manifest().get(name, name),
    )
    return env


def _url(language: Language, path: str, **query: str | None) -> str:
    """A page of the portal in the same language."""
    given = [f"{name}={quote(value, safe='')}" for name, value in query.items() if value]
    return f"/{language}{path if path != '/' else ''}" + (f"?{'&'.join(given)}" if given else "")
