"""What is there for service models to refer to."""

from chalicelib.domain import registers
from chalicelib.domain.values import Value

# What the registers' adapters can be asked.
QUESTIONS = frozenset(registers.QUESTIONS)


class Surroundings(Value):
    """What a model may refer to: document templates, questions as `source/ask`, and the units of
    the administrations (none: they are not known, and not checked)."""

    templates: frozenset[str]
    questions: frozenset[str] = QUESTIONS
    units: frozenset[str] = frozenset()
