"""The user pool's tokens: good ones say who bears them, every other one is refused."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from chalicelib.domain.errors import Busy, NotSignedIn
from chalicelib.domain.signin import Claims
from tests.pool import (
    EGN,
    FOREIGN,
    ISSUER,
    NEXT,
    NOW,
    OURS,
    REGION_URL,
    WEB,
    Outside,
    claims,
    part,
    signed,
)


def test_an_id_token_says_who_bears_it() -> None:
    assert Outside().identity().verify(signed(claims("id")), NOW) == Claims(
        sub="sub-1", name="Иван", groups=frozenset({"registrar"}), egn=EGN, unit="civil"
    )


TAMPERED = [
    ("another issuer", {"iss": "https://evil.example/pool"}),
    ("another pool of the same region", {"iss": f"{REGION_URL}/eu-central-1_Other"}),
    ("no issuer", {"iss": None}),
    ("expired", {"exp": int(NOW.timestamp()) - 31}),
    ("never expires", {"exp": None}),
    ("expiry is no number", {"exp": "tomorrow"}),
    ("issued in the future", {"iat": int(NOW.timestamp()) + 31}),
    ("no subject", {"sub": None}),
    ("an empty subject", {"sub": ""}),
    ("a refresh token", {"token_use": "refresh"}),
    ("no use", {"token_use": None}),
    ("a use that is a list", {"token_use": ["id", "access"]}),
]
OF_ID = [
    ("another audience", {"aud": "other-client"}),
    ("no audience", {"aud": None}),
    ("several audiences, ours among them", {"aud": [WEB, "other"]}),
    ("our client in the wrong place", {"aud": "other", "client_id": WEB}),
]
OF_ACCESS = [
    ("another client", {"client_id": "other-client"}),
    ("no client", {"client_id": None}),
    ("our client in the wrong place", {"client_id": "other", "aud": WEB}),
]


@pytest.mark.parametrize(
    ("use", "remark", "changed"),
    [("id", *row) for row in TAMPERED + OF_ID] + [("access", *row) for row in TAMPERED + OF_ACCESS],
)
def test_a_token_that_is_not_for_us_now_is_refused(
    use: str, remark: str, changed: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedIn):
        Outside().identity().verify(signed(claims(use, **changed)), NOW)


@pytest.mark.parametrize("seconds", [-1, 29])
def test_clocks_may_differ_a_little(seconds: int) -> None:
    later = NOW + timedelta(seconds=900 + seconds)
    assert Outside().identity().verify(signed(claims("id")), later).sub == "sub-1"


def _none(alg: str) -> str:
    return f"{part({'alg': alg, 'kid': 'key-1'})}.{part(claims('id'))}."


def _by_public_key(alg: str) -> str:
    """The old trick: the public key, which everybody has, as the secret of an HMAC."""
    secret = OctKey.import_key(base64.b64encode(OURS.as_pem(private=False)).decode())
    return jwt.encode({"alg": alg, "kid": "key-1"}, claims("id"), secret, algorithms=[alg])


def _changed_claims() -> str:
    header, _, signature = signed(claims("id")).split(".")
    return f"{header}.{part(claims('id', sub='sub-2'))}.{signature}"


def _without_kid() -> str:
    return jwt.encode({"alg": "RS256"}, claims("id"), OURS)


@pytest.mark.parametrize(
    ("forge", "remark"),
    [
        (lambda: _none("none"), "alg none"),
        (lambda: _none("None"), "alg None"),
        (lambda: _none("RS256"), "no signature"),
        (lambda: _by_public_key("HS256"), "HS256 with the public key"),
        (lambda: signed(claims("id"), FOREIGN), "another key under our key's name"),
        (_changed_claims, "claims changed after signing"),
        (_without_kid, "no key named"),
        (lambda: signed(claims("id"), NEXT), "a key that is not published"),
        (
            lambda: signed(claims("id"), FOREIGN, jwk=FOREIGN.as_dict(private=False)),
            "its own key in the header",
        ),
        (lambda: signed(claims("id")) + "A" * 20_000, "too long"),
        (lambda: signed(claims("id")).replace(".", "", 1), "two parts"),
        (lambda: "", "empty"),
        (lambda: "я.я.я", "not ASCII"),
    ],
)
def test_a_forged_token_is_refused(forge: Callable[[], str], remark: str) -> None:
    with pytest.raises(NotSignedIn):
        Outside().identity().verify(forge(), NOW)


@pytest.mark.parametrize("alg", ["RS384", "RS512", "PS256"])
def test_only_the_pools_own_algorithm_counts(alg: str) -> None:
    key = RSAKey.import_key(OURS.as_dict(private=True) | {"alg": alg})
    token = jwt.encode({"alg": alg, "kid": "key-1"}, claims("id"), key, algorithms=[alg])
    with pytest.raises(NotSignedIn):
        Outside().identity().verify(token, NOW)


@given(st.text(alphabet="abAB01._-=я", max_size=60))
def test_no_text_breaks_the_verification(text: str) -> None:
    with pytest.raises(NotSignedIn):
        Outside().identity().verify(text, NOW)


def test_every_changed_character_of_the_signature_is_found() -> None:
    identity = Outside().identity()
    body, signature = signed(claims("id")).rsplit(".", 1)
    for at in range(0, len(signature) - 1, 7):
        other = "A" if signature[at] != "A" else "B"
        with pytest.raises(NotSignedIn):
            identity.verify(f"{body}.{signature[:at]}{other}{signature[at + 1 :]}", NOW)


def test_the_keys_are_fetched_once_and_again_when_the_pool_has_a_new_one() -> None:
    outside = Outside()
    identity = outside.identity()
    for _ in range(3):
        identity.verify(signed(claims("id")), NOW)
    assert outside.times("jwks.json") == 1
    assert outside.asked[0][0] == f"GET {ISSUER}/.well-known/jwks.json"
    outside.keys = [OURS, NEXT]
    later = NOW + timedelta(minutes=1)
    assert identity.verify(signed(claims("id"), NEXT), later).sub == "sub-1"
    assert outside.times("jwks.json") == 2


def test_made_up_keys_do_not_make_us_fetch_all_the_time() -> None:
    outside = Outside()
    identity = outside.identity()
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            identity.verify(signed(claims("id"), NEXT), NOW)
    assert outside.times("jwks.json") == 1


def test_without_the_keys_nobody_is_called_a_forger() -> None:
    with pytest.raises(Busy):
        Outside(broken="jwks").identity().verify(signed(claims("id")), NOW)
