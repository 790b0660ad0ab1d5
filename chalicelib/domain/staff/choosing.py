"""Who is given a task, and whether anybody could take it."""

from collections.abc import Collection, Mapping
from datetime import date

from chalicelib.domain.access import Role
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff.members import Member, Staff
from chalicelib.domain.staff.substitutes import stand_in
from chalicelib.domain.values import Value


class Post(Value):
    """What a task asks for: somebody of the unit with the role (or its head), who is none of the
    `barred` (four eyes)."""

    unit: str
    role: Role | None
    barred: frozenset[SubjectId] = frozenset()


def can_take(staff: Staff, member: Member, post: Post, day: date) -> bool:
    """Whether they may have the task that day, by their own office or for somebody absent."""
    if member.subject in post.barred or not member.is_present(day):
        return False
    if member.handles(post.unit, post.role):
        return True
    absent = (one for one in staff.in_unit(post.unit) if not one.is_present(day))
    return any(one.handles(post.unit, post.role) and stand_in(staff, one, day) == member
               for one in absent)  # fmt: skip


def able(staff: Staff, post: Post, day: date) -> tuple[Member, ...]:
    """Everybody who may have the task that day."""
    return tuple(one for one in staff.members if can_take(staff, one, post, day))


def least_loaded(
    staff: Staff, post: Post, day: date, load: Mapping[SubjectId, int]
) -> Member | None:
    """Of those whose office it is, the one with the fewest open tasks; heads only where nobody
    else is. Of equals the first by name."""
    people = able(staff, post, day)
    ordinary = [one for one in people if post.role in one.roles]
    return min(ordinary or people, key=lambda one: load.get(one.subject, 0), default=None)


def same_as_before(
    staff: Staff, post: Post, day: date, before: Collection[SubjectId]
) -> Member | None:
    """Whoever of `before` (the last first) may have it, or who stands in for them."""
    for subject in before:
        member = staff.find(subject)
        found = stand_in(staff, member, day) if member else None
        if found is not None and can_take(staff, found, post, day):
            return found
    return None


def instead(staff: Staff, absent: Member, post: Post, day: date) -> Member | None:
    """Who goes on with the task of somebody absent; None: it returns to the unit."""
    found = stand_in(staff, absent, day)
    return found if found is not None and can_take(staff, found, post, day) else None


def answering(staff: Staff, unit: str, day: date) -> Member | None:
    """Whom an escalation goes to: the unit's head, else who stands in, else an administrator."""
    heads = [one for one in staff.in_unit(unit) if "head-of-unit" in one.roles]
    heads.sort(key=lambda head: not head.is_present(day))
    standing = [stand_in(staff, head, day) for head in heads]
    administrators = [
        one for one in staff.members if "administrator" in one.roles and one.is_present(day)
    ]
    return next((one for one in (*standing, *administrators) if one is not None), None)
