"""What silence means is told as certain only once a lawyer has said so."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from chalicelib.web.i18n import Language
from chalicelib.web.presenting import services
from chalicelib.web.rendering import render
from tests.handlers.samples import all_pages, frame, model

EFFECTS = {
    ("approve", "bg"): "искането е уважено",
    ("approve", "en"): "counts as granted",
    ("refuse", "bg"): "налице отказ",
    ("refuse", "en"): "counts as a refusal",
}
DOUBT = {"bg": "предстои да бъде потвърдено от юриста", "en": "still to be confirmed"}
Effect = Literal["none", "approve", "refuse"]


def told(effect: Effect, language: Language, confirmed_on: date | None) -> str:
    one = model()
    silence = one.silence.model_copy(update={"effect": effect, "confirmed_on": confirmed_on})
    return services.silence(one.model_copy(update={"silence": silence}), language)


@pytest.mark.parametrize(("effect", "language"), EFFECTS)
def test_the_effect_is_told_and_whether_it_is_certain(effect: Effect, language: Language) -> None:
    unconfirmed, confirmed = (told(effect, language, day) for day in (None, date(2026, 11, 2)))
    assert EFFECTS[effect, language] in confirmed
    assert DOUBT[language] not in confirmed
    assert unconfirmed.startswith(confirmed)
    assert DOUBT[language] in unconfirmed


@pytest.mark.parametrize("language", ["bg", "en"])
def test_where_the_law_says_nothing_neither_do_we(language: Language) -> None:
    assert told("none", language, None) == ""


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("name", ["service", "receipt"])
def test_the_pages_say_it(name: str, language: Language) -> None:
    page, _ = all_pages(language)[name]
    text = services.silence(model(), language)
    html = render(replace(page, silence=text), frame(language, "/services"))  # type: ignore[call-arg]  # both pages have it
    assert model().silence.confirmed_on is None
    assert DOUBT[language] in html
