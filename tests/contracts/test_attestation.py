"""What attestation promises: the one with a key in this process, and KMS (moto's)."""

import hmac
import json
import string
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import date

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey
from moto import mock_aws

from chalicelib.adapters.attestation.kms import KmsAttestation
from chalicelib.adapters.attestation.memory import MemoryAttestation
from chalicelib.adapters.attestation.offline import verify
from chalicelib.adapters.attestation.tokens import public_jwk
from chalicelib.domain.documents import Issuance, Keys
from chalicelib.domain.errors import Forged, SealUnavailable
from chalicelib.ports.attestation import Attestation
from tests.papers import ISSUED

OURS = MemoryAttestation(ec.derive_private_key(2026, ec.SECP256R1()))
TOKEN = OURS.sign(ISSUED.claims())
PRIVATE = ECKey.import_key(ec.derive_private_key(2026, ec.SECP256R1()))
KID = OURS.keys()["keys"][0]["kid"]


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture(params=["memory", "kms"])
def attestation(request: pytest.FixtureRequest) -> Iterator[Attestation]:
    if request.param == "memory":
        yield MemoryAttestation()
        return
    with mock_aws():
        yield _kms()


def _kms() -> KmsAttestation:
    client = boto3.client("kms", region_name="eu-central-1")
    made = client.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    return KmsAttestation(client, made["KeyMetadata"]["KeyId"])


def test_what_was_signed_is_read_back(attestation: Attestation) -> None:
    token = attestation.sign(ISSUED.claims())
    assert Issuance.from_claims(verify(token, attestation.keys())) == ISSUED


def test_cyrillic_and_numbers_survive(attestation: Attestation) -> None:
    head = {"case": "СЗ-1", "sequence": 17, "hash": "ab" * 32}
    assert verify(attestation.sign(head), attestation.keys()) == head


def test_keys_are_public_and_named_by_their_thumbprint(attestation: Attestation) -> None:
    (key,) = attestation.keys()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert key["kid"] == ECKey.import_key(dict(key)).thumbprint()


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    """A fixed key, so that another way of counting would show."""
    assert public_jwk(PRIVATE.public_key)["kid"] == PRIVATE.thumbprint() == KID


def test_any_library_can_check_it(attestation: Attestation) -> None:
    token = attestation.sign(ISSUED.claims())
    key = ECKey.import_key(dict(attestation.keys()["keys"][0]))
    assert json.loads(jws.deserialize_compact(token, key).payload) == ISSUED.claims()


def test_a_retired_key_still_vouches_for_what_it_signed() -> None:
    successor = MemoryAttestation(retired=OURS.keys()["keys"])
    assert [key["kid"] for key in successor.keys()["keys"]][1:] == [KID]
    assert verify(TOKEN, successor.keys()) == ISSUED.claims()


