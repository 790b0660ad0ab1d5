"""Chance as an argument: the same seed gives the same cases, whatever happens elsewhere."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Protocol, TypeVar

T = TypeVar("T")


class Chance(Protocol):
    """What simulation needs of a generator of pseudo-random numbers: one from 0 to below 1."""

    def random(self) -> float: ...


def happens(chance: Chance, probability: float) -> bool:
    """Whether something of that probability (0 to 1) happens."""
    return chance.random() < probability


def pick(chance: Chance, options: Sequence[T]) -> T:
    """One of several, each as likely as another."""
    return options[int(chance.random() * len(options))]


def weighted(chance: Chance, weights: Mapping[str, float]) -> str:
    """One name, by weight. The weights are not negative, and one at least is not zero."""
    left = chance.random() * sum(weights.values())
    name = ""
    for name, weight in weights.items():
        left -= weight
        if weight and left < 0:
            return name
    return name


def triangular(chance: Chance, least: float, usual: float, most: float) -> float:
    """A number between `least` and `most`, most likely `usual`."""
    if least == most:
        return least
    u, turn = chance.random(), (usual - least) / (most - least)
    if u < turn:
        return least + sqrt(u * (most - least) * (usual - least))
    return most - sqrt((1 - u) * (most - least) * (most - usual))
