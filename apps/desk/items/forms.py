"""One question as a form: every text in each language, and what its kind needs besides."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.common.templatetags.toikake import in_language
from apps.desk.editor.bilingual import Words, add_words, field_name, said, typed
from apps.desk.items.keeping import Desk
from apps.surveys.definition import BLANK
from apps.surveys.editing.finding import item_called, main_items, options_of
from apps.surveys.editing.questions import conditions
from apps.surveys.kinds.values import LARGEST_NUMBER
from apps.surveys.reading.questions import LONGEST_ANSWER, MOST_PLACES
from apps.surveys.reading.source import LONGEST_TEXT

LONGEST_LABEL = 300
OPTIONAL_TEXTS = ("help", "page_lead", "skip_label", "low_label", "high_label", "unit")
TEXTS: dict[str, Words] = {
    "stem": Words("stem", pgettext_lazy("field", "Question"), LONGEST_TEXT, lines=2),
    "help": Words("help", gettext_lazy("Line below the question"), LONGEST_TEXT, lines=2),
    "page_lead": Words(
        "page_lead",
        gettext_lazy("Line above the question"),
        LONGEST_TEXT,
        gettext_lazy("Shown once where questions on one screen share it."),
        lines=2,
    ),
    "skip_label": Words("skip_label", gettext_lazy("Button for going on without an answer"), LONGEST_LABEL),
    "low_label": Words("low_label", gettext_lazy("Words at the lower end"), LONGEST_LABEL),
    "high_label": Words("high_label", gettext_lazy("Words at the upper end"), LONGEST_LABEL),
    "unit": Words("unit", gettext_lazy("Unit"), LONGEST_LABEL),
    "quotation": Words("quotation", gettext_lazy("Words of the consent"), LONGEST_TEXT, lines=2),
    "pole_A": Words("pole_A", gettext_lazy("View A"), LONGEST_TEXT, lines=2),
    "pole_B": Words("pole_B", gettext_lazy("View B"), LONGEST_TEXT, lines=2),
}
OF_KIND: dict[str, tuple[str, ...]] = {
    "paired_ab": ("pole_A", "pole_B"),
    "scale": ("low_label", "high_label"),
    "number": ("unit",),
    "open_text": ("skip_label", "quotation"),
}
PHASES = [
    ("pre", gettext_lazy("A question of the inquiry")),
    ("background", gettext_lazy("About the reader: last, always optional, not counted")),
]


class ItemForm(forms.Form):
    """`item`: as the draft holds it now. What was not sent, since it was not there yet, stays as it is."""

    def __init__(self, desk: Desk, item: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        self.desk, self.item, self.languages = desk, item, desk.languages
        self.kind, self.published = item["type"], desk.past.asked(item["id"])
        self.options = item["options"] if isinstance(item.get("options"), list) else []
        self.texts = texts_of(item)
        self.begun = initial_values(item, self.languages)
        switches = {name: data.get(name) for name in ("required", "quoted")} if data is not None else {}
        super().__init__(None if data is None else {**self.begun, **data, **switches}, initial=self.begun)
        for words in (*self.texts.values(), *label_words(item)):
            add_words(self, words, self.languages)
        self.fields.update(settings_of(desk, item))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean(self) -> dict[str, Any]:
        """What reads alike cannot be told apart by a reader; both ends in their order."""
        offered = [f"label_{option['code']}" for option in self.options if not option.get("retired")]
        rows = [f"row_{row['code']}" for row in self.item.get("rows", [])]
        for names in (offered, rows, [name for name in self.texts if name.startswith("pole_")]):
            for language in self.languages:
                self._mark_repeated([field_name(name, language) for name in names])
        low, high = self.cleaned_data.get("minimum"), self.cleaned_data.get("maximum")
        if low is not None and high is not None and (low > high or (self.kind == "scale" and low == high)):
            self.add_error("maximum", _("The upper end must lie above the lower one."))
        return self.cleaned_data

    def _mark_repeated(self, names: list[str]) -> None:
        said_before: set[str] = set()
        for name in names:
            text = self.cleaned_data.get(name)
            if text and text in said_before:
                self.add_error(name, _("Another one says the same already."))
            said_before.add(text or "")

    @property
    def said(self) -> dict[str, Any]:
        """As `editing.wording.reword` takes it."""
        cleaned = self.cleaned_data
        found: dict[str, Any] = {name: self._text(name) for name in self.texts if name in ("stem", *OPTIONAL_TEXTS)}
        if self.kind == "paired_ab":
            found["poles"] = {side: said(cleaned, f"pole_{side}", self.languages) for side in "AB"}
        found["options"] = {
            each["code"]: said(cleaned, f"label_{each['code']}", self.languages) for each in self.options
        }
        found["rows"] = {
            each["code"]: said(cleaned, f"row_{each['code']}", self.languages) for each in self.item.get("rows", [])
        }
        for name in ("k", "minimum", "maximum", "step", "max_chars"):
            if name in self.fields:
                found[name] = plain(cleaned[name])
        if "own_words" in self.fields:
            found["own_words"] = cleaned["own_words"]
        if "required" in self.fields:
            found["required"] = "soft" if cleaned["required"] else "no"
        if "phase" in self.fields:
            found["phase"] = cleaned["phase"]
        if "shown_if" in self.fields:
            source, _colon, code = cleaned["shown_if"].partition(":")
            found["shown_if"] = {"item": source, "equals": int(code)} if source else None
        if "quoted" in self.fields:
            found["quotation"] = said(cleaned, "quotation", self.languages) if cleaned["quoted"] else None
        return found

    def _text(self, name: str) -> dict[str, str] | None:
        """Optional texts without a word in any language are none."""
        text = said(self.cleaned_data, name, self.languages)
        return None if name in OPTIONAL_TEXTS and not any(text.values()) else text


def texts_of(item: Mapping[str, Any]) -> dict[str, Words]:
    names = ["page_lead", "stem", "help", *OF_KIND.get(item["type"], ())]
    return {name: TEXTS[name] for name in names}


def label_words(item: Mapping[str, Any]) -> Iterator[Words]:
    options = item["options"] if isinstance(item.get("options"), list) else []
    for option in options:
        name = _("Option %(code)s") % {"code": option["code"]}
        yield Words(f"label_{option['code']}", name, LONGEST_LABEL)
    for row in item.get("rows", []):
        yield Words(f"row_{row['code']}", _("Row %(code)s") % {"code": row["code"]}, LONGEST_LABEL)


def settings_of(desk: Desk, item: Mapping[str, Any]) -> dict[str, forms.Field]:
    kind, found = item["type"], dict[str, forms.Field]()
    if kind == "rank_top_k":
        fewest = max(1, desk.past.places(item["id"]))
        found["k"] = forms.IntegerField(label=_("Places to give"), min_value=fewest, max_value=MOST_PLACES)
    if kind == "open_text":
        found["max_chars"] = forms.IntegerField(
            label=_("Longest text, in characters"), min_value=1, max_value=LONGEST_ANSWER
        )
        found["quoted"] = forms.BooleanField(label=_("Ask whether the text may be quoted"), required=False)
    if kind == "single_nominal" and any(offers_words(option) for option in options_of(desk.document, item)):
        found["own_words"] = forms.IntegerField(
            label=_("Longest words of one's own, in characters"), min_value=1, max_value=LONGEST_ANSWER
        )
    found |= bounds_of(desk, item)
    if item["id"] in {each["id"] for each in main_items(desk.document)}:
        found["shown_if"] = forms.ChoiceField(label=_("Asked of"), required=False, choices=whom(desk, item))
        found["phase"] = forms.ChoiceField(label=_("Part of the questionnaire"), choices=PHASES)
    found["required"] = forms.BooleanField(label=_("Ask once more, gently, where it is left blank"), required=False)
    return found


def bounds_of(desk: Desk, item: Mapping[str, Any]) -> dict[str, forms.Field]:
    low, high = _("Lower end"), _("Upper end")
    if item["type"] == "scale":
        fixed = {"disabled": True} if desk.past.asked(item["id"]) else {}
        ends: dict[str, Any] = {"min_value": 0, "max_value": BLANK - 1, **fixed}
        return {"minimum": forms.IntegerField(label=low, **ends), "maximum": forms.IntegerField(label=high, **ends)}
    if item["type"] == "number":
        figures: dict[str, Any] = {"required": False, "min_value": -LARGEST_NUMBER, "max_value": LARGEST_NUMBER}
        step = forms.DecimalField(
            label=_("Steps of"), required=False, min_value=Decimal("0.000001"), max_value=LARGEST_NUMBER
        )
        return {
            "minimum": forms.DecimalField(label=low, **figures),
            "maximum": forms.DecimalField(label=high, **figures),
            "step": step,
        }
    if item["type"] == "date":
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        first = forms.DateField(label=_("Earliest day"), required=False, widget=widget)
        return {"minimum": first, "maximum": forms.DateField(label=_("Latest day"), required=False, widget=widget)}
    return {}


def whom(desk: Desk, item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All readers, or those who gave one answer before."""
    standing = item.get("shown_if")
    pairs = conditions(desk.document, item["id"])
    if standing and (standing["item"], standing["equals"]) not in pairs:
        pairs = [*pairs, (standing["item"], standing["equals"])]
    return [("", _("All readers")), *((f"{source}:{code}", who_chose(desk, source, code)) for source, code in pairs)]


