"""Signing in and out, with everything an attacker would try on the way."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.errors import Busy, Forbidden, Forged, NotSignedIn
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.sessions import Session, Ticket
from chalicelib.domain.signin import Claims
from chalicelib.usecases import signin
from tests.world import World

EGN = "7523169263"
CITIZEN = Claims(sub="sub-citizen", name="Иван Петров", egn=EGN)
OFFICIAL = Claims(sub="sub-official", name="Мария", groups=frozenset({"registrar"}), unit="civil")
BROWSER = "b" * 43


def entered(world: World, claims: Claims = CITIZEN, browser: str = BROWSER) -> dict[str, str]:
    """What the browser brings back from the provider's page."""
    url = signin.start(world, browser, "/cases", world.now)
    return world.identity.enter(url, claims)


def signed_in(world: World, claims: Claims = CITIZEN) -> Ticket:
    return signin.finish(world, BROWSER, now=world.now, **entered(world, claims)).ticket


def test_a_citizen_signs_in_and_is_known() -> None:
    world = World()
    finished = signin.finish(world, BROWSER, now=world.now, **entered(world))
    assert finished.next == "/cases"
    session = signin.session_of(world, finished.ticket, world.now)
    assert session is not None
    assert session.principal == finished.principal
    assert session.principal.egn == EGN
    assert finished.ticket.subject == world.subject(EGN)


def test_an_official_signs_in_with_unit_and_role() -> None:
    world = World()
    session = signin.session_of(world, signed_in(world, OFFICIAL), world.now)
    assert session is not None
    assert session.principal.roles == {"registrar"}
    assert session.principal.unit == "civil"


def test_every_sign_in_has_its_own_state_nonce_and_challenge() -> None:
    world = World()
    asked = [
        parse_qs(urlsplit(signin.start(world, BROWSER, "/", world.now)).query) for _ in range(3)
    ]
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name][0] for one in asked}) == 3, name
    assert {one["code_challenge_method"][0] for one in asked} == {"S256"}


def test_every_sign_in_makes_a_new_session() -> None:
    world = World()
    assert signed_in(world) != signed_in(world)


def test_two_tabs_may_sign_in_at_once() -> None:
    world = World()
    first, second = entered(world), entered(world)
    assert signin.finish(world, BROWSER, now=world.now, **second)
    assert signin.finish(world, BROWSER, now=world.now, **first)


def test_an_answer_counts_once() -> None:
    world = World()
    answer = entered(world)
    signin.finish(world, BROWSER, now=world.now, **answer)
    with pytest.raises(Forged, match="sign-in-state"):
        signin.finish(world, BROWSER, now=world.now, **answer)


def test_a_failed_answer_is_used_up_too() -> None:
    world = World()
    answer = entered(world)
    with pytest.raises(Forged):
        signin.finish(world, BROWSER, answer["state"], "guessed", world.now)
    with pytest.raises(Forged, match="sign-in-state"):
        signin.finish(world, BROWSER, now=world.now, **answer)


@pytest.mark.parametrize("browser", ["", "c" * 43])
def test_an_answer_counts_only_in_the_browser_that_asked(browser: str) -> None:
    world = World()
    answer = entered(world)
    with pytest.raises(Forged, match="sign-in-state"):
        signin.finish(world, browser, now=world.now, **answer)
    assert signin.finish(world, BROWSER, now=world.now, **answer), "and is not spent by others"


def test_a_foreign_state_is_refused() -> None:
    world = World()
    answer = entered(world) | {"state": "x" * 43}
    with pytest.raises(Forged, match="sign-in-state"):
        signin.finish(world, BROWSER, now=world.now, **answer)


def test_a_stolen_code_is_worth_nothing_in_another_sign_in() -> None:
    world = World()
    victims = entered(world, CITIZEN, browser="v" * 43)
    attackers = entered(world)
    with pytest.raises(Forged, match="sign-in-code"):
        signin.finish(world, BROWSER, attackers["state"], victims["code"], world.now)


