"""The words of the pages."""

from typing import Literal

Language = Literal["bg", "en"]

TEXTS: dict[Language, dict[str, str]] = {
    "bg": {
        "name": "Симулатор на ePay.bg",
        "banner": "Симулация. Това не е ePay.bg и не се плащат истински пари.",
        "heading": "Плащане",
        "to": "Получател",
        "for": "За какво",
        "invoice": "Номер на заявката",
        "until": "Валидна до",
        "amount": "Сума",
        "pay": "Плати",
        "deny": "Откажи плащането",
        "cancel": "Назад без плащане",
        "back": "Към сайта на получателя",
        "pending": "Очаква плащане",
        "paid": "Платено",
        "denied": "Отказано",
        "expired": "Изтекло",
        "finished": "Тази заявка вече е приключена.",
        "rejected": "Заявката не е приета",
        "other-language": "English",
        "home": "Тук търговец праща заявка за плащане. Няма какво да се плаща.",
        "control": "Управление на симулатора",
        "page": "Полето PAGE не е paylogin или credit_paydirect.",
        "encoded": "Полето ENCODED не се чете.",
        "merchant": "Няма търговец с този номер (MIN).",
        "checksum": "Контролната сума е грешна.",
        "used": "Тази заявка (INVOICE) вече е подавана. За нов опит е нужен нов номер.",
        "currency": "Валутата трябва да бъде посочена и да е евро (CURRENCY=EUR).",
        "expiry": "Срокът (EXP_TIME) не е дата.",
        "past": "Срокът за плащане е изтекъл.",
        "description": "Описанието е по-дълго от 100 знака или съдържа невидими знаци.",
        "address": "Адресът за връщане не е на сайт.",
        "bad-invoice": "Номерът на заявката (INVOICE) трябва да е само от цифри.",
        "bad-amount": "Сумата трябва да е по-голяма от 0.01.",
    },
    "en": {
        "name": "ePay.bg simulator",
        "banner": "Simulation. This is not ePay.bg and no real money is paid.",
        "heading": "Payment",
        "to": "Payee",
        "for": "For",
        "invoice": "Request number",
        "until": "Valid until",
        "amount": "Amount",
        "pay": "Pay",
        "deny": "Refuse the payment",
        "cancel": "Back without paying",
        "back": "To the payee’s site",
        "pending": "Waiting for payment",
        "paid": "Paid",
        "denied": "Refused",
        "expired": "Expired",
        "finished": "This request is finished.",
        "rejected": "The request was not accepted",
        "other-language": "Български",
        "home": "A merchant sends a payment request here. There is nothing to pay.",
        "control": "Control of the simulator",
        "page": "The field PAGE is not paylogin or credit_paydirect.",
        "encoded": "The field ENCODED cannot be read.",
        "merchant": "There is no merchant with this number (MIN).",
        "checksum": "The checksum is wrong.",
        "used": "This request (INVOICE) was sent before. A new attempt needs a new number.",
        "currency": "The currency must be named and be the euro (CURRENCY=EUR).",
        "expiry": "The term (EXP_TIME) is not a date.",
        "past": "The term of the payment is over.",
        "description": "The description is longer than 100 characters or has invisible ones.",
        "address": "The address of return is not one of a site.",
        "bad-invoice": "The request number (INVOICE) must be digits only.",
        "bad-amount": "The amount must be greater than 0.01.",
    },
}


def money(cents: int, language: Language) -> str:
    """`22,80 €` or `€22.80`."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}\N{NO-BREAK SPACE}€" if language == "bg" else f"€{whole}.{rest:02d}"
