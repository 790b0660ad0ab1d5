"""Absences, substitutes, four eyes: who is given a task, and who stands in for whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.access import Principal, Role
from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.staff import absences, choosing
from chalicelib.domain.staff.choosing import Post
from chalicelib.domain.staff.members import Absence, Member, Staff
from chalicelib.domain.staff.substitutes import acting, borrowed_roles, stand_in

DAY = date(2026, 12, 1)
UNIT = "roads"
POST = Post(unit=UNIT, role="registrar")


def away(
    substitute: str | None = None, days: int = 1, first: date = DAY, named: str = "a"
) -> Absence:
    to = SubjectId(substitute) if substitute else None
    return Absence(id=named, first=first, last=first + timedelta(days=days - 1), substitute=to)


def somebody(
    name: str,
    *absent: Absence,
    role: Role = "registrar",
    unit: str | None = UNIT,
    left: bool = False,
) -> Member:
    return Member(
        subject=SubjectId(name),
        name=name.title(),
        unit=unit,
        roles=frozenset({role}),
        absences=absent,
        left=left,
    )


def staff(*members: Member) -> Staff:
    return Staff.of(members)


def name(member: Member | None) -> str | None:
    return member.subject if member else None


HEAD = somebody("head", role="head-of-unit")
ANA, BOB, EVA, IVO, ZOE = (somebody(one) for one in ("ana", "bob", "eva", "ivo", "zoe"))


STANDING = [
    ([ANA], "ana", "is there herself"),
    ([somebody("ana", away("bob")), BOB], "bob", "her substitute"),
    ([somebody("ana", away())], None, "absent without a substitute"),
    ([somebody("ana", away("gone"))], None, "the substitute is unknown"),
    ([somebody("ana", away("bob")), somebody("bob", left=True)], None, "the substitute left"),
    ([somebody("ana", away("bob")), somebody("bob", away("eva")), EVA], "eva", "two in a chain"),
    (
        [
            somebody("ana", away("bob")),
            somebody("bob", away("eva")),
            somebody("eva", away("ivo")),
            IVO,
        ],
        "ivo",
        "three in a chain",
    ),
    (
        [
            somebody("ana", away("bob")),
            somebody("bob", away("eva")),
            somebody("eva", away("ivo")),
            somebody("ivo", away("zoe")),
            ZOE,
        ],
        None,
        "four are too many",
    ),
    ([somebody("ana", away("bob")), somebody("bob", away("ana"))], None, "a circle ends"),
    ([somebody("ana", away("bob", first=DAY + timedelta(days=1))), BOB], "ana", "not before"),
    ([somebody("ana", away("bob", first=DAY - timedelta(days=1))), BOB], "ana", "not after"),
]


@pytest.mark.parametrize(("members", "expected", "remark"), STANDING, ids=lambda one: str(one)[:40])
def test_who_stands_in(members: list[Member], expected: str | None, remark: str) -> None:
    assert name(stand_in(staff(*members), members[0], DAY)) == expected, remark


def test_a_substitute_has_the_rights_of_the_absent_and_no_others() -> None:
    absent = somebody("head", away("ana"), role="head-of-unit")
    chief = somebody("chief", away("ana"), role="administrator")
    people = staff(absent, chief, ANA, BOB)
    assert borrowed_roles(people, ANA, DAY) == {"head-of-unit"}, "not the administrator's"
    assert borrowed_roles(people, BOB, DAY) == frozenset()
    assert borrowed_roles(people, ANA, DAY + timedelta(days=1)) == frozenset(), "over"
    me = Principal(subject=ANA.subject, name="Ana", roles=frozenset({"registrar"}), unit=UNIT)
    assert acting(people, me, DAY).roles == {"registrar", "head-of-unit"}
    assert acting(people, me.model_copy(update={"unit": "taxes"}), DAY).roles == {"registrar"}
    nobody = me.model_copy(update={"subject": SubjectId("nobody")})
    assert acting(people, nobody, DAY) == nobody


def test_who_is_absent_has_no_borrowed_rights() -> None:
    absent = somebody("head", away("ana"), role="head-of-unit")
    assert borrowed_roles(staff(absent, ANA), ANA, DAY) == {"head-of-unit"}
    ana = somebody("ana", away())
    assert borrowed_roles(staff(absent, ana), ana, DAY) == frozenset()


TAKES = [
    (ANA, POST, True, "her office"),
    (HEAD, POST, True, "heads do what their people do"),
    (ANA, Post(unit=UNIT, role="head-of-unit"), False, "not her office"),
    (ANA, Post(unit="taxes", role="registrar"), False, "another unit"),
    (ANA, Post(unit=UNIT, role="registrar", barred=frozenset({ANA.subject})), False, "four eyes"),
    (somebody("ana", away()), POST, False, "absent"),
    (somebody("ana", left=True), POST, False, "left"),
    (somebody("ana", role="administrator"), POST, False, "an administrator runs the system only"),
]


@pytest.mark.parametrize(("member", "post", "expected", "remark"), TAKES, ids=lambda o: str(o)[:30])
def test_who_may_take_a_task(member: Member, post: Post, expected: bool, remark: str) -> None:
    assert choosing.can_take(staff(member), member, post, DAY) is expected, remark


def test_a_substitute_may_take_the_heads_task() -> None:
    post = Post(unit=UNIT, role="head-of-unit")
    people = staff(somebody("head", away("ana"), role="head-of-unit"), ANA, BOB)
    assert choosing.able(people, post, DAY) == (ANA,)
    barred = post.model_copy(update={"barred": frozenset({ANA.subject})})
    assert choosing.able(people, barred, DAY) == (), "four eyes hold for substitutes too"


def test_the_one_with_the_fewest_tasks_is_given_the_next() -> None:
    load = {ANA.subject: 2, BOB.subject: 1, HEAD.subject: 0}
    people = staff(ANA, BOB, HEAD)
    assert choosing.least_loaded(people, POST, DAY, load) == BOB, "heads only where nobody else is"
    assert choosing.least_loaded(people, POST, DAY, {}) == ANA, "of equals the first by name"
    assert choosing.least_loaded(staff(HEAD), POST, DAY, {}) == HEAD
    assert choosing.least_loaded(staff(), POST, DAY, {}) is None


def test_whoever_had_the_case_before_or_stands_in_gets_it_again() -> None:
    before = [SubjectId("gone"), BOB.subject, ANA.subject]
    assert choosing.same_as_before(staff(ANA, BOB), POST, DAY, before) == BOB
    absent = somebody("bob", away("eva"))
    assert choosing.same_as_before(staff(ANA, absent, EVA), POST, DAY, before) == EVA
    assert choosing.same_as_before(staff(ANA, somebody("bob", away())), POST, DAY, before) == ANA
    assert choosing.same_as_before(staff(ANA), POST, DAY, []) is None


ANSWERS = [
    ([HEAD, ANA], "head", "the head"),
    ([somebody("head", away("ana"), role="head-of-unit"), ANA], "ana", "who stands in"),
    (
        [somebody("head", away(), role="head-of-unit"), somebody("it", role="administrator")],
        "it",
        "nobody stands in",
    ),
    ([somebody("deputy", away(), role="head-of-unit"), HEAD], "head", "the other head"),
    ([ANA], None, "nobody at all"),
]


@pytest.mark.parametrize(("members", "expected", "remark"), ANSWERS, ids=lambda one: str(one)[:30])
def test_to_whom_an_escalation_goes(
    members: list[Member], expected: str | None, remark: str
) -> None:
    assert name(choosing.answering(staff(*members), UNIT, DAY)) == expected, remark


WRONG = [
    (away(first=DAY, days=0), {"last": "before-first"}),
    (away(first=DAY - timedelta(days=3)), {"last": "already-over"}),
    (away(days=1200), {"last": "absence-too-long"}),
    (away(first=DAY + timedelta(days=9)), {"first": "overlaps"}),
    (away("ana", first=DAY + timedelta(days=30)), {"substitute": "own-substitute"}),
    (away("stranger"), {"substitute": "not-of-unit"}),
    (away("nobody"), {"substitute": "not-of-unit"}),
    (away("bob", days=2), {"substitute": "circle"}),
    (away("ana", days=0), {"last": "before-first", "substitute": "own-substitute"}),
]


@pytest.mark.parametrize(("absence", "expected"), WRONG, ids=lambda one: str(one)[:60])
def test_what_is_wrong_with_an_absence_is_said_at_once(
    absence: Absence, expected: dict[str, str]
) -> None:
    ana = somebody("ana", away(first=DAY + timedelta(days=9), days=3, named="known"))
    bob = somebody("bob", away("ana", first=DAY + timedelta(days=1)))
    people = staff(ana, bob, somebody("stranger", unit="taxes"))
    with pytest.raises(Invalid) as wrong:
        absences.announce(people, ana, absence, DAY)
    assert {fault.field: fault.code for fault in wrong.value.faults} == expected


def test_a_chain_that_would_grow_too_long_is_refused_wherever_it_grows() -> None:
    people = staff(
        somebody("ana", away("bob")), somebody("bob", away("eva")), somebody("eva", away("ivo")),
        IVO, ZOE,
    )  # fmt: skip
    with pytest.raises(Invalid) as wrong:
        absences.announce(people, IVO, away("zoe"), DAY)
    assert wrong.value.faults[0].code == "chain-too-long"
    assert absences.announce(people, IVO, away(), DAY).absences == (away(),)


def test_an_absence_is_cancelled_once() -> None:
    ana = somebody("ana", away(named="one"), away(named="two", first=DAY + timedelta(days=9)))
    assert [one.id for one in absences.cancel(ana, "one").absences] == ["two"]
    with pytest.raises(NotFound):
        absences.cancel(ana, "three")


SAYS = [
    ("ana", "registrar", UNIT, True, "her own"),
    ("bob", "registrar", UNIT, False, "a colleague's"),
    ("head", "head-of-unit", UNIT, True, "the head's people"),
    ("head", "head-of-unit", "taxes", False, "another unit's head"),
    ("it", "administrator", None, True, "an administrator"),
]


@pytest.mark.parametrize(("who", "role", "unit", "expected", "remark"), SAYS)
def test_who_has_a_say_in_an_absence(
    who: str, role: Role, unit: str | None, expected: bool, remark: str
) -> None:
    me = Principal(subject=SubjectId(who), name=who, roles=frozenset({role}), unit=unit)
    assert absences.has_say(me, ANA) is expected, remark
    if not expected:
        with pytest.raises(Forbidden):
            absences.require_say(me, ANA)


@given(st.data())
def test_whatever_is_announced_chains_end_with_somebody_else_within_three(
    data: st.DataObject,
) -> None:
    """Announcing at random, refused or not: nobody stands in for themselves, no circle remains."""
    names = ["ana", "bob", "eva", "ivo", "zoe"]
    people = {one: somebody(one) for one in names}
    for number in range(data.draw(st.integers(1, 12))):
        who = data.draw(st.sampled_from(names))
        first = DAY + timedelta(days=data.draw(st.integers(0, 9)))
        to = data.draw(st.sampled_from([None, *names]))
        absence = away(to, data.draw(st.integers(1, 6)), first, named=str(number))
        try:
            people[who] = absences.announce(staff(*people.values()), people[who], absence, DAY)
        except Invalid:
            continue
    everybody = staff(*people.values())
    for day in (DAY + timedelta(days=one) for one in range(16)):
        for member in everybody.members:
            found = stand_in(everybody, member, day)
            assert found is None or found.is_present(day)
            absence_now = member.absence_on(day)
            if absence_now and absence_now.substitute:
                direct = everybody.find(absence_now.substitute)
                assert direct is not None
                if direct.is_present(day):
                    assert found == direct