def who_chose(desk: Desk, source: str, code: int) -> str:
    options = options_of(desk.document, item_called(desk.document, source)) if desk.item(source) else []
    label = next((in_language(option["label"]) for option in options if option["code"] == code), str(code))
    return _("Readers who chose “%(answer)s” in %(question)s") % {"question": source, "answer": label}


def offers_words(option: Mapping[str, Any]) -> bool:
    return option.get("opens_text") is not None and not option.get("retired")


def initial_values(item: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("stem", *OPTIONAL_TEXTS):
        found |= typed(name, item.get(name), languages)
    for side, text in (item.get("poles") or {}).items():
        found |= typed(f"pole_{side}", text, languages)
    for option in item["options"] if isinstance(item.get("options"), list) else []:
        found |= typed(f"label_{option['code']}", option["label"], languages)
        if offers_words(option):
            found["own_words"] = option["opens_text"]
    for row in item.get("rows", []):
        found |= typed(f"row_{row['code']}", row["label"], languages)
    found |= typed("quotation", (item.get("secondary") or {}).get("label"), languages)
    ends = {"minimum": 0, "maximum": 10} if item["type"] == "scale" else {}
    found |= {name: item.get(name, ends.get(name)) for name in ("k", "minimum", "maximum", "step", "max_chars")}
    condition = item.get("shown_if")
    return found | {
        "required": item.get("required") == "soft",
        "quoted": bool(item.get("secondary")),
        "phase": item.get("phase", "pre"),
        "shown_if": f"{condition['item']}:{condition['equals']}" if condition else "",
    }


def plain(value: Any) -> Any:
    """As JSON writes it; None where nothing was entered."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
