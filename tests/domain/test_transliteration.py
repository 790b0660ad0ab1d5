"""The Transliteration Act, with the Act's own examples among the rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.transliteration import to_latin


@pytest.mark.parametrize(
    ("bulgarian", "latin", "remark"),
    [
        ("Стара Загора", "Stara Zagora", "letter by letter"),
        ("София", "Sofia", "-ия at the end is -ia"),
        ("Мария", "Maria", "in names too"),
        ("Илиян", "Iliyan", "but not inside a word"),
        ("Стоянова", "Stoyanova", "я is ya"),
        ("България", "Bulgaria", "the one exception"),
        ("Щерева", "Shtereva", "щ is sht"),
        ("Цветанка", "Tsvetanka", "ц is ts"),
        ("Жечка Чакърова", "Zhechka Chakarova", "ж, ч, ъ"),
        ("Джуров", "Dzhurov", "дж"),
        ("Йордан", "Yordan", "йо"),
        ("Кольо", "Kolyo", "ьо"),
        ("Юруков", "Yurukov", "ю"),
        ("ЩЕРЕВ", "SHTEREV", "capitals stay capitals"),
        ("Щ", "Sht", "a single capital is an initial"),
        ("Иванова-Щерева", "Ivanova-Shtereva", "double names"),
        ("ул. „Руски“ № 5", "ul. „Ruski“ № 5", "what is not a word stays"),
        ("John", "John", "Latin stays"),
    ],
)
def test_transliteration(bulgarian: str, latin: str, remark: str) -> None:
    assert to_latin(bulgarian) == latin, remark


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЮЯ -"))
def test_nothing_of_the_alphabet_is_left(text: str) -> None:
    assert to_latin(text).isascii()
