"""Every text of the pages is there in both languages, whole and up to date."""

import re
from collections.abc import Iterator

import pytest
from babel.messages import Message

from chalicelib.domain import errors
from chalicelib.domain.errors import Fault, ZagoraError
from chalicelib.web.faults import ERRORS, FAULTS, error_text, fault_text
from chalicelib.web.i18n import LANGUAGES, say
from infra import messages

_PLACE = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"<[^>]+>")


def entries() -> list[Message]:
    return [message for message in messages.stored() if message.id]


def name(message: Message) -> str:
    return str(message.id)[:60]


def both(message: Message) -> Iterator[tuple[str, str]]:
    """Source and translation, each form with its own."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, message.string or (), strict=True)


@pytest.mark.parametrize("message", entries(), ids=name)
def test_every_text_is_translated_whole(message: Message) -> None:
    assert not message.fuzzy
    for source, translation in both(message):
        assert translation.strip(), source
        assert sorted(set(_PLACE.findall(source))) == sorted(set(_PLACE.findall(translation)))
        assert sorted(_TAG.findall(source)) == sorted(_TAG.findall(translation))


def test_the_catalogue_has_exactly_the_texts_of_the_pages() -> None:
    wanted = {message.id for message in messages.template() if message.id}
    assert {message.id for message in entries()} == wanted, "run python -m infra.messages"


def test_what_the_functions_read_is_what_was_translated() -> None:
    assert messages.MO.read_bytes() == messages.compiled(), "run python -m infra.messages"


def classes(root: type[ZagoraError]) -> Iterator[type[ZagoraError]]:
    yield root
    for below in root.__subclasses__():
        yield from classes(below)


def of_the_domain() -> list[type[ZagoraError]]:
    return [kind for kind in classes(ZagoraError) if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", of_the_domain())
def test_every_error_of_the_domain_has_its_own_text(kind: type[ZagoraError]) -> None:
    text = ERRORS[kind.code]
    assert text.status >= 400
    assert say("bg", text.title) != say("en", text.title)
    assert say("bg", text.advice) != say("en", text.advice)


def test_an_unknown_code_gets_the_text_of_its_class() -> None:
    assert error_text(errors.Conflict("published-meanwhile")) is ERRORS["conflict"]
    assert error_text(errors.RegisterUnavailable("odd")) is ERRORS["register-unavailable"]
    assert error_text(ZagoraError("odd")) is ERRORS["error"]


@pytest.mark.parametrize("code", [*FAULTS, "never-heard-of"])
def test_every_fault_says_what_is_wrong_with_which_field(code: str) -> None:
    for language in LANGUAGES:
        fault = Fault(field="x", code=code.removesuffix(".radios"), facts={"limit": 3})
        said = fault_text(fault, "Име", "text", language)
        assert "Име" in said
        assert "%(" not in said


def test_a_fault_without_its_facts_is_said_all_the_same() -> None:
    assert "Име" in fault_text(Fault(field="x", code="too-long"), "Име", "text", "bg")
