"""A model that uses every word of the language, with nothing wrong in it, and how to spoil it."""

from typing import Any

from tests.models import permanent_address

Json = dict[str, Any]
BOTH = {"bg": "Текст", "en": "Text"}
GROUND = {"bg": "Закон, чл. 1", "en": "Act, art. 1"}


def full() -> Json:
    """The certificate, with every word of the language in use, and nothing wrong."""
    data: Json = permanent_address().model_dump(mode="json", exclude_none=True)
    data |= {
        "eligibility": [
            {
                "id": "not-abroad",
                "when": {"none": [{"fact": "purpose", "equals": "abroad"}]},
                "otherwise": BOTH,
                "ground": GROUND,
            }
        ],
        "exemptions": [
            {
                "id": "school",
                "title": BOTH,
                "percent": 50,
                "ground": GROUND,
                "when": {"fact": "purpose", "one_of": ["school", "employer"]},
            }
        ],
        "attachments": [{"id": "power-of-attorney", "title": BOTH}],
        "legal_term": {"term": "14 calendar-days", "ground": GROUND},
        "extension": {"by": "7 calendar-days", "ground": GROUND},
        "withdrawal": {"ground": GROUND},
    }
    for fee in data["fees"]:
        fee["term"] = "7 working-days"
    data["silence"] |= {"next": "tacit", "warnings": ["1 working-day"]}
    data["results"].append(
        {
            "id": "tacit-refusal",
            "template": "act",
            "title": BOTH,
            "says": [{"bg": "До {person.name}", "en": "To {person.name}"}],
            "rows": [{"label": BOTH, "fact": "evidence.permanent-address.district"}],
        }
    )
    data["phases"] += extra()
    phase(data, "payment")["outcomes"]["paid"]["next"] = "asking"
    phase(data, "examination")["outcomes"] |= {"correct": outcome("correcting")}
    return data


def extra() -> list[Json]:
    """Phases of every other kind."""
    opinion = {"id": "plan", "title": BOTH, "unit": "architecture"}
    return [
        {
            "id": "asking",
            "kind": "register",
            "title": BOTH,
            "evidence": ["permanent-address"],
            "outcomes": {"asked": outcome("sorting")},
        },
        {
            "id": "sorting",
            "kind": "automatic",
            "title": BOTH,
            "choices": [
                {"when": {"fact": "purpose", "equals": "abroad"}, "outcome": "joint"},
                {
                    "when": {"fact": "evidence.permanent-address.found", "equals": False},
                    "outcome": "outside",
                },
            ],
            "otherwise": "examine",
            "outcomes": {
                "joint": outcome("opinions"),
                "outside": outcome("waiting"),
                "examine": outcome("examination"),
            },
        },
        {
            "id": "opinions",
            "kind": "joint",
            "title": BOTH,
            "unit": "civil-registration",
            "role": "registrar",
            "term": "2 working-days",
            "opinions": [opinion, {**opinion, "id": "roads", "unit": "civil-registration"}],
            "outcomes": {"agreed": outcome("examination")},
        },
        {
            "id": "waiting",
            "kind": "outside",
            "title": BOTH,
            "unit": "civil-registration",
            "role": "registrar",
            "term": "3 months",
            "clock": "suspended",
            "clock_ground": GROUND,
            "outcomes": {"came": outcome("examination")},
        },
        {
            "id": "correcting",
            "kind": "correction",
            "title": BOTH,
            "term": "7 calendar-days",
            "clock": "suspended",
            "clock_ground": GROUND,
            "milestones": [{"kind": "expiry", "before": "0 hours", "outcome": "late"}],
            "outcomes": {"corrected": outcome("examination"), "late": outcome(close="terminated")},
        },
        {
            "id": "tacit",
            "kind": "document",
            "title": BOTH,
            "template": "tacit-refusal",
            "evidence": ["permanent-address"],
            "outcomes": {"issued": outcome(close="refused-by-silence")},
        },
    ]


def outcome(to: str | None = None, close: str | None = None) -> Json:
    return {"title": BOTH, "next": to, "close": close}


def phase(data: Json, name: str) -> Json:
    one: Json = next(p for p in data["phases"] if p["id"] == name)
    return one
