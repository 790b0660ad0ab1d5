"""How much the random and the repeated tests do, and from which seed.

Set in the environment: TEST_SIZE (1 is what every commit runs; 20 is a night's work) and
TEST_SEED (fixed unless given; every failure prints it).
"""

import os
import random

VARIABLE = "TEST_SIZE"
SEED_VARIABLE = "TEST_SEED"
SIZE = float(os.environ.get(VARIABLE, "1"))
SEED = int(os.environ.get(SEED_VARIABLE, "20260101"))


def times(number: int) -> int:
    """`number` repetitions at size 1, at least one at any size."""
    return max(1, int(number * SIZE))


def chance(*where: object) -> random.Random:
    """A generator of its own for each place, so that one more draw here moves nothing there."""
    return random.Random(f"{SEED} {where}")
