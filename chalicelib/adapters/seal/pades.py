"""PAdES B-B (ETSI EN 319 142-1) by pyHanko, around any RSA key.

RSASSA-PKCS1-v1_5 with SHA-256: the padding that NSS (Poppler's pdfsig) and every Acrobat check.
This module loads pyHanko (0.8 s); only what seals imports it.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

Sign = Callable[[bytes], bytes]
FIELD = "Seal"
# As long as the modulus of the largest key that may come (4096 bits); 3072 bits give 384 bytes.
_LONGEST_SIGNATURE = 512


class _KeySigner(Signer):
    """pyHanko asks for a signature of the signed attributes: some 300 bytes, never the file."""

    def __init__(self, chain: Sequence[Certificate], sign: Sign) -> None:
        # pyHanko has no types there.
        store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
        super().__init__(
            signing_cert=chain[0],
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self._sign = sign

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return bytes(_LONGEST_SIGNATURE) if dry_run else self._sign(data)


def seal(
    pdf: bytes,
    *,
    chain: Sequence[bytes],
    sign: Sign,
    reason: str,
    location: str,
    at: datetime,
) -> bytes:
    """The PDF with an invisible signature field, in an incremental update.

    `chain` is DER, the seal's certificate first; `sign` answers bytes with their
    signature. Nobody sees the clock or chance: the same arguments give the same bytes if `sign`
    does (PKCS #1 v1.5 does).
    """
    signer = _KeySigner([Certificate.load(certificate) for certificate in chain], sign)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=signer.subject_name,
        reason=reason,
        location=location,
    )
    writer = _Revision(pdf, f"{reason}\0{at.isoformat()}")
    output = BytesIO()
    _SignerAt(meta, signer, at).sign_pdf(writer, output=output)
    return output.getvalue()


class _SignerAt(PdfSigner):
    """pyHanko's signer, at a given time instead of the machine's."""

    def __init__(self, meta: PdfSignatureMetadata, signer: Signer, at: datetime) -> None:
        super().__init__(meta, signer, new_field_spec=_field())
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _field() -> SigFieldSpec:
    # PDF/A forbids hidden annotations and PDF/UA untagged ones, except outside of the page.
    return SigFieldSpec(
        FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name="Електронен печат / Electronic seal",
    )


class _Revision(IncrementalPdfFileWriter):
    """pyHanko's writer, without its clock and its chance."""

    def __init__(self, pdf: bytes, what: str) -> None:
        super().__init__(BytesIO(pdf))
        first, _ = self._document_id
        name = hashlib.sha256(pdf + what.encode()).digest()[:16]
        self._document_id = ArrayObject([first, ByteStringObject(name)])

    def _update_meta(self) -> None:
        """Leaves the metadata as Typst wrote it: pyHanko would enter the machine's time."""


def read_chain(certificates: Sequence[str]) -> tuple[bytes, ...]:
    """PEM texts, each with one certificate or several, as DER in the same order."""
    loaded = (load_pem_x509_certificates(text.encode()) for text in certificates)
    return tuple(c.public_bytes(Encoding.DER) for several in loaded for c in several)
