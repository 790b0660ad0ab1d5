"""Who somebody is by what the provider says, and where they may be sent afterwards."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.ids import SubjectId
from chalicelib.domain.signin import Attempt, Claims, principal_of, safe_next, subject_of

EGN = "7523169263"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def subject(egn: str) -> SubjectId:
    return subject_of(egn, b"pepper")


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ({"registrar"}, {"registrar"}),
        ({"registrar", "head-of-unit"}, {"registrar", "head-of-unit"}),
        ({"administrator", "unknown"}, {"administrator"}),
    ],
)
def test_officials_are_who_their_groups_say(groups: set[str], roles: set[str]) -> None:
    claims = Claims(sub="sub-1", name="Мария", groups=frozenset(groups), egn=EGN, unit="civil")
    made = principal_of(claims, subject)
    assert made.roles == roles
    assert (made.subject, made.unit) == ("sub-1", "civil")
    assert made.egn is None, "an official with an EGN is official only"


@pytest.mark.parametrize(
    ("groups", "remark"),
    [
        (frozenset[str](), "no group"),
        (frozenset({"citizen"}), "a group of that name gives nothing"),
        (frozenset({"Registrar", "registrar "}), "nearly a role is none"),
    ],
)
def test_everybody_else_is_a_citizen_by_egn(groups: frozenset[str], remark: str) -> None:
    made = principal_of(
        Claims(sub="sub-1", name=" Иван\n Петров ", groups=groups, egn=EGN, unit="civil"), subject
    )
    assert made.roles == {"citizen"}, remark
    assert (made.egn, made.subject, made.unit) == (EGN, subject(EGN), None)
    assert made.name == "Иван Петров"


@pytest.mark.parametrize(
    ("egn", "code"),
    [
        (None, "egn-missing"),
        ("", "egn-missing"),
        ("7523169264", "egn-invalid"),
        ("123", "egn-invalid"),
        ("7523169263; registrar", "egn-invalid"),
    ],
)
def test_without_a_valid_egn_nobody_is_a_citizen(egn: str | None, code: str) -> None:
    with pytest.raises(Forbidden) as refused:
        principal_of(Claims(sub="sub-1", egn=egn), subject)
    assert refused.value.code == code
    assert not egn or egn not in str(refused.value)


def test_a_subject_is_the_same_for_the_same_person_and_pepper_only() -> None:
    assert subject(EGN) == subject(EGN)
    assert len(subject(EGN)) == 32
    assert subject(EGN) != subject("6101057509")
    assert subject_of(EGN, b"another") != subject(EGN)
    assert EGN not in subject(EGN)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cases",
        "/bg/cases/SZ-2026-000123-7?a=1&b=%D0%B0",
        "/en",
        "/a#part",
        "/signing",
        "/%09/x",
    ],
)
def test_a_path_of_ours_is_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "cases",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\..\\..\\evil",
        "https://evil.example/",
        "HTTPS:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/cases\r\nSet-Cookie: zagora=x",
        "/cases\x00",
        "/дом",
        "/" + "a" * 1000,
        "/signin",
        "/bg/signin?next=/",
        "/en/signin/callback?code=1",
        "/signout",
        "/signed-out/everywhere",
    ],
)
def test_anything_else_becomes_home(path: str | None) -> None:
    assert safe_next(path) == "/"


@given(st.text(alphabet="/\\:@?#.%\t\r\n abеvil09", max_size=30))
def test_no_path_leads_to_another_site(path: str) -> None:
    origin = "https://portal.example"
    target = urlsplit(urljoin(f"{origin}/signin/callback", safe_next(path)))
    assert f"{target.scheme}://{target.netloc}" == origin
    assert not {"\\", "\r", "\n", "\t"} & set(safe_next(path))


def test_an_attempt_lives_for_ten_minutes_and_hides() -> None:
    attempt = Attempt(state="st", nonce="no", verifier="ve-secret", next="/", started_at=NOW)
    assert attempt.lives(NOW + timedelta(minutes=9, seconds=59))
    assert not attempt.lives(NOW + timedelta(minutes=10))
    assert "ve-secret" not in f"{attempt} {attempt!r}"


def test_the_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    attempt = Attempt(state="s", nonce="n", verifier=verifier, next="/", started_at=NOW)
    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_claims_do_not_show_the_egn() -> None:
    assert EGN not in f"{Claims(sub='s', egn=EGN)} {Claims(sub='s', egn=EGN)!r}"
