"""govuk-frontend's components for the templates: `{{ govuk.button({…}) }}`.

The library's macros ask for values that may be missing, so they live in an environment of their
own: ours stays strict. They also print `html` values as they come; here only what is marked as
safe may be passed there.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

Macro = Callable[[Mapping[str, object]], Markup]


class Components:
    """Each method is a component's macro, loaded when it is first used."""

    def __getattr__(self, name: str) -> Macro:
        if name.startswith("_"):
            raise AttributeError(name)
        return _component(name)

    def draw(self, name: str, params: Mapping[str, object]) -> Markup:
        """A component by its name."""
        return _component(name)(params)


@cache
def _component(name: str) -> Macro:
    file = name.replace("_", "-")
    camel = "govuk" + "".join(word.capitalize() for word in name.split("_"))
    module = _environment().get_template(_path(file)).module
    macro: Macro = getattr(module, camel)

    def call(params: Mapping[str, object]) -> Markup:
        _refuse_unsafe(params)
        return macro(params)

    return call


def _path(file: str) -> str:
    return f"govuk_frontend_jinja/components/{file}/macro.html"


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, auto_reload=False)


def _refuse_unsafe(value: object, key: str = "") -> None:
    """Raises TypeError for text in an `html` place that is not marked as safe."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _refuse_unsafe(inner, str(name))
    elif isinstance(value, str):
        if key.lower().endswith("html") and not isinstance(value, Markup):
            raise TypeError("html takes only text that is marked as safe")
    elif isinstance(value, Sequence):
        for inner in value:
            _refuse_unsafe(inner, key)
