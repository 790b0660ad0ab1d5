"""A form that asks for several heirs, in every way that fields are asked."""

from typing import Any

from chalicelib.domain.services.language import ServiceModel
from tests.models import permanent_address

MOST = 3


def text(word: str) -> dict[str, str]:
    return {"bg": f"{word} бг", "en": word}


def repeating(**changes: Any) -> ServiceModel:
    """The certificate, for heirs; nobody abroad may apply, schools pay half."""
    data = permanent_address().model_dump(mode="json", exclude_none=True)
    form = data["form"]
    heir = {
        "heir_name": {"type": "string", "maxLength": 100},
        "heir_kin": {"type": "string", "enum": ["child", "other"]},
        "heir_kin_other": {"type": "string", "minLength": 2, "maxLength": 100},
        "heir_born": {"type": "string", "format": "date"},
        "heir_share": {"type": "number", "minimum": 0, "maximum": 1},
        "heir_alive": {"type": "boolean"},
    }
    form["texts"] |= {name: {"label": text(name)} for name in heir}
    form["texts"]["heir_kin"]["options"] = {"child": text("Child"), "other": text("Other")}
    form["texts"]["heir_kin_other"]["when"] = {"field": "heir_kin", "equals": "other"}
    repeats = {"into": "heirs", "at_least": 1, "at_most": MOST, "one": text("Heir")}
    group = {"id": "heirs", "title": text("Heirs"), "fields": list(heir)}
    form["groups"].insert(1, {**group, "repeats": repeats | changes})
    items = {
        "type": "object",
        "additionalProperties": False,
        "required": ["heir_name", "heir_born"],
        "properties": heir,
    }
    listed = {"type": "array", "minItems": 1, "maxItems": MOST, "items": items}
    form["json_schema"]["properties"]["heirs"] = listed
    form["json_schema"]["required"].append("heirs")
    data["eligibility"] = [
        {
            "id": "here",
            "when": {"none": [{"fact": "purpose", "equals": "abroad"}]},
            "otherwise": text("Not for use abroad"),
            "ground": text("Act, art. 5"),
        }
    ]
    data["exemptions"] = [
        {
            "id": "school",
            "title": text("Schools"),
            "percent": 50,
            "ground": text("Act, art. 8"),
            "when": {"fact": "purpose", "equals": "school"},
        }
    ]
    data["attachments"] = [
        {"id": "will", "title": text("The will"), "required": False, "hint": text("A copy.")}
    ]
    return ServiceModel.model_validate(data)
