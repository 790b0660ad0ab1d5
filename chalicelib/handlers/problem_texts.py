"""What problems of the machine interface are called, and what a caller can do.

Pages have words of their own (web.faults); what is not here is said with those.
"""

from chalicelib.domain.errors import ZagoraError
from chalicelib.domain.services.words import Text
from chalicelib.web.faults import ERRORS, error_text
from chalicelib.web.i18n import Language, say


def _text(bg: str, en: str) -> Text:
    return Text(bg=bg, en=en)


# Code → title, detail.
_TEXTS: dict[str, tuple[Text, Text]] = {
    "error": (
        _text("Грешка при нас", "A fault on our side"),
        _text(
            "Опитайте пак след малко със същия Idempotency-Key: нищо прието не е загубено.",
            "Try again soon with the same Idempotency-Key: nothing accepted was lost.",
        ),
    ),
    "invalid": (
        _text("Нещо в изпратеното не е вярно", "Something in what was sent is wrong"),
        _text("Поправете полетата в errors.", "Correct the fields in errors."),
    ),
    "malformed": (
        _text("Тялото не е годен JSON", "The body is not usable JSON"),
        _text(
            "Изпратете един обект в UTF-8 по RFC 7493 (I-JSON).",
            "Send one object in UTF-8 by RFC 7493 (I-JSON).",
        ),
    ),
    "unsupported-media-type": (
        _text("Видът на тялото не се приема", "This kind of body is not taken"),
        _text("Изпратете application/json.", "Send application/json."),
    ),
    "too-large": (
        _text("Тялото е твърде голямо", "The body is too large"),
        _text("Приема се най-много 1 MB.", "At most 1 MB is taken."),
    ),
    "idempotency-key-required": (
        _text("Липсва Idempotency-Key", "Idempotency-Key is missing"),
        _text(
            "Изпратете заглавка Idempotency-Key с различна стойност за всяка нова заявка.",
            "Send the header Idempotency-Key with another value for each new request.",
        ),
    ),
    "idempotency-key-malformed": (
        _text("Idempotency-Key не е годен", "Idempotency-Key cannot be used"),
        _text("От 1 до 128 видими знака от ASCII.", "From 1 to 128 visible ASCII characters."),
    ),
    "idempotency-key-reused": (
        _text("Idempotency-Key вече е използван", "The Idempotency-Key was used before"),
        _text(
            "Със същия ключ дойде друга заявка. Вземете нов ключ за новата.",
            "It came with another request. Take a new key for a new one.",
        ),
    ),
    "not-found": (
        _text("Няма такова нещо", "There is no such thing"),
        _text(
            "Не съществува или не е Ваше да го виждате.",
            "It does not exist, or it is not yours to see.",
        ),
    ),
    "not-signed-in": (
        _text("Не знаем кой пита", "Who is asking is not known"),
        _text(
            "Изпратете валиден токен: Authorization: Bearer ….",
            "Send a valid token: Authorization: Bearer ….",
        ),
    ),
    "forbidden": (
        _text("Нямате право на това", "This is not yours to do"),
        _text("Нужна е друга роля.", "It takes another role."),
    ),
    "conflict": (
        _text("Друг Ви изпревари", "Somebody else was faster"),
        _text("Прочетете преписката отново.", "Read the case again."),
    ),
    "claimed-by-another": (
        _text("Задачата е поета от другиго", "Somebody else has claimed the task"),
        _text("Прочетете преписката отново.", "Read the case again."),
    ),
    "four-eyes": (
        _text("Решава друг служител", "Somebody else must decide"),
        _text(
            "По-ранна стъпка е решена от същото лице.",
            "The same person decided an earlier step.",
        ),
    ),
    "not-claimed": (
        _text("Никой не е поел задачата", "Nobody has claimed the task"),
        _text("Първо поемете задачата.", "Claim the task first."),
    ),
    "not-possible": (
        _text("Сега това не може", "This cannot be done now"),
        _text(
            "Преписката е на друг етап; прочетете я отново.",
            "The case is at another stage; read it again.",
        ),
    ),
}


def words(error: ZagoraError, language: Language) -> tuple[str, str, str]:
    """The code that names the problem's type, its title and its detail.

    Only codes that have words are told: others are details of ours and become their class's.
    """
    codes = [error.code, *(getattr(kind, "code", "") for kind in type(error).__mro__)]
    code = next((code for code in codes if code in _TEXTS or code in ERRORS), "error")
    if code in _TEXTS:
        title, detail = _TEXTS[code]
        return code, title.in_(language), detail.in_(language)
    text = error_text(error)
    return code, say(language, text.title), say(language, text.advice)
