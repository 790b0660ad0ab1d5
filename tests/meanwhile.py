"""What somebody else does in the middle of a use case, between two of its calls to a port."""

from collections.abc import Callable

import pytest


def before(
    monkeypatch: pytest.MonkeyPatch, port: object, method: str, *acts: Callable[[], object]
) -> None:
    """Each of `acts` in turn happens just before one call of the port's method.

    An act may call the same method: only calls from outside the acts set off the next one.
    """
    plain, waiting, busy = getattr(port, method), list(acts), [False]

    def late(*args: object, **named: object) -> object:
        if waiting and not busy[0]:
            busy[0] = True
            waiting.pop(0)()
            busy[0] = False
        return plain(*args, **named)

    monkeypatch.setattr(port, method, late)
