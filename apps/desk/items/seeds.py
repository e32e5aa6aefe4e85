"""The editors' statements to vote on: written here, planted when a version is published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.gate import signed_in
from apps.desk.editor.bilingual import IN_THEMSELVES, TextField, field_name, said
from apps.desk.editor.door import editors_form
from apps.desk.items.keeping import ChangedMeanwhile, Desk, desk_of, keep, mark_of, refuse_if_changed
from apps.desk.items.layout import InLanguage
from apps.desk.items.pressing import Pressed, pressed
from apps.desk.items.words import STANCES
from apps.desk.rules import Entrusted
from apps.surveys.editing import EditRefused
from apps.surveys.editing.statements import add_statement, reword_statement, statement_coded, take_out_statement
from apps.surveys.neutrality import Hint, hints_for_statement
from apps.surveys.reading.source import LONGEST_TEXT
from apps.surveys.statements import characters, folded, longest_in

FEWEST_EACH = 3


class SeedForm(forms.Form):
    """`code`: of the statement that is written anew; empty for a new one. The others must say something else."""

    stance = forms.ChoiceField(label=gettext_lazy("Side"), choices=list(STANCES.items()))

    def __init__(self, desk: Desk, code: str, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"id_{code or 'new'}_%s", **options)
        self.desk, self.code = desk, code
        for language in desk.languages:
            self.fields[field_name("words", language)] = TextField(
                longest=LONGEST_TEXT,
                label=IN_THEMSELVES[language],
                widget=forms.TextInput({"lang": language, "autocomplete": "off"}),
                error_messages={"required": _("Please write this in every language in which you ask.")},
            )

    def clean(self) -> dict[str, Any]:
        for language in self.desk.languages:
            name = field_name("words", language)
            if sentence := fault(self.desk, self.code, language, self.cleaned_data.get(name, "")):
                self.add_error(name, sentence)
        return self.cleaned_data

    @property
    def words(self) -> dict[str, str]:
        return said(self.cleaned_data, "words", self.desk.languages)

    @property
    def texts(self) -> list[InLanguage]:
        return [
            InLanguage(each, IN_THEMSELVES[each], self[field_name("words", each)], "") for each in self.desk.languages
        ]


def fault(desk: Desk, code: str, language: str, line: str) -> str:
    """Why these words cannot stand; empty where they can."""
    if characters(line) > longest_in(language):
        numbers = {"limit": longest_in(language), "length": characters(line)}
        return _("Please shorten the text to %(limit)d characters; it has %(length)d.") % numbers
    for entry in desk.document.get("statements", []):
        if line and entry["id"] != code and folded(str(entry.get(language) or "")) == folded(line):
            return _("Statement %(code)s says the same.") % {"code": entry["id"]}
    return ""


@dataclass(frozen=True)
class Seed:
    """`form` is None where readers may have voted on the words: then they stay."""

    code: str
    texts: list[tuple[str, str]]
    published: bool
    form: SeedForm | None
    seen: str
    hints: list[Hint]


@dataclass(frozen=True)
class Side:
    stance: str
    name: str
    seeds: list[Seed] = field(default_factory=list)


@editors_form
def seeds(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Add, write anew, take out."""
    if request.method != "POST":
        return page(request, desk_of(held.inquiry), at=request.GET.get("at", ""))
    what = pressed(request.POST.get("do", ""))
    forms_made: list[SeedForm] = []

    def edit(desk: Desk) -> dict[str, Any]:
        return change(desk, what, request.POST, forms_made)

    try:
        desk = keep(held.inquiry, signed_in(request), edit)
    except EditRefused as refused:
        return page(request, desk_of(held.inquiry), sent=forms_made[-1:], problem=refused.sentence, status=422)
    except ChangedMeanwhile:
        sentence = _("This statement was changed meanwhile. What you typed is still here; press Save to keep it.")
        return page(request, desk_of(held.inquiry), sent=forms_made[-1:], problem=sentence, status=409)
    at = desk.document["statements"][-1]["id"] if what.deed == "add" else what.code
    return redirect(f"{request.path}?at={at}#{at}")


def change(desk: Desk, what: Pressed, data: Mapping[str, Any], made: list[SeedForm]) -> dict[str, Any]:
    if what.deed == "take":
        return take_out_statement(desk.document, what.code)
    if what.deed not in {"add", "write"}:
        return desk.document
    form = SeedForm(desk, what.code, data)
    made.append(form)
    if not form.is_valid():
        raise EditRefused(_("Something needs a second look. Nothing was saved yet."))
    if what.deed == "add":
        return add_statement(desk.document, desk.past, form.cleaned_data["stance"], form.words)
    refuse_if_changed(desk, statement_coded(desk.document, what.code), data.get("seen", ""))
    return reword_statement(desk.document, desk.past, what.code, form.cleaned_data["stance"], form.words)


def page(
    request: HttpRequest,
    desk: Desk,
    *,
    sent: list[SeedForm] | None = None,
    at: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    typed = {form.code: form for form in sent or []}
    shown = sides(desk, typed)
    counts = [len(side.seeds) for side in shown]
    context = {
        "inquiry": desk.inquiry,
        "sides": shown,
        "new": typed.get("") or SeedForm(desk, ""),
        "new_open": "" in typed,
        "typed": [code for code in typed if code],
        "at": at,
        "problem": problem,
        "uneven": max(counts[:2]) > min(counts[:2]),
        "few": min(counts) < FEWEST_EACH,
    }
    return render(request, "desk/items/seeds.html", context, status=status)


def sides(desk: Desk, typed: Mapping[str, SeedForm]) -> list[Side]:
    found = {stance: Side(stance, str(name)) for stance, name in STANCES.items()}
    for entry in desk.document.get("statements", []):
        side = found.get(entry.get("stance"), found["bridge"])
        side.seeds.append(seed(desk, entry, typed.get(entry["id"])))
    return list(found.values())


def seed(desk: Desk, entry: Mapping[str, Any], typed: SeedForm | None) -> Seed:
    code, published = entry["id"], entry["id"] in desk.past.statements
    texts = [(language, str(entry.get(language) or "")) for language in desk.languages]
    begun = {"stance": entry.get("stance"), **{field_name("words", language): text for language, text in texts}}
    return Seed(
        code=code,
        texts=texts,
        published=published,
        form=None if published else typed or SeedForm(desk, code, initial=begun),
        seen=mark_of(entry),
        hints=[hint for language, text in texts for hint in hints_for_statement(text, language)],
    )
