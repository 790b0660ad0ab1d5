"""Texts in documents, and the names under which they are downloaded."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.documents import content_disposition, digest, printable, verify_url

VISIBLE = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(("given_text", "expected", "remark"), [
    ("Мария Ёлкина № 5 – „да“ €", "Мария Ёлкина № 5 – „да“ €", "what people write"),
    ("Ѝ и\u0300", "Ѝ ѝ", "a letter and its accent become one"),
    ("a\r\nb\rc\td", "a\nb\nc d", "lines and tabs"),
    ("a\u202eb\u2067c\u200fd\ufeffe", "abcde", "marks that turn the writing, or that nobody sees"),
    ("a\x00b\x1bc", "abc", "controls"),
    ("1️⃣ 😀 漢", f"1{VISIBLE}{VISIBLE} {VISIBLE} {VISIBLE}", "what no font here has, visibly"),
    ("", "", "nothing"),
])  # fmt: skip
def test_printable(given_text: str, expected: str, remark: str) -> None:
    assert printable(given_text) == expected, remark


@given(st.text())
def test_printable_twice_is_printable_once(anything: str) -> None:
    assert printable(printable(anything)) == printable(anything)


@pytest.mark.parametrize(("filename", "plain", "full", "remark"), [
    ("Отказ SZ-2026-000123-7.pdf", "SZ-2026-000123-7.pdf",
     "%D0%9E%D1%82%D0%BA%D0%B0%D0%B7%20SZ-2026-000123-7.pdf", "the usual"),
    ("a.pdf", "a.pdf", "a.pdf", "plain"),
    ("a", "a.pdf", "a.pdf", "without its ending"),
    ("", "document.pdf", "document.pdf", "nothing"),
    ("Отказ", "document.pdf", "%D0%9E%D1%82%D0%BA%D0%B0%D0%B7.pdf", "nothing plain in it"),
    ("../../etc/passwd", "etc passwd.pdf", "etc%20passwd.pdf", "a path"),
    ('a"; filename="evil.exe', "a filename evil.exe.pdf", "a%20filename%20evil.exe.pdf", "quotes"),
    ("a\r\nSet-Cookie: b=c", "aSet-Cookie b c.pdf", "aSet-Cookie%20b%20c.pdf", "a header"),
    ("a\u202efdp.exe", "afdp.exe.pdf", "afdp.exe.pdf", "turned writing"),
])  # fmt: skip
def test_content_disposition(filename: str, plain: str, full: str, remark: str) -> None:
    expected = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    assert content_disposition(filename) == expected, remark


@given(st.text(max_size=400))
def test_no_file_name_breaks_out_of_the_header(filename: str) -> None:
    header = content_disposition(filename)
    allowed = set(string.ascii_letters + string.digits + " .%-_~=*;'\"")
    assert set(header) <= allowed
    assert re.fullmatch(r"attachment; filename=\"[^\"]+\.pdf\"; filename\*=UTF-8''\S+\.pdf", header)


def test_the_digest_is_sha_256() -> None:
    assert digest(b"abc").startswith("ba7816bf8f01cfea")
    assert len(digest(b"")) == 64


@pytest.mark.parametrize("base", ["https://uslugi.example", "https://uslugi.example/"])
def test_the_address_of_the_check(base: str) -> None:
    assert verify_url(base, "a.b-c_d.e") == "https://uslugi.example/verify?t=a.b-c_d.e"
