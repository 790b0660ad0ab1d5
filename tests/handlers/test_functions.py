"""What the functions say when they break: the kind and the place, never the words."""

import pytest
from pydantic import ValidationError

from chalicelib.domain.documents import AddressLines
from chalicelib.domain.documents.source import Applicant
from chalicelib.handlers.functions import Fault, logged
from chalicelib.settings import Secret

SECRET = "canary-7523169263"


def test_a_foreign_error_leaves_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    @logged
    def breaks(event: dict[str, object], context: object) -> None:
        raise KeyError(SECRET)

    with pytest.raises(Fault, match="KeyError") as caught:
        breaks({"case": "c", "generation": 1}, None)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__
    told = caplog.records[-1]
    assert SECRET not in str(vars(told))
    assert (told.levelname, vars(told)["kind"]) == ("ERROR", "KeyError")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Applicant, {"name": SECRET}),
        (AddressLines, {"settlement": "", "street": SECRET}),
        (AddressLines, {"settlement": SECRET * 100}),
        (Secret, {"session_key": SECRET, "epay": {"min": "1", "secret": SECRET}}),
    ],
)
def test_a_wrong_value_is_not_repeated(kind: type[Secret], value: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(value)
    assert "canary" not in str(caught.value)
