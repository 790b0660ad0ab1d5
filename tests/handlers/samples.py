"""Every page with invented content, in each of its states: for tests and for looking at."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from chalicelib.domain.errors import Fault
from chalicelib.domain.money import Money
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.words import Term
from chalicelib.web import forms
from chalicelib.web.faults import ERRORS
from chalicelib.web.forms import ErrorView, FieldView, OptionView
from chalicelib.web.i18n import Language, say
from chalicelib.web.pages import cases, common, office, portal, verify
from chalicelib.web.pages.clock import ClockPage
from chalicelib.web.rendering import Frame, Page, Person
from tests.handlers import acting, samples_staff
from tests.models import stara_zagora

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC)
FEE = Money(amount=256)
TERM = Term(amount=2, unit="working-days")
NUMBER = "SZ-2026-000123-7"
DOCUMENT = "01kb2v8x5jq7n3m4p6r8s9t0vw"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CITIZEN = Person(name="Мария Иванова Петрова")
REGISTRAR = Person(name="Стоян Георгиев", is_citizen=False, is_official=True)
CHIEF = replace(REGISTRAR, name="Елена Маринова", sees_desk=True)


def model() -> ServiceModel:
    """The service of the first issue, as its file says."""
    file = ROOT / "stepfunctions" / "services" / "permanent-address.yaml"
    return ServiceModel.model_validate(yaml.safe_load(file.read_text()))


def frame(language: Language, path: str, person: Person | None = CITIZEN) -> Frame:
    """The frame around a sample."""
    return Frame(
        language=language,
        path=path,
        administration=stara_zagora(),
        person=person,
        csrf="token" if person else "",
    )


def due(language: Language, **more: bool) -> common.Due:
    """A due date with its steps."""
    bg = language == "bg"
    steps = (
        "23.11.2026 г.: срокът започва; този ден не се брои (чл. 60, ал. 5 ГПК)."
        if bg
        else "23 November 2026: the term begins; this day does not count.",
        "25.11.2026 г.: 2 работни дни – последният ден на срока."
        if bg
        else "25 November 2026: 2 working days – the last day of the term.",
        "25.11.2026 г.: срокът изтича в края на деня (чл. 62, ал. 1 ГПК)."
        if bg
        else "25 November 2026: the term ends at the end of the day.",
    )
    return common.Due(day=date(2026, 11, 25), steps=steps, **more)


def all_pages(language: Language) -> dict[str, tuple[Page, Frame]]:
    """Name → page and its frame."""
    own = {**_portal(language), **_cases(language), **_verify(language)}
    staff = {
        name: (page, frame(language, "/office/staff", CHIEF))
        for name, page in samples_staff.pages(language).items()
    }
    return {**own, **_office(language), **_acts(language), **_clock(language), **staff}


def _clock(language: Language) -> dict[str, tuple[Page, Frame]]:
    """The clock of a demonstration, moved."""
    steps = (("+1 day", "Ден" if language == "bg" else "A day"),)
    page = ClockPage(shows=LATER, really=NOW, moved_by="Ели", steps=steps)
    around = frame(language, "/office/clock", replace(CHIEF, turns_clock=True))
    wrong = ErrorView(field="to", text="Часовникът върви само напред" if language == "bg" else "No")
    return {
        "clock": (page, replace(around, moved_to=LATER)),
        "clock-wrong": (replace(page, to="-1 day", errors=(wrong,)), around),
    }


def _acts(language: Language) -> dict[str, tuple[Page, Frame]]:
    """Pages with one thing to do, of a service with every kind of phase."""
    found = acting.pages(language, NUMBER)
    office = {"opinion", "opinion-wrong", "extension", "reopening"}
    return {
        name: (page, frame(language, f"/cases/{NUMBER}", CHIEF if name in office else CITIZEN))
        for name, page in found.items()
    }


def _cards(language: Language) -> tuple[portal.ServiceCard, ...]:
    service = model()
    card = portal.ServiceCard(
        code="permanent-address",
        title=service.title.in_(language),
        summary=service.summary.in_(language),
        fee_from=FEE,
        term_from=TERM,
    )
    closed = replace(card, code="current-address", is_open=False)
    return (card, replace(card, code="free", fee_from=Money(amount=0)), closed)


def _service(language: Language) -> portal.ServicePage:
    service = model()
    bg = language == "bg"
    return portal.ServicePage(
        code=service.service,
        title=service.title.in_(language),
        summary=service.summary.in_(language),
        what_you_get=service.what_you_get.in_(language),
        who_may_apply=service.who_may_apply.in_(language),
        what_you_need=tuple(need.in_(language) for need in service.what_you_need),
        fees=(
            portal.FeeRow(
                tier="Обикновена" if bg else "Regular",
                delivery="В портала" if bg else "In the portal",
                amount=FEE,
                term=TERM,
            ),
            portal.FeeRow(
                tier="Бърза" if bg else "Fast",
                delivery="В портала" if bg else "In the portal",
                amount=Money(amount=512),
                term=Term(amount=1, unit="working-days"),
            ),
        ),
        term_begins_when_paid=True,
        legal_grounds=tuple(g.title.in_(language) for g in service.legal_grounds),
        register_number=service.register_number,
        appeal_body=service.appeal.body.in_(language),
        appeal_term=service.appeal.term,
        silence="Ако не получите отговор в срок, смята се, че е отказано."
        if bg
        else "If there is no answer in time, it counts as refused.",
    )


def _tier(language: Language) -> FieldView:
    bg = language == "bg"
    return FieldView(
        name="tier",
        id="tier",
        kind="radios",
        label="Колко бързо Ви е нужен документът?" if bg else "How soon do you need the document?",
        value="regular",
        options=(
            OptionView(value="regular", text="Обикновена" if bg else "Regular", hint="2 · 2,56 €"),
            OptionView(value="fast", text="Бърза" if bg else "Fast", hint="1 · 5,12 €"),
        ),
    )


def _application(language: Language, faults: tuple[Fault, ...] = ()) -> portal.ApplicationPage:
    form = model().form
    typed = {"answer.names": CITIZEN.name, "answer.purpose": "other", "answer.email": "maria@"}
    groups = forms.groups(form, language, typed, faults)
    return portal.ApplicationPage(
        code="permanent-address",
        service=model().title.in_(language),
        token="4f1c",
        version=1,
        tier=_tier(language),
        delivery="portal",
        groups=groups,
        errors=forms.errors(groups),
    )


def _portal(language: Language) -> dict[str, tuple[Page, Frame]]:
    bg, home = language == "bg", _cards(language)
    apply_frame = replace(
        frame(language, "/services/permanent-address/apply"), switch_form="application"
    )
    faults = (
        Fault(field="purpose_other", code="required"),
        Fault(field="email", code="format.email"),
        Fault(field="truth", code="must-accept"),
    )
    rows = (
        common.Row(name="Имена" if bg else "Names", value=CITIZEN.name),
        common.Row(name="Да послужи пред" if bg else "For", value="Банка", change="purpose"),
    )
    check = portal.CheckAnswersPage(
        code="permanent-address",
        service=model().title.in_(language),
        groups=(("Заявител" if bg else "Applicant", rows),),
        fee=FEE,
        term=TERM,
        changes=(
            ("Такса „Обикновена“: от 2,00 € на 4,00 €",)
            if bg
            else ("Fee “Regular”: from €2.00 to €4.00",)
        ),
        posted={"token": "4f1c", "tier": "regular", "answer.purpose": "bank"},
    )
    receipt = portal.ReceiptPage(
        number=NUMBER,
        service=model().title.in_(language),
        applicant=CITIZEN.name,
        filed_at=NOW,
        fee=FEE,
        payment_due=True,
        pay_by=LATER,
        due=due(language, provisional=True),
        silence=_service(language).silence,
    )
    error = ERRORS["not-found"]
    return {
        "home": (portal.HomePage(services=home), frame(language, "/", None)),
        "services": (portal.ServicesPage(query="", services=home), frame(language, "/services")),
        "services-none": (
            portal.ServicesPage(query="<b>рибарник", services=()),
            frame(language, "/services?q=x"),
        ),
        "service": (_service(language), frame(language, "/services/permanent-address", None)),
        "service-closed": (
            replace(_service(language), closed_because="До 1.12." if bg else "Until 1 December."),
            frame(language, "/services/permanent-address"),
        ),
        "apply": (_application(language), apply_frame),
        "apply-errors": (_application(language, faults), apply_frame),
        "check": (check, apply_frame),
        "receipt": (receipt, frame(language, f"/cases/{NUMBER}/receipt")),
        "receipt-free": (
            replace(receipt, payment_due=False, pay_by=None, due=due(language)),
            frame(language, f"/cases/{NUMBER}/receipt"),
        ),
        "sign-in": (
            common.NotSignedInPage(continue_path=f"/{language}/signin?next=/cases"),
            frame(language, "/cases", None),
        ),
        "signed-out": (common.SignedOutPage(), frame(language, "/signed-out", None)),
        "error": (
            common.ErrorPage(
                status=404,
                title=say(language, error.title),
                advice=say(language, error.advice),
                reference="c6af9ac6-7b61",
            ),
            frame(language, "/nowhere", None),
        ),
        "accessibility": (
            common.AccessibilityPage(checked_on=NOW.date()),
            frame(language, "/accessibility", None),
        ),
        "privacy": (common.PrivacyPage(), frame(language, "/privacy", None)),
    }


def _journal(language: Language) -> tuple[common.JournalLine, ...]:
    bg = language == "bg"
    who = "Заявител" if bg else "Applicant"
    what = "Подадено заявление" if bg else "Application filed"
    return tuple(
        common.JournalLine(seq=seq, at=NOW, who=who, what=what, hash=DIGEST) for seq in (1, 2, 3)
    )


def _documents(language: Language) -> tuple[common.DocumentView, ...]:
    title = model().title.in_(language)
    return (
        common.DocumentView(id=DOCUMENT, title=title, issued_at=NOW, size=214_532, digest=DIGEST),
    )


def _cases(language: Language) -> dict[str, tuple[Page, Frame]]:
    bg, title = language == "bg", model().title.in_(language)
    card = cases.CaseCard(
        number=NUMBER,
        service=title,
        filed_at=NOW,
        status=common.Status(text="Чака плащане" if bg else "Waiting for payment", tone="wait"),
        to_pay=FEE,
    )
    done = common.Status(text="Издадено" if bg else "Issued", tone="done")
    late = replace(card, number="SZ-2026-000098-1", status=done, to_pay=None, due=NOW.date())
    case = cases.CasePage(
        number=NUMBER,
        service=title,
        status=common.Status(text="Разглежда се" if bg else "Being examined"),
        what_now="Служител разглежда заявлението. От Вас не се иска нищо."
        if bg
        else "An official is examining the application. There is nothing for you to do.",
        filed_at=NOW,
        fee=FEE,
        payment=common.Status(text="Платена" if bg else "Paid", tone="done"),
        payable=False,
        pay_by=None,
        due=due(language),
        documents=(),
        refusal=None,
        timeline=_timeline(bg),
        answers=(common.Row(name="Имена" if bg else "Names", value=CITIZEN.name),),
        lookups=_journal(language)[:1],
    )
    refusal = cases.Decision(
        facts="Лицето няма постоянен адрес в общината.",
        grounds="чл. 93 ЗГР",
        appeal_body=model().appeal.body.in_(language),
        appeal_term="14 календарни дни" if bg else "14 calendar days",
        appeal_ground=model().appeal.ground.in_(language),
    )
    payment = cases.PaymentPage(
        number=NUMBER,
        service=title,
        amount=FEE,
        pay_by=LATER,
        operators=(
            cases.OperatorChoice(
                name="epay",
                title="ePay.bg",
                hint="С карта или от сметка" if bg else "By card or from an account",
            ),
        ),
    )
    hand_over = cases.HandOverPage(
        number=NUMBER,
        amount=FEE,
        operator="ePay.bg",
        address="https://demo.epay.bg/",
        fields={"PAGE": "paylogin", "ENCODED": "TUlO", "CHECKSUM": "305a"},
    )
    at = frame(language, f"/cases/{NUMBER}")
    pay = frame(language, f"/cases/{NUMBER}/payment")
    waiting = replace(case, status=card.status, payable=True, pay_by=LATER, timeline=())
    return {
        "cases": (cases.CasesPage(cases=(card, late), next="abc"), frame(language, "/cases")),
        "cases-none": (cases.CasesPage(cases=()), frame(language, "/cases")),
        "case": (case, at),
        "case-unpaid": (replace(waiting, due=due(language, provisional=True)), at),
        "case-issued": (
            replace(case, status=done, documents=_documents(language)),
            replace(at, success="Готово" if bg else "Done"),
        ),
        "case-refused": (replace(case, refusal=refusal, documents=_documents(language)), at),
        "journal": (cases.JournalPage(number=NUMBER, lines=_journal(language)), at),
        "payment": (payment, pay),
        "payment-denied": (replace(payment, problem="denied"), pay),
        "payment-choose": (replace(payment, problem="choose"), pay),
        "hand-over": (hand_over, pay),
        "payment-waiting": (
            cases.PaymentReturnPage(number=NUMBER, amount=FEE, state="waiting"),
            pay,
        ),
        "payment-paid": (
            cases.PaymentReturnPage(number=NUMBER, amount=FEE, state="paid", due=due(language)),
            pay,
        ),
    }


def _timeline(bg: bool) -> tuple[common.Moment, ...]:
    return (
        common.Moment(title="Заявлението е получено" if bg else "Application received", at=NOW),
        common.Moment(title="Таксата е платена" if bg else "Fee paid", at=NOW, text="ePay.bg"),
        common.Moment(title="Разглеждане" if bg else "Examination", at=NOW, state="now"),
        common.Moment(title="Издаване" if bg else "Issuing", state="ahead"),
        common.Moment(title="Предоставяне" if bg else "Delivery", state="ahead"),
    )


def _verify(language: Language) -> dict[str, tuple[Page, Frame]]:
    at = frame(language, "/verify", None)
    facts = verify.IssuedFacts(
        id=DOCUMENT,
        kind=model().title.in_(language),
        case_number=NUMBER,
        issued_on=NOW.date(),
        digest=DIGEST,
        size=214_532,
    )
    genuine = verify.VerdictPage(verdict="genuine", checked_at=NOW, facts=facts, token="ey.J.x")
    wrong = ErrorView(field="id", text="Номер: има 26 знака")
    return {
        "verify": (verify.VerifyPage(), at),
        "verify-error": (verify.VerifyPage(typed="123", errors=(wrong,)), at),
        "genuine": (genuine, at),
        "genuine-same": (replace(genuine, comparison="same", digest=DIGEST), at),
        "genuine-different": (replace(genuine, comparison="different", token=""), at),
        "genuine-malformed": (replace(genuine, comparison="malformed"), at),
        "unknown": (verify.VerdictPage(verdict="unknown", checked_at=NOW), at),
        "altered": (verify.VerdictPage(verdict="altered", checked_at=NOW), at),
        "malformed": (verify.VerdictPage(verdict="malformed", checked_at=NOW), at),
    }


def _office(language: Language) -> dict[str, tuple[Page, Frame]]:
    bg, title = language == "bg", model().title.in_(language)
    task = office.Task(
        number=NUMBER,
        service=title,
        tier="Обикновена" if bg else "Regular",
        phase="Разглеждане" if bg else "Examination",
        due=NOW,
        late=True,
        assignee="Стоян Георгиев",
        escalated=True,
    )
    mine = replace(task, number="SZ-2026-000124-5", late=False, mine=True, escalated=False)
    free = replace(mine, number="SZ-2026-000125-3", mine=False, assignee="", due=LATER)
    worklist = office.WorklistPage(
        unit="Гражданска регистрация" if bg else "Civil registration",
        shown="unit",
        late=1,
        tasks=(task, mine, free),
        next="cursor",
    )
    case = _office_case(language)
    look_up = office.LookUpPage(
        number=NUMBER,
        service=title,
        purposes=(
            ("examination", "Разглеждане на заявлението" if bg else "Examination"),
            ("check", "Проверка по сигнал" if bg else "Check of a complaint"),
        ),
    )
    decide = office.DecidePage(
        number=NUMBER,
        service=title,
        phase_id="examination",
        version=7,
        outcomes=(
            office.OutcomeChoice(
                id="approve", title="Уважаване" if bg else "Approval", requires=()
            ),
            office.OutcomeChoice(
                id="refuse", title="Отказ" if bg else "Refusal", requires=("facts", "grounds")
            ),
        ),
        appeal_body=model().appeal.body.in_(language),
        appeal_term="14 календарни дни" if bg else "14 calendar days",
    )
    faulty = replace(
        decide,
        outcome="refuse",
        errors=(
            ErrorView(field="facts", text="Попълнете: Факти"),
            ErrorView(field="grounds", text="Попълнете: Правни основания"),
        ),
    )
    stuck = office.StuckCase(
        number=NUMBER,
        service=title,
        phase="Издаване" if bg else "Issuing",
        trouble="Регистърът не отговаря" if bg else "The register does not answer",
        since=NOW,
        times=8,
        at_desk=True,
    )
    health = (
        office.HealthLine(name="USCRASP", status=common.Status(text="OK", tone="done")),
        office.HealthLine(name="ePay.bg", status=common.Status(text="–", tone="late"), text="503"),
    )
    desk = office.DeskPage(
        cases=(stuck, replace(stuck, number="SZ-2026-000099-X", at_desk=False, times=1)),
        health=health,
        today=NOW.date(),
    )
    at = frame(language, f"/office/cases/{NUMBER}", REGISTRAR)
    return {
        "worklist": (worklist, frame(language, "/office", REGISTRAR)),
        "worklist-none": (
            replace(worklist, tasks=(), late=0, shown="mine", next=None),
            frame(language, "/office?show=mine", REGISTRAR),
        ),
        "look-up": (look_up, at),
        "office-case": (case, at),
        "office-case-desk": (replace(case, action="retry", trouble=stuck.trouble), at),
        "office-case-free": (replace(case, action="claim", assignee="", may_release=False), at),
        "decide": (decide, at),
        "decide-errors": (faulty, at),
        "desk": (desk, frame(language, "/office/desk", CHIEF)),
        "desk-none": (
            office.DeskPage(cases=(), today=NOW.date()),
            frame(language, "/office/desk", CHIEF),
        ),
    }


def _office_case(language: Language) -> office.OfficeCasePage:
    bg = language == "bg"
    ground = "Закон за електронното управление, чл. 2, ал. 1" if bg else "Electronic Governance Act"
    return office.OfficeCasePage(
        number=NUMBER,
        service=model().title.in_(language),
        tier="Обикновена" if bg else "Regular",
        status=common.Status(text="Разглежда се" if bg else "Being examined"),
        phase="Разглеждане" if bg else "Examination",
        phase_id="examination",
        assignee="Стоян Георгиев",
        action="decide",
        may_release=True,
        filed_at=NOW,
        applicant=(
            common.Row(name="Имена" if bg else "Names", value=CITIZEN.name),
            common.Row(name="ЕГН" if bg else "EGN", value="7523******"),
        ),
        answers=(common.Row(name="Да послужи пред" if bg else "For", value="Банка"),),
        evidence=(
            office.EvidenceView(
                title="Постоянен адрес" if bg else "Permanent address",
                source="USCRASP",
                ground=ground,
                status=common.Status(text="Предстои" if bg else "To come", tone="off"),
            ),
        ),
        documents=_documents(language),
        due=due(language, late=True),
        phase_due=LATER,
        escalated_to="Милена Караджова",
        takers=(("petko", "Петко Желязков"), ("milena", "Милена Караджова")),
        fee=FEE,
        payment=common.Status(text="Платена" if bg else "Paid", tone="done"),
        attempts=(
            office.PaymentRow(
                invoice="2600000001",
                operator="ePay.bg",
                started_at=NOW,
                status=common.Status(text="Платено" if bg else "Paid", tone="done"),
                paid=FEE,
            ),
        ),
        journal=_journal(language),
    )
