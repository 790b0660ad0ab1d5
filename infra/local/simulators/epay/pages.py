"""The operator's site: the merchant's form, the payer's page, the control page and the log."""

from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from infra.local.simulators.epay import control, protocol
from infra.local.simulators.epay.desk import Desk
from infra.local.simulators.epay.model import Payment, Word
from infra.local.simulators.epay.texts import TEXTS, Language, money
from infra.local.simulators.web import Request, Response, jsonable, page, see_other, text

_HERE = Path(__file__).parent / "templates"
_WORDS: dict[str, Word] = {"pay": "PAID", "deny": "DENIED"}
_PAYMENTS = "/payments/"
# Real seconds that the browser waits for the first notification when that is to come first.
_PATIENCE = 10.0


class Site:
    """Answers every request; see the routes."""

    def __init__(self, desk: Desk, merchant: protocol.Merchant) -> None:
        self._desk, self._merchant = desk, merchant
        loader = FileSystemLoader(_HERE)
        self._pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    def __call__(self, request: Request) -> Response:
        """The routes."""
        match request.method, request.path:
            case "GET", "/" | "/en/":
                return self._page(200, "home.html", _language(request))
            case "POST", "/" | "/en/" | "/en":
                return self._register(request)
            case "GET", path if path.startswith(_PAYMENTS):
                return self._payment(request)
            case "POST", path if path.startswith(_PAYMENTS):
                return self._decide(request)
            case "GET", "/style.css":
                return Response(200, (_HERE / "style.css").read_bytes(), "text/css; charset=utf-8")
            case _:
                return self._for_testers(request)

    def _for_testers(self, request: Request) -> Response:
        match request.method, request.path:
            case "GET", "/control":
                return self._control(200, _language(request), "")
            case "POST", "/control":
                return self._order(request)
            case "GET", "/log":
                return self._log(request.query.get("invoice"))
            case "GET", "/health":
                return jsonable(200, {"status": "ok"})
            case _:
                return text(404, "no such page\n")

    def _register(self, request: Request) -> Response:
        language = _language(request)
        try:
            fields = request.fields
        except ValueError:
            return self._page(400, "rejected.html", language, reason="encoded")
        if fields.get("LANG") == "en":
            language = "en"
        try:
            order = protocol.verified(fields, self._merchant, self._desk.now())
            payment = self._desk.register(order, language)
        except protocol.Rejected as rejected:
            return self._page(400, "rejected.html", language, reason=rejected.reason)
        return see_other(f"{_PAYMENTS}{payment.token}")

    def _payment(self, request: Request) -> Response:
        self._desk.expire()
        payment = self._desk.payment(request.path.removeprefix(_PAYMENTS))
        if payment is None:
            return text(404, "no such payment\n")
        language = _language(request, payment.language)
        return self._page(200, "payment.html", language, payment=payment)

    def _decide(self, request: Request) -> Response:
        self._desk.expire()
        payment = self._desk.payment(request.path.removeprefix(_PAYMENTS))
        word = _WORDS.get(request.fields.get("action", ""))
        if payment is None or word is None:
            return text(404, "no such payment\n")
        if request.is_foreign:
            return text(403, "another site may not press this button\n")
        order = self._desk.finish(payment.invoice, word)
        if order is None:  # pressed twice: the page says how it ended
            return see_other(request.path)
        if order == "callback-first":
            self._desk.tell(payment.invoice, _PATIENCE)
        back = payment.url_ok if word == "PAID" else payment.url_cancel
        return see_other(back or request.path)

    def _order(self, request: Request) -> Response:
        try:
            control.obey(self._desk, control.read(request))
        except ValueError as error:
            if request.is_json:
                return jsonable(400, {"error": str(error)})
            return self._control(400, _language(request), str(error))
        return jsonable(200, self._overview()) if request.is_json else see_other("/control")

    def _control(self, status: int, language: Language, fault: str) -> Response:
        state = self._desk.snapshot()
        payments = sorted(state.payments.values(), key=lambda p: p.created, reverse=True)
        shown = {"payments": payments[:50], "log": state.log[:-31:-1], "fault": fault}
        on_the_way = [d for d in state.deliveries if d.state not in ("done", "given-up")]
        return self._page(
            status, "control.html", language, **shown, state=state, on_the_way=on_the_way
        )

    def _log(self, invoice: str | None) -> Response:
        overview = self._overview()
        attempts = [a.model_dump() for a in self._desk.snapshot().log]
        kept = [a for a in attempts if invoice in (None, a["invoice"])]
        return jsonable(200, {**overview, "attempts": kept})

    def _overview(self) -> dict[str, object]:
        """Payments without the secrets of their pages, and what is on its way."""
        state = self._desk.snapshot()
        return {
            "payments": [p.model_dump(exclude={"token"}) for p in state.payments.values()],
            "deliveries": [d.model_dump() for d in state.deliveries],
            "coming": [f.model_dump() for f in state.coming],
            "standing": state.standing.model_dump() if state.standing else None,
        }

    def _page(self, status: int, template: str, language: Language, **values: object) -> Response:
        return page(
            status,
            self._pages.get_template(template).render(
                t=TEXTS[language],
                language=language,
                merchant=self._merchant,
                money=lambda cents: money(cents, language),
                until=_until,
                **values,
            ),
        )


def _until(payment: Payment) -> str:
    local = datetime.fromtimestamp(payment.expires, UTC).astimezone(protocol.SOFIA)
    return f"{local:%d.%m.%Y %H:%M}"


def _language(request: Request, otherwise: Language = "bg") -> Language:
    asked = request.query.get("lang")
    if asked in ("bg", "en"):
        return "en" if asked == "en" else "bg"
    return "en" if request.path.startswith("/en") else otherwise
