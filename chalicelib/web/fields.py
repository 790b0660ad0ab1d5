"""A field's view model as a component of govuk-frontend, with all that screen readers need."""

from collections.abc import Callable

from markupsafe import Markup

from chalicelib.web.components import Components
from chalicelib.web.forms import FieldView

Params = dict[str, object]
_COMPONENTS = {
    "textarea": "textarea",
    "radios": "radios",
    "checkbox": "checkboxes",
    "select": "select",
    "date": "date_input",
}
_WIDTHS = {"year": "govuk-input--width-4"}
_SHOWN = Markup(
    '<div class="govuk-form-group"><p class="govuk-label govuk-!-margin-bottom-1">{label}</p>'
    '<p class="govuk-hint govuk-!-margin-bottom-1">{hint}</p>'
    '<p class="govuk-body govuk-!-font-weight-bold" id="{id}">{value}</p></div>'
)


def draw(govuk: Components, error_word: str, field: FieldView) -> Markup:
    """The HTML of a field. `error_word` is what is read aloud before an error."""
    if field.kind == "shown":
        return _SHOWN.format(label=field.label, hint=field.hint, id=field.id, value=field.value)
    params = _common(field, error_word)
    if field.kind == "radios":
        params |= _choices(field, lambda child: draw(govuk, error_word, child))
    elif field.kind == "checkbox":
        box = {"value": "true", "text": field.label, "checked": field.value == "true"}
        params |= {"idPrefix": field.id, "items": [box]}
    elif field.kind == "select":
        params |= _list(field)
    elif field.kind == "date":
        params |= _date(field)
    else:
        params |= _line(field)
    return govuk.draw(_COMPONENTS.get(field.kind, "input"), params)


def _common(field: FieldView, error_word: str) -> Params:
    params: Params = {"name": field.name}
    if field.hint:
        params["hint"] = {"text": field.hint}
    if field.error:
        params["errorMessage"] = {"text": field.error, "visuallyHiddenText": error_word}
    return params


def _choices(field: FieldView, drawn: Callable[[FieldView], Markup]) -> Params:
    items = list[Params]()
    for option in field.options:
        inside = Markup("").join(drawn(c) for c in field.children if c.shows_with == option.value)
        item: Params = {
            "value": option.value,
            "text": option.text,
            "checked": option.value == field.value,
        }
        if option.hint:
            item["hint"] = {"text": option.hint}
        if inside:
            item["conditional"] = {"html": inside}
        items.append(item)
    legend = {"text": field.label, "classes": "govuk-fieldset__legend--s"}
    return {"idPrefix": field.id, "fieldset": {"legend": legend}, "items": items}


def _list(field: FieldView) -> Params:
    items = [
        {"value": option.value, "text": option.text, "selected": option.value == field.value}
        for option in field.options
    ]
    return {"id": field.id, "label": {"text": field.label}, "items": items}


def _date(field: FieldView) -> Params:
    """Day, month and year in boxes of their own, as people write them."""
    wrong = " govuk-input--error" if field.error else ""
    items = [
        {
            "id": part.id,
            "name": part.name,
            "label": part.label,
            "value": part.value,
            "classes": _WIDTHS.get(part.name.rpartition(".")[2], "govuk-input--width-2") + wrong,
        }
        for part in field.parts
    ]
    legend = {"text": field.label, "classes": "govuk-fieldset__legend--s"}
    return {"id": f"{field.id}.date", "fieldset": {"legend": legend}, "items": items}


def _line(field: FieldView) -> Params:
    """A box to type in. No `maxlength`: what is pasted would be cut off without a word."""
    params: Params = {"id": field.id, "label": {"text": field.label}, "value": field.value}
    if field.autocomplete:
        params["autocomplete"] = field.autocomplete
    if field.kind == "email":
        params |= {"type": "email", "spellcheck": False}
    if field.kind in {"number", "decimal"}:
        params["inputmode"] = "numeric" if field.kind == "number" else "decimal"
    if field.kind == "textarea":
        params["rows"] = 6
    if field.narrow:
        params["classes"] = "govuk-input--width-20"
    return params
