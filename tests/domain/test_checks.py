"""The checks before publishing, for every word of the language: what they find, and where."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.services.checks import findings
from chalicelib.domain.services.checks_size import MOST_EVENTS, MOST_PHASES, history
from chalicelib.domain.services.language import ServiceModel
from chalicelib.domain.services.surroundings import Surroundings
from tests.every_word import BOTH, GROUND, Json, full, outcome, phase

Change = Callable[[Json], object]
AROUND = Surroundings(
    templates=frozenset({"certificate-permanent-address", "refusal", "act"}),
    units=frozenset({"civil-registration", "architecture"}),
)


def found(change: Change) -> list[tuple[str, str]]:
    data = full()
    change(data)
    model = ServiceModel.model_validate(data)
    return [(".".join(map(str, f.place)), str(f)) for f in findings(model, AROUND)]


def test_nothing_is_wrong_with_a_model_that_uses_every_word() -> None:
    assert found(lambda d: None) == []


def set_rule(word: str, rule: Json) -> Change:
    return lambda d: d[word][0].update(when=rule)


def choose(rule: Json) -> Change:
    return lambda d: phase(d, "sorting")["choices"][0].update(when=rule)


def group_when(index: int, when: Json) -> Change:
    return lambda d: d["form"]["groups"][index].update(when=when)


def to_act(**words: Any) -> Change:
    return lambda d: d["results"][2].update(words)


def repeating(**changes: Any) -> Change:
    """The contact group is asked several times."""

    def change(data: Json) -> None:
        schema, groups = data["form"]["json_schema"], data["form"]["groups"]
        own = {name: schema["properties"].pop(name) for name in ("email", "phone")}
        items = {"type": "object", "additionalProperties": False, "properties": own}
        people = {"type": "array", "minItems": 1, "maxItems": 5, "items": items}
        schema["properties"]["people"] = people | changes.get("schema", {})
        items |= changes.get("items", {})
        repeats = {"into": "people", "at_least": 1, "at_most": 5, "one": BOTH}
        groups[2]["repeats"] = repeats | changes.get("repeats", {})
        groups[2] |= changes.get("group", {})
        changes.get("more", lambda d: None)(data)

    return change


def test_a_repeating_group_is_well() -> None:
    assert found(repeating()) == []


SCHEMA = "form.json_schema"
ROWS: list[tuple[Change, str, str]] = [
    # Paths.
    (
        lambda d: d["silence"].update(next="tacitt"),
        "silence.next",
        "no phase 'tacitt'; did you mean 'tacit'?",
    ),
    (lambda d: d["silence"].pop("next"), "phases.11.id", "no case ever comes to 'tacit'"),
    (
        lambda d: phase(d, "sorting")["choices"].pop(0),
        "phases.8.id",
        "no case ever comes to 'opinions'",
    ),
    (
        lambda d: phase(d, "correcting")["outcomes"].update(late=outcome("correcting"))
        or phase(d, "correcting")["outcomes"].update(corrected=outcome("correcting")),
        "phases.10.outcomes",
        "a case that comes to 'correcting' never ends",
    ),
    (
        lambda d: phase(d, "sorting")["outcomes"].update(examine=outcome("asking")),
        "phases.6.outcomes",
        "a case goes round without anybody: asking, sorting",
    ),
    (
        lambda d: phase(d, "opinions")["outcomes"].update(silence=outcome("examination")),
        "phases.8.outcomes.silence",
        "the outcome 'silence' is taken",
    ),
    (lambda d: phase(d, "asking").update(id="terminated"), "phases.6.id", "'terminated' is taken"),
    (
        lambda d: phase(d, "delivery")["outcomes"].update(delivered=outcome("payment")),
        "phases.0.id",
        "'payment' asks for money after the result was handed over",
    ),
    # Persons in charge.
    (lambda d: phase(d, "opinions").pop("role"), "phases.8", "nobody is in charge of 'opinions'"),
    (lambda d: phase(d, "waiting").pop("unit"), "phases.9", "nobody is in charge of 'waiting'"),
    (
        lambda d: phase(d, "asking").update(role="registrar"),
        "phases.6.role",
        "'asking' has nobody in charge: it is of kind register",
    ),
    (
        lambda d: phase(d, "examination").update(unit="archtecture"),
        "phases.1.unit",
        "no unit 'archtecture'; did you mean 'architecture'?",
    ),
    (
        lambda d: phase(d, "opinions")["opinions"][0].update(unit="roads"),
        "phases.8.opinions.0.unit",
        "the administration has no unit 'roads'",
    ),
    (lambda d: phase(d, "opinions").update(four_eyes=True), "phases.8.four_eyes", "kind human"),
    # Terms and milestones of a phase.
    (lambda d: phase(d, "correcting").pop("term"), "phases.10", "'correcting' may take for ever"),
    (lambda d: phase(d, "waiting").pop("term"), "phases.9", "'waiting' may take for ever"),
    (
        lambda d: phase(d, "correcting").update(milestones=[]),
        "phases.10",
        "waits for the applicant's correction for ever; add a milestone of kind expiry",
    ),
    (
        lambda d: phase(d, "examination").update(term="0 working-days"),
        "phases.1.term",
        "'examination' may take no time at all",
    ),
    (
        lambda d: phase(d, "examination").update(terms={"fast": "0 hours"}),
        "phases.1.terms.fast",
        "'examination' may take no time at all",
    ),
    (
        lambda d: phase(d, "opinions").update(
            milestones=[{"kind": "reminder", "before": "2 weeks", "to": "registrar"}]
        ),
        "phases.8.milestones.0.before",
        "2 weeks before is earlier than the phase begins; it may take 2 working-days only",
    ),
    (
        lambda d: phase(d, "correcting").pop("clock_ground"),
        "phases.10.clock",
        "the term is suspended in 'correcting' without a ground",
    ),
    (
        lambda d: phase(d, "opinions").update(clock_ground=GROUND),
        "phases.8.clock_ground",
        "a ground, and the clock runs",
    ),
    (
        lambda d: phase(d, "asking").update(clock="interrupted", clock_ground=GROUND),
        "phases.6.clock",
        "'asking' runs by itself: no time passes",
    ),
    # What a kind needs.
    (
        lambda d: phase(d, "sorting").pop("otherwise"),
        "phases.7",
        "'sorting' does not know what to do when no condition holds; say otherwise:",
    ),
    (
        lambda d: phase(d, "sorting").update(otherwise="examin"),
        "phases.7.otherwise",
        "'sorting' has no outcome 'examin'; did you mean 'examine'?",
    ),
    (
        lambda d: phase(d, "sorting")["choices"][1].update(outcome="abroad"),
        "phases.7.choices.1.outcome",
        "'sorting' has no outcome 'abroad'",
    ),
    (
        lambda d: phase(d, "sorting")["choices"].pop(1),
        "phases.7.outcomes.outside",
        "no condition of 'sorting' leads to 'outside'",
    ),
    (
        lambda d: phase(d, "asking")["outcomes"].update(unknown=outcome("examination")),
        "phases.6",
        "'asking' does not know what to do when no condition holds",
    ),
    (
        lambda d: phase(d, "opinions").update(opinions=[]),
        "phases.8",
        "'opinions' asks nobody's opinion",
    ),
    (
        lambda d: phase(d, "opinions")["opinions"][1].update(unit="architecture"),
        "phases.8.opinions.1",
        "'architecture' is asked for the same opinion twice",
    ),
    (
        lambda d: phase(d, "opinions")["opinions"][1].update(id="plan"),
        "phases.8.opinions.1.id",
        "a second 'plan'",
    ),
    (lambda d: phase(d, "asking").update(evidence=[]), "phases.6", "asks no register anything"),
    (
        lambda d: phase(d, "payment")["outcomes"].update(settled=outcome("asking")),
        "phases.0.outcomes.settled",
        "nothing in a phase of kind payment ends by 'settled'",
    ),
    (
        lambda d: phase(d, "tacit")["outcomes"].update(
            done=phase(d, "tacit")["outcomes"].pop("issued")
        ),
        "phases.11.outcomes",
        "'tacit' has no outcome 'issued', and kind document ends by it",
    ),
    (
        lambda d: phase(d, "examination").update(choices=phase(d, "sorting")["choices"]),
        "phases.1.choices",
        "only a phase of kind automatic or register has choices:",
    ),
    (
        lambda d: phase(d, "payment").update(checklist=[{"id": "a", "title": BOTH}]),
        "phases.0.checklist",
        "only a phase of kind human or joint or outside has checklist:",
    ),
    (
        lambda d: phase(d, "correcting")["outcomes"]["corrected"].update(requires=["facts"]),
        "phases.10.outcomes.corrected.requires",
        "nobody decides in 'correcting'",
    ),
    (
        lambda d: phase(d, "examination")["outcomes"]["approve"].update(requires=["checklist"]),
        "phases.1.outcomes.approve.requires",
        "'approve' requires checklist, and the phase has none",
    ),
    # Documents.
    (
        lambda d: phase(d, "examination").update(documents=["sketch"]),
        "phases.1.documents.0",
        "the document 'sketch' is neither made nor given",
    ),
    (
        lambda d: phase(d, "examination").update(documents=["certificate"]),
        "phases.1.documents.0",
        "a case comes to 'examination' without 'certificate'",
    ),
    (
        lambda d: phase(d, "examination")["outcomes"].update(done=outcome(close="issued")),
        "phases.1.outcomes",
        "a case is closed as issued in 'examination', and no document says so",
    ),
    (
        lambda d: phase(d, "tacit").update(template="act")
        or d["results"].append({**d["results"][2], "id": "tacit-approval"}),
        "phases.11.template",
        "several results have the template 'act'; name the result: there is",
    ),
    (to_act(template="acts"), "results.2.template", "no template 'acts'; did you mean 'act'?"),
    (to_act(says=[], rows=[]), "results.2", "'tacit-refusal' says nothing"),
    (
        lambda d: d["attachments"][0].update(id="refusal"),
        "attachments.0.id",
        "'refusal' is a result as well",
    ),
    # Facts.
    (
        set_rule("eligibility", {"fact": "purpos", "equals": "bank"}),
        "eligibility.0.when.fact",
        "no fact 'purpos'; did you mean 'purpose'?",
    ),
    (
        set_rule("exemptions", {"any": [{"fact": "purpose", "one_of": ["bank", "banks"]}]}),
        "exemptions.0.when.any.0.one_of",
        "'purpose' is never 'banks'; did you mean 'bank'?",
    ),
    (
        set_rule("exemptions", {"fact": "evidence.permanent-address.district", "present": True}),
        "exemptions.0.when.fact",
        "no register has answered 'evidence.permanent-address.district' by then",
    ),
    (
        set_rule("attachments", {"fact": "capacity", "equals": "mandate"}),
        "attachments.0.when.equals",
        "'capacity' is never 'mandate'; there is self",
    ),
    (
        set_rule("attachments", {"fact": "truth", "at_least": 1}),
        "attachments.0.when",
        "'truth' is a boolean, and is compared with a number",
    ),
    (
        choose({"fact": "tier", "equals": "express"}),
        "phases.7.choices.0.when.equals",
        "'tier' is never 'express'",
    ),
    (
        choose({"fact": "evidence.permanent-address.distrcit", "present": True}),
        "phases.7.choices.0.when.fact",
        "did you mean 'evidence.permanent-address.district'?",
    ),
    (
        lambda d: phase(d, "payment")["outcomes"].update(paid=outcome("sorting")),
        "phases.7.choices.1.when.fact",
        "no register has answered 'evidence.permanent-address.found' by then",
    ),
    (
        to_act(says=[{"bg": "{person.nam}", "en": "{person.nam}"}]),
        "results.2.says.0.bg",
        "no fact 'person.nam'; did you mean 'person.name'?",
    ),
    (
        to_act(ends=[{"bg": "Ден", "en": "Day {document.date}"}]),
        "results.2.ends.0.bg",
        "{document.date} is shown in one language only; add it to bg:",
    ),
    (
        to_act(rows=[{"label": BOTH, "fact": "evidence.family.spouse"}]),
        "results.2.rows.0.fact",
        "no register has answered 'evidence.family.spouse' by then",
    ),
    (
        lambda d: d["evidence"].append(
            {**d["evidence"][0], "id": "heirs", "ask": "relations", "source": "uscrasp"}
        ),
        "evidence.1.ask",
        "'uscrasp/relations' cannot be asked without 'deceased_egn'",
    ),
    (
        lambda d: d["evidence"][0].update(about={"eik": "purpose"}),
        "evidence.0.about.eik",
        "'uscrasp/permanent-address' is not asked about 'eik'; there is egn",
    ),
    (
        lambda d: d["evidence"][0].update(about={"egn": "purposes"}),
        "evidence.0.about.egn",
        "no fact 'purposes'; did you mean 'purpose'?",
    ),
    (
        lambda d: d["evidence"].append({**d["evidence"][0], "id": "unused"}),
        "evidence.1.id",
        "no phase asks for the evidence 'unused'",
    ),
    # Texts.
    (
        lambda d: d["title"].update(bg="Certificate of the permanent address"),
        "title.bg",
        "no Bulgarian in the Bulgarian text",
    ),
    # Terms together.
    (
        lambda d: phase(d, "examination").update(term="6 working-days"),
        "fees.0.term",
        "7 working-days is promised, and opinions, examination may take 8 working-days (regular)",
    ),
    (
        lambda d: phase(d, "waiting").update(clock="runs", clock_ground=None),
        "legal_term.term",
        "the law allows 14 calendar-days, and waiting may take 3 months",
    ),
    (
        lambda d: d["fees"][0].update(term="3 months"),
        "fees.0.term",
        "3 months is promised, and the law allows 14 calendar-days",
    ),
    (
        lambda d: d["fees"][1].update(term="0 hours"),
        "fees.1.term",
        "a promise of no time at all",
    ),
    # Silence and extension.
    (
        lambda d: d["silence"].update(next="opinions"),
        "silence.next",
        "silence leads to 'opinions', which is of kind joint",
    ),
    (
        lambda d: d["silence"].update(effect="none"),
        "silence.next",
        "silence means nothing, and yet leads on",
    ),
    (
        lambda d: d["silence"].update(effect="approve"),
        "silence.effect",
        "silence means 'approve', and the case is closed as refused-by-silence",
    ),
    (
        lambda d: d["silence"].update(effect="approve", next=None),
        "silence",
        "silence approves, and nothing is issued",
    ),
    (
        lambda d: d["silence"].update(next=None),
        "silence.warnings",
        "warnings of a silence that does nothing by itself",
    ),
    (
        lambda d: d["silence"].update(warnings=["2 months"]),
        "silence.warnings.0",
        "2 months before the end is before the beginning",
    ),
    (
        lambda d: phase(d, "examination")["outcomes"].update(
            dull=outcome(close="refused-by-silence")
        ),
        "phases.1.outcomes",
        "closes a case as refused-by-silence, and it comes there without silence",
    ),
    (
        lambda d: d["extension"].update(by="1 month"),
        "extension.by",
        "an extension by 1 months is longer than the term of 14 calendar-days",
    ),
    (lambda d: d["extension"].update(by="0 weeks"), "extension.by", "an extension by nothing"),
    # Names.
    (
        lambda d: d["results"].append(d["results"][1]),
        "results.3.id",
        "a second 'refusal'",
    ),
    (
        lambda d: d["eligibility"].append(d["eligibility"][0]),
        "eligibility.1.id",
        "a second 'not-abroad'",
    ),
    # The form.
    (
        group_when(2, {"field": "truth", "equals": True}),
        "form.groups.2.when.field",
        "the group 'contact' depends on 'truth', which is not asked before it",
    ),
    (
        group_when(2, {"field": "purpose", "one_of": ["bnak"]}),
        "form.groups.2.when.one_of",
        "'purpose' is never that; did you mean 'bank'?",
    ),
    (
        group_when(3, {"field": "purpose", "equals": "bank"}),
        f"{SCHEMA}.required",
        "'truth' is always required, but only sometimes asked",
    ),
    (lambda d: d["form"]["groups"][0].update(fields=[]), "form.groups.0", "asks nothing"),
    (
        lambda d: d["form"]["json_schema"]["properties"]["email"].pop("maxLength"),
        f"{SCHEMA}.properties.email",
        "'email' may be as long as anybody likes",
    ),
    (
        lambda d: d["form"]["json_schema"]["properties"]["phone"].update(pattern="(a+)+$"),
        f"{SCHEMA}.properties.phone.pattern",
        "a pattern that may take for ever",
    ),
    (
        lambda d: d["form"]["json_schema"]["properties"]["phone"].update(pattern="["),
        f"{SCHEMA}.properties.phone.pattern",
        "not a pattern",
    ),
    (
        lambda d: d["form"]["json_schema"]["properties"].update(
            phone={"$ref": "https://example.org/phone.json"}
        ),
        f"{SCHEMA}.properties.phone.$ref",
        "a schema from elsewhere",
    ),
    (
        repeating(schema={"maxItems": 6}),
        f"{SCHEMA}.properties.people",
        "at_most of 'contact' is 5, and the schema says otherwise; write maxItems: 5",
    ),
    (
        repeating(schema={"type": "object"}),
        "form.groups.2.repeats.into",
        "'people' is no list in the schema",
    ),
    (repeating(repeats={"into": "persons"}), "form.groups.2.repeats.into", "'persons' is no list"),
    (
        repeating(items={"required": ["names"]}),
        f"{SCHEMA}.properties.people.items.required",
        "no field 'names'; there is email, phone",
    ),
    (
        repeating(items={"additionalProperties": True}),
        f"{SCHEMA}.properties.people.items",
        "the form takes fields that nobody knows",
    ),
    (
        repeating(more=group_when(3, {"field": "email", "equals": "a"})),
        "form.groups.3.when.field",
        "the group 'declaration' depends on 'email', which is asked several times",
    ),
    (
        repeating(more=set_rule("eligibility", {"fact": "email", "present": True})),
        "eligibility.0.when.fact",
        "no fact 'email'",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "said"), ROWS, ids=[row[2][:60] for row in ROWS])
def test_what_is_wrong_is_found_where_it_is(change: Change, place: str, said: str) -> None:
    all_found = found(change)
    assert any(where == place and said in what for where, what in all_found), all_found


def test_corrections_that_suspend_the_clock_do_not_count_and_loops_count_once() -> None:
    def generous(data: Json) -> None:
        phase(data, "correcting").update(term="6 months")
        phase(data, "examination").update(term="2 working-days")

    assert found(generous) == []


def test_a_correction_that_does_not_stop_the_clock_counts() -> None:
    def running(data: Json) -> None:
        phase(data, "correcting").update(clock="runs", clock_ground=None)

    assert any("correcting may take" in what for _, what in found(running))


def test_an_interrupted_clock_begins_anew() -> None:
    def interrupted(data: Json) -> None:
        phase(data, "opinions")["outcomes"]["agreed"]["next"] = "waiting"
        phase(data, "opinions")["term"] = "4 working-days"
        phase(data, "waiting").update(clock="interrupted")

    assert found(interrupted) == []


def many(number: int) -> Change:
    def change(data: Json) -> None:
        last = data["phases"][-1]
        names = [f"step-{index}" for index in range(number)]
        for name, following in zip(names, [*names[1:], "tacit"], strict=True):
            step = {"id": name, "kind": "delivery", "title": BOTH}
            data["phases"].append({**step, "outcomes": {"delivered": outcome(following)}})
        data["silence"]["next"] = names[0]
        assert last["id"] == "tacit"

    return change


def test_more_phases_than_a_machine_can_have() -> None:
    assert found(many(MOST_PHASES - 12)) == []
    ((place, said),) = found(many(1000))
    assert (place, said) == (
        "phases",
        f"1012 phases, and at most {MOST_PHASES} are possible; split the service",
    )


def test_a_history_longer_than_an_execution_has_room_for() -> None:
    def patient(data: Json) -> None:
        phase(data, "waiting").update(term="9999 years")

    said = next(what for where, what in found(patient) if where == "phases.9")
    assert said.endswith("has room for 25,000; shorten 'waiting', which has the most")
    assert history(ServiceModel.model_validate(full())) < MOST_EVENTS