@given(place=st.integers(0, len(TOKEN) - 1), letter=st.sampled_from(string.printable))
def test_a_changed_letter_is_found(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(Forged):
            verify(changed, OURS.keys())


@given(part=st.integers(0, 2), place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_found(part: int, place: float, bit: int) -> None:
    parts = [bytearray(_decode(text)) for text in TOKEN.split(".")]
    parts[part][int(place * len(parts[part]))] ^= 1 << bit
    with pytest.raises(Forged):
        verify(".".join(_encode(bytes(raw)) for raw in parts), OURS.keys())


@given(st.text(max_size=300) | st.text("abcXYZ019-_.=", max_size=300))
def test_nonsense_is_forged_and_nothing_worse(nonsense: str) -> None:
    with pytest.raises(Forged):
        verify(nonsense, OURS.keys())


def _with_header(signature: str = TOKEN.split(".")[2], **header: object) -> str:
    return f"{_encode(json.dumps(header).encode())}.{TOKEN.split('.')[1]}.{signature}"


def _signed_by(private: ECKey, **header: str) -> str:
    return jws.serialize_compact(header, json.dumps(ISSUED.claims()), private, [header["alg"]])


def _hmac_with_the_public_key() -> str:
    secret = PRIVATE.as_pem(private=False)
    unsigned = _with_header("", alg="HS256", kid=KID)
    mac = hmac.digest(secret, unsigned.rstrip(".").encode(), "sha256")
    return unsigned + _encode(mac)


FOREIGN = ECKey.generate_key("P-256")
LARGER = ECKey.generate_key("P-384")


@pytest.mark.parametrize(("token", "remark"), [
    (_with_header("", alg="none", kid=KID), "no signature"),
    (_with_header(alg="none", kid=KID), "none, but with a signature"),
    (_with_header(alg="HS256", kid=KID), "another algorithm's name"),
    (_hmac_with_the_public_key(), "the public key as an HMAC secret"),
    (_signed_by(PRIVATE, alg="ES256"), "our key, but not said which"),
    (_signed_by(FOREIGN, alg="ES256", kid=KID), "another key under our name"),
    (_signed_by(FOREIGN, alg="ES256", kid=FOREIGN.thumbprint()), "another key under its own name"),
    (_signed_by(LARGER, alg="ES384", kid=KID), "another curve"),
    (_with_header(alg="ES256", kid=KID, jwk=FOREIGN.as_dict(private=False)), "brings a key"),
    (_with_header(alg="ES256", kid=KID, b64=False, crit=["b64"]), "wants another encoding"),
    (_with_header(alg="ES256", kid=["a"]), "a list of key names"),
    (TOKEN + "=", "padding"),
    (TOKEN + ".", "a part too many"),
    (TOKEN.rsplit(".", 1)[0], "a part too few"),
    ("a" * 5000, "too long"),
    ("", "nothing"),
])  # fmt: skip
def test_tricks_are_forged(token: str, remark: str) -> None:
    with pytest.raises(Forged):
        verify(token, OURS.keys())


def test_without_keys_nothing_is_true() -> None:
    with pytest.raises(Forged):
        verify(TOKEN, Keys(keys=[]))


def test_a_payload_that_is_not_an_object_is_forged() -> None:
    token = jws.serialize_compact({"alg": "ES256", "kid": KID}, b"[1]", PRIVATE)
    with pytest.raises(Forged):
        verify(token, OURS.keys())


@pytest.mark.parametrize("claims", [
    {"case": "x", "sequence": 1},
    {**ISSUED.claims(), "d": "short"},
    {**ISSUED.claims(), "i": "yesterday"},
    {**ISSUED.claims(), "x": 1},
    {},
])  # fmt: skip
def test_another_statement_of_ours_is_no_issuance(claims: dict[str, object]) -> None:
    with pytest.raises(Forged):
        Issuance.from_claims(verify(OURS.sign(claims), OURS.keys()))


def test_the_statement_is_short_and_names_nobody() -> None:
    assert ISSUED.claims() == {
        "d": "01kb8m3q5r6s7t8v9w0x1y2z3a",
        "n": "SZ-2026-000123-7",
        "k": "certificate-permanent-address",
        "i": date(2026, 11, 23).isoformat(),
        "a": "SZ",
    }
    assert len(TOKEN) <= 340


@pytest.mark.parametrize(
    "fault",
    [
        ClientError({"Error": {"Code": "KMSInternalException", "Message": ""}}, "Sign"),
        EndpointConnectionError(endpoint_url="https://kms"),
    ],
)
@pytest.mark.parametrize("call", ["Sign", "GetPublicKey"])
def test_when_kms_does_not_answer_nothing_is_attested(fault: Exception, call: str) -> None:
    with mock_aws():
        attestation = _kms()

        def fail(**_: object) -> None:
            raise fault

        attestation._client.meta.events.register_first(f"before-send.kms.{call}", fail)
        with pytest.raises(SealUnavailable):
            attestation.sign({})
