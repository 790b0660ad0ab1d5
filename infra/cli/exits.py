"""The exit codes of the commands (docs/command-line.md). 2 is argparse's: used wrongly."""

WELL = 0
WRONG = 1
DIFFERENT = 3
LEFT_OVER = 4
# A legal term can provably be missed.
UNLAWFUL = 5


class NoStack(Exception):
    """There is no stage to ask, or it does not answer."""
