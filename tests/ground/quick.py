"""moto answers in half the time, and answers the same.

Most of what a DynamoDB answer costs is looking, in each attribute value, for each of the ten types
that it does not have; then listing, for each request, what the handler's class can do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest import mock

from botocore.loaders import JSONFileLoader
from moto.core import responses
from moto.core.model import StructureShape
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import method_names_from_class

_usual = BaseJSONSerializer._serialize_type_structure


def _only_what_is_there(
    serializer: BaseJSONSerializer, made: Any, value: Any, shape: StructureShape, key: str
) -> None:
    if shape.name != "AttributeValue" or not isinstance(value, dict):
        _usual(serializer, made, value, shape, key)
        return
    one: dict[str, Any] = {}
    for kind, content in value.items():
        serializer._serialize(one, content, shape.members[kind], kind)
    serializer._default_serialize(made, one, shape, key)


@contextmanager
def quick_answers() -> Iterator[None]:
    """Inside, moto writes DynamoDB's answers quickly."""
    with (
        mock.patch.object(BaseJSONSerializer, "_serialize_type_structure", _only_what_is_there),
        mock.patch.object(responses, "method_names_from_class", cache(method_names_from_class)),
    ):
        yield


def quick_clients() -> None:
    """Descriptions of AWS's services are read once a process, not once a session.

    Clients of one session share them too; so nothing changes them.
    """
    usual = JSONFileLoader.load_file

    @cache
    def once(path: str) -> Any:
        return usual(JSONFileLoader(), path)

    mock.patch.object(JSONFileLoader, "load_file", lambda _, path: once(path)).start()
