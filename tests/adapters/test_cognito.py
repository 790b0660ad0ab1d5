"""The user pool's endpoints: what is asked of them, and what they may answer."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.domain.errors import Busy, Forged, NotSignedIn
from chalicelib.domain.signin import Claims
from tests.pool import API, ATTEMPT, EGN, NOW, POOL, WEB, Outside, claims, part, signed

UNSIGNED = ".".join([part({"alg": "none", "kid": "key-1"}), part(claims("id")), ""])


def attributes(**values: str) -> Callable[[], dict[str, Any]]:
    pairs = [{"Name": n.replace("_", ":"), "Value": v} for n, v in values.items()]
    return lambda: {"UserAttributes": pairs}


def raising(error: Exception) -> Callable[[], dict[str, Any]]:
    def answer() -> dict[str, Any]:
        raise error

    return answer


def test_an_access_token_of_the_page_is_completed_by_user_info_once() -> None:
    outside = Outside()
    identity = outside.identity()
    token = signed(claims("access"))
    expected = Claims(sub="sub-1", name="Иван", groups=frozenset({"registrar"}), egn=EGN)
    assert [identity.verify(token, NOW) for _ in range(3)] == [expected] * 3
    assert outside.times("userInfo") == 1
    assert outside.asked[-1][1]["headers"] == {"Authorization": f"Bearer {token}"}


def test_an_access_token_of_the_api_is_completed_by_get_user_once() -> None:
    outside = Outside(own_user=attributes(sub="sub-1", name="Иван", custom_egn=EGN))
    identity = outside.identity()
    scope = "aws.cognito.signin.user.admin"
    token = signed(claims("access", client_id=API, scope=scope))
    assert [identity.verify(token, NOW).egn for _ in range(3)] == [EGN] * 3
    assert outside.times("GetUser") == 1


def test_a_remembered_token_expires_all_the_same() -> None:
    identity = Outside().identity()
    token = signed(claims("access"))
    identity.verify(token, NOW)
    with pytest.raises(NotSignedIn):
        identity.verify(token, NOW + timedelta(hours=1))


def test_no_more_tokens_are_remembered_than_fit() -> None:
    outside = Outside()
    identity = outside.identity()
    identity._profiles.update({bytes([n % 256, n // 256]): {} for n in range(600)})
    identity.verify(signed(claims("access")), NOW)
    assert len(identity._profiles) <= 500


@pytest.mark.parametrize(
    ("outside", "error", "remark"),
    [
        (Outside(user_info=(200, {"sub": "sub-2"})), NotSignedIn, "somebody else's profile"),
        (Outside(user_info=(200, [])), NotSignedIn, "no profile"),
        (Outside(user_info=(401, {"error": "invalid_token"})), NotSignedIn, "revoked"),
        (Outside(user_info=(500, {})), Busy, "broken"),
        (Outside(user_info=(200, b"<html>")), Busy, "nonsense"),
        (Outside(broken="userInfo"), Busy, "away"),
    ],
)
def test_what_user_info_may_answer(outside: Outside, error: type[Exception], remark: str) -> None:
    with pytest.raises(error):
        outside.identity().verify(signed(claims("access")), NOW)


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}}, "GetUser")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (raising(refused("NotAuthorizedException")), NotSignedIn),
        (raising(refused("UserNotFoundException")), NotSignedIn),
        (raising(refused("TooManyRequestsException")), Busy),
        (raising(EndpointConnectionError(endpoint_url="x")), Busy),
        (attributes(sub="sub-2"), NotSignedIn),
    ],
)
def test_what_get_user_may_answer(
    answer: Callable[[], dict[str, Any]], error: type[Exception]
) -> None:
    token = signed(claims("access", scope="aws.cognito.signin.user.admin"))
    with pytest.raises(error):
        Outside(own_user=answer).identity().verify(token, NOW)


def test_the_browser_is_sent_with_everything_that_ties_the_answer() -> None:
    url = urlsplit(Outside().identity().authorization_url(ATTEMPT))
    assert f"{url.scheme}://{url.netloc}{url.path}" == "https://signin.example/oauth2/authorize"
    assert {name: values[0] for name, values in parse_qs(url.query).items()} == {
        "response_type": "code",
        "client_id": WEB,
        "redirect_uri": "https://portal.example/signin/callback",
        "scope": "openid profile email",
        "state": "st",
        "nonce": "nonce-1",
        "code_challenge": ATTEMPT.challenge,
        "code_challenge_method": "S256",
    }
    assert "code_verifier" not in parse_qs(url.query)


def test_signing_out_leads_back_to_us() -> None:
    url = urlsplit(Outside().identity().logout_url("/signed-out"))
    assert parse_qs(url.query)["logout_uri"] == ["https://portal.example/signed-out"]


def test_a_code_is_exchanged_with_the_verifier_and_the_clients_secret() -> None:
    outside = Outside(token=(200, {"id_token": signed(claims("id"))}))
    assert outside.identity().exchange("code-1", ATTEMPT, NOW).egn == EGN
    place, given = outside.asked[0]
    assert place == "POST https://signin.example/oauth2/token"
    sent = {name: values[0] for name, values in parse_qs(given["body"]).items()}
    assert (sent["code"], sent["code_verifier"]) == ("code-1", "ver")
    assert sent["redirect_uri"] == "https://portal.example/signin/callback"
    basic = base64.b64decode(given["headers"]["Authorization"].removeprefix("Basic ")).decode()
    assert basic == "web-client:s3cret%3A%2B%2F"
    assert "client_secret" not in sent


@pytest.mark.parametrize(
    ("answer", "error", "remark"),
    [
        ((400, {"error": "invalid_grant"}), Forged, "a code of another sign-in, or used"),
        ((200, {"id_token": signed(claims("id", nonce="nonce-2"))}), Forged, "another's token"),
        ((200, {"id_token": signed(claims("id", nonce=None))}), Forged, "a token without nonce"),
        ((200, {"id_token": signed(claims("id", nonce=["nonce-1"]))}), Forged, "odd nonce"),
        ((200, {"id_token": signed(claims("id", aud=API))}), Forged, "for another client of ours"),
        ((200, {"id_token": signed(claims("access"))}), Forged, "an access token in its place"),
        (
            (200, {"id_token": UNSIGNED}),
            Forged,
            "unsigned",
        ),
        ((200, {}), Busy, "no token"),
        ((200, {"id_token": 7}), Busy, "not a token"),
        ((400, {"error": "invalid_client"}), Busy, "our own secret is wrong: not theirs to mend"),
        ((500, b"oops"), Busy, "broken"),
    ],
)
def test_what_the_exchange_may_answer(
    answer: tuple[int, Any], error: type[Exception], remark: str
) -> None:
    with pytest.raises(error):
        Outside(token=answer).identity().exchange("code", ATTEMPT, NOW)


def test_the_pool_does_not_show_its_secret() -> None:
    assert "s3cret" not in f"{POOL} {POOL!r}"
