"""What somebody does with the papers of a case at home, with free programs and without asking."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tests.journeys.stack import ROOT, Stack


def demo_root(stack: Stack) -> Certificate:
    """The root of the stack's demo authority, as its folder keeps it."""
    content = next((stack.folder / "authority").glob("root*.pem")).read_bytes()
    return Certificate.load(pem.unarmor(content)[2])


def is_sealed(pdf: bytes, root: Certificate) -> bool:
    """Whole, trusted, and all of the file is under the seal."""
    # pyHanko runs an event loop of its own, and Playwright's is running in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        found = elsewhere.submit(_seal_of, pdf, root).result()
    whole = found.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return bool(found.intact and found.valid and found.trusted and whole)


def _seal_of(pdf: bytes, root: Certificate) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


def with_one_byte_changed(pdf: bytes) -> bytes:
    """Somewhere inside of what the seal covers."""
    at = pdf.index(b"stream") + 40
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def verify(file: Path, stack: Stack) -> subprocess.CompletedProcess[str]:
    """`zagora verify` with the published keys."""
    keys = f"{stack.portal}/.well-known/jwks.json"
    command = [str(ROOT / ".venv/bin/zagora"), "verify", str(file), "--keys", keys]
    return subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, timeout=60, check=False
    )
