"""`zagora verify`: an exported journal, or a document's token, against the published keys."""

import json
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from chalicelib.adapters.attestation.offline import verify
from chalicelib.domain.documents import Keys
from chalicelib.domain.journal import check_export, parse_export
from infra.paths import ENDPOINTS

# Where a portal publishes its JWK set.
PUBLISHED = "/.well-known/jwks.json"


class NoKeys(Exception):
    """Nothing to check against."""


def verify_file(path: Path, keys: str | None) -> str:
    """What was found to be genuine. Raises Forged, Invalid, NoKeys, OSError."""
    content = path.read_bytes()
    known = read_keys(keys, beside=path)
    if not content.lstrip().startswith(b"{"):
        claims = verify(content.decode("ascii", "replace").strip(), known)
        return f"genuine: {json.dumps(claims, ensure_ascii=False)}"
    exported = parse_export(content)
    check_export(exported, verify(exported.head, known))
    shown = sum(map(len, exported.openings.values()))
    entries = len(exported.entries)
    return f"{exported.number}: genuine and whole, {entries} entries, {shown} disclosed values"


def read_keys(keys: str | None, beside: Path) -> Keys:
    """The public keys: a file or an address; by default keys.json beside the file, else the
    portal that runs here. Raises NoKeys."""
    source = keys or _default(beside.with_name("keys.json"))
    try:
        if source.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
            with urlopen(source, timeout=10) as answer:
                content = answer.read()
        else:
            content = Path(source).read_bytes()
    except (OSError, URLError) as error:
        raise NoKeys(f"{source}: the keys cannot be read ({error})") from error
    return _key_set(source, content)


def _key_set(source: str, content: bytes) -> Keys:
    try:
        found = json.loads(content)
        keys = [{**key, "kid": str(key["kid"])} for key in found["keys"]]
    except (ValueError, KeyError, TypeError) as error:
        raise NoKeys(f"{source}: not a JWK set") from error
    return Keys(keys=keys)


def _default(file: Path) -> str:
    if file.is_file():
        return str(file)
    if ENDPOINTS.is_file():
        return str(json.loads(ENDPOINTS.read_text(encoding="utf-8"))["portal"]) + PUBLISHED
    raise NoKeys(f"no keys: put the portal's {PUBLISHED} beside the file as {file.name}")
