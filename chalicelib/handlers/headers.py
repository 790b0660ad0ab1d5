"""Headers of every page, and cookies.

Source: OWASP ASVS 5.0, chapter 3 (web front-end security); RFC 6265bis for cookie prefixes.
"""

from urllib.parse import quote, urlsplit

from chalicelib.wiring import Site

SESSION_COOKIE = "zagora"
SIGN_IN_COOKIE = "zagora-signin"
_YEAR = 31_536_000


def is_https(site: Site) -> bool:
    """Whether the browser reaches us over TLS."""
    return urlsplit(site.base_url).scheme == "https"


def security_headers(site: Site) -> dict[str, str]:
    """What keeps a page from being framed, injected into, guessed at or downgraded."""
    headers = {
        "Content-Security-Policy": _policy(site),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if is_https(site):
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
    return headers


def _policy(site: Site) -> str:
    """Nothing inline, nothing foreign; forms may lead to the sign-in page and to the operator.

    Browsers apply form-action to where a form's answer redirects, too.
    """
    assets = _sources(site.assets_url)
    rules = {
        "default-src": "'none'",
        "script-src": assets,
        "style-src": assets,
        "font-src": assets,
        "img-src": f"{assets} data:",
        "manifest-src": assets,
        "connect-src": "'self'",
        "form-action": _sources(*site.form_targets),
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _sources(*urls: str) -> str:
    parts = [urlsplit(url) for url in urls]
    origins = [f"{part.scheme}://{part.netloc}" for part in parts if part.netloc]
    return " ".join(dict.fromkeys(["'self'", *origins]))


def cookie_name(name: str, site: Site) -> str:
    """`__Host-` keeps other hosts of the domain from setting it; browsers want TLS for it."""
    return f"__Host-{name}" if is_https(site) else name


def set_cookie(name: str, value: str, site: Site, max_age: int | None = None) -> str:
    """A `Set-Cookie` value. Without `max_age` (seconds) it goes when the browser closes."""
    parts = [f"{cookie_name(name, site)}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if is_https(site):
        parts.append("Secure")
    if max_age is not None:
        parts.append(f"Max-Age={max_age}")
    return "; ".join(parts)


def read_cookie(name: str, header: str, site: Site) -> str:
    """A cookie of ours out of the request's `Cookie`; empty if there is none."""
    wanted = cookie_name(name, site)
    for part in header.split(";"):
        found, _, value = part.strip().partition("=")
        if found == wanted:
            return value
    return ""


def location(path: str) -> str:
    """An address fit for a header: whatever it holds, it stays on one line and in ASCII."""
    return quote(path, safe="/:?#[]@!$&'()*+,;=%-._~")
