"""Tracks that state only what matters."""

from chalicelib.domain.simulation.casting import Cast
from chalicelib.domain.simulation.tracks import Track, Visit
from tests.builders import MONDAY, a_case


def a_track(visits: list[Visit]) -> Track:
    """A case that was in these phases."""
    cast = Cast(tier="regular", delivery="portal", channel="portal", capacity="self", answers={})
    return Track(cast=cast, filed=MONDAY, case=a_case(), facts={}, visits=visits)