@pytest.mark.parametrize(("minutes", "late"), [(9.9, False), (10, True), (60, True)])
def test_there_are_ten_minutes(minutes: float, late: bool) -> None:
    world = World()
    answer = entered(world)
    world.pass_time(minutes=minutes)
    if late:
        with pytest.raises(Forged, match="sign-in-state"):
            signin.finish(world, BROWSER, now=world.now, **answer)
    else:
        assert signin.finish(world, BROWSER, now=world.now, **answer)


@pytest.mark.parametrize(("egn", "code"), [(None, "egn-missing"), ("7523169264", "egn-invalid")])
def test_without_a_valid_egn_there_is_no_session(egn: str | None, code: str) -> None:
    world = World()
    answer = entered(world, Claims(sub="sub", egn=egn))
    with pytest.raises(Forbidden, match=code):
        signin.finish(world, BROWSER, now=world.now, **answer)


def test_nobody_is_known_by_no_ticket_or_a_made_up_one() -> None:
    world = World()
    made_up = Ticket(secret="z" * 43, subject=world.subject(EGN))
    assert signin.session_of(world, None, world.now) is None
    assert signin.session_of(world, made_up, world.now) is None


def test_a_ticket_cannot_be_given_to_somebody_else() -> None:
    world = World()
    ticket = signed_in(world)
    foreign = ticket.model_copy(update={"subject": SubjectId("sub-official")})
    assert signin.session_of(world, foreign, world.now) is None


def test_silence_ends_a_session_and_clicking_keeps_it() -> None:
    world = World()
    ticket = signed_in(world)
    for _ in range(4):
        world.pass_time(minutes=20)
        assert signin.session_of(world, ticket, world.now)
    world.pass_time(minutes=30)
    assert signin.session_of(world, ticket, world.now) is None


def test_a_day_ends_a_session_however_busy() -> None:
    world = World()
    ticket = signed_in(world)
    for _ in range(23):
        world.pass_time(minutes=20)
        assert signin.session_of(world, ticket, world.now)
    world.pass_time(minutes=20)
    assert signin.session_of(world, ticket, world.now) is None


def test_a_page_does_not_fail_because_its_moment_could_not_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    ticket = signed_in(world)

    def busy(_ticket: Ticket, _session: Session) -> None:
        raise Busy

    monkeypatch.setattr(world.sessions, "seen", busy)
    world.pass_time(minutes=2)
    assert signin.session_of(world, ticket, world.now)


def test_signing_out_ends_this_session_only() -> None:
    world = World()
    here, there = signed_in(world), signed_in(world)
    assert signin.sign_out(world, here).endswith("back=%2Fsigned-out")
    assert signin.session_of(world, here, world.now) is None
    assert signin.session_of(world, there, world.now)


def test_signing_out_everywhere_ends_all_and_only_this_persons() -> None:
    world = World()
    here, there, other = signed_in(world), signed_in(world), signed_in(world, OFFICIAL)
    signin.sign_out_everywhere(world, here, world.now)
    assert [signin.session_of(world, t, world.now) for t in (here, there)] == [None, None]
    assert signin.session_of(world, other, world.now)
    world.pass_time(seconds=1)
    assert signin.session_of(world, signed_in(world), world.now), "one may sign in again"


def test_a_bearer_is_known_by_the_token() -> None:
    world = World()
    world.identity.give_token("good", CITIZEN)
    world.identity.give_token("nobody", Claims(sub="sub"))
    assert signin.bearer(world, "good", world.now).subject == world.subject(EGN)
    for token in ("", "bad"):
        with pytest.raises(NotSignedIn):
            signin.bearer(world, token, world.now)
    with pytest.raises(Forbidden, match="egn-missing"):
        signin.bearer(world, "nobody", world.now)
