"""When a notification that was not settled is sent again (ePay's published schedule)."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
# How many attempts, and the seconds before each next one. "Under a minute" is read as half a one.
_STEPS = ((5, 30.0), (4, 15 * MINUTE), (5, HOUR), (6, 3 * HOUR), (4, 6 * HOUR))
_GIVEN_UP_AFTER = 30 * DAY


def wait_after(attempts: int, elapsed: float) -> float | None:
    """Seconds to the next attempt; None when 30 days have passed since the first.

    `attempts` have been made so far; `elapsed` is the time since the first, in seconds.
    """
    if elapsed >= _GIVEN_UP_AFTER:
        return None
    for count, seconds in _STEPS:
        if attempts < count:
            return seconds
        attempts -= count
    return DAY
