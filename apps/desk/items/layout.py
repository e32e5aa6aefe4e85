"""How the form of a question is laid out: texts side by side, options and rows as lines with their buttons."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from django.forms import BoundField, Form
from django.template import Context
from django.template.loader import render_to_string

from apps.common.templatetags.toikake import in_language
from apps.desk.editor.bilingual import IN_THEMSELVES, field_name
from apps.desk.items.forms import TEXTS, ItemForm
from apps.desk.items.words import ROLES, SHORT_ROLES
from apps.surveys.editing.finding import is_anchored, options_of
from apps.surveys.editing.options import ORDERED, roles_for
from apps.surveys.neutrality import Hint, hints


class Block(LayoutObject):
    """One template of its own; its names are what it shows."""

    def __init__(self, template: str, **shown: Any) -> None:
        self.template, self.shown = template, shown
        self.fields: list[Any] = []

    def render(self, form: Form, context: Context, template_pack: str = "toikake", **kwargs: Any) -> str:
        return render_to_string(self.template, self.shown)


@dataclass(frozen=True)
class InLanguage:
    """One text in one language. `theirs`: what somebody else saved meanwhile, where it differs."""

    language: str
    name: str
    field: BoundField
    theirs: str


@dataclass(frozen=True)
class Part:
    """An option or a row with what can be done to it now."""

    kind: str
    code: str
    texts: list[InLanguage]
    badges: list[str]
    retired: bool
    can_go_up: bool
    can_go_down: bool
    can_retire: bool
    can_remove: bool


def item_layout(form: ItemForm, *, at: str = "", theirs: Mapping[str, str]) -> Layout:
    if at.startswith("id_") and at[3:] in form.fields:
        form.fields[at[3:]].widget.attrs["autofocus"] = True
    told: dict[str, list[Hint]] = defaultdict(list)
    for hint in hints(form.item, form.languages, options_of(form.desk.document, form.item)):
        told[hint.field].append(hint)

    def pair(name: str, *fields: str) -> Block:
        texts = in_languages(form, name, theirs)
        return Block("desk/items/pair.html", words=TEXTS[name], texts=texts, hints=[h for f in fields for h in told[f]])

    around = [pair("page_lead", "page_lead"), pair("help", "help")]
    there = any(
        form[field_name(each, language)].value() for each in ("page_lead", "help") for language in form.languages
    )
    blocks = [pair("stem", "stem"), Block("desk/items/around.html", blocks=around, open=there)]
    if form.kind == "paired_ab":
        blocks += [pair("pole_A", "poles"), pair("pole_B")]
    if form.kind == "item_by_item":
        blocks.append(Block("desk/items/rows.html", parts=rows(form, theirs), at=at, hints=told["rows"]))
    blocks += [pair(name) for name in ("low_label", "high_label", "unit") if name in form.texts]
    blocks += options_block(form, theirs, at, told["options"])
    if form.kind == "open_text":
        blocks.append(
            Block(
                "desk/items/quotation.html",
                field=form["quoted"],
                words=TEXTS["quotation"],
                texts=in_languages(form, "quotation", theirs),
            )
        )
        blocks.append(pair("skip_label"))
    blocks.append(Block("desk/items/settings.html", fields=[form[name] for name in settings_in(form)]))
    return Layout(*blocks)


def in_languages(form: ItemForm, name: str, theirs: Mapping[str, str]) -> list[InLanguage]:
    names = [(language, field_name(name, language)) for language in form.languages]
    return [InLanguage(each, IN_THEMSELVES[each], form[full], theirs.get(full, "")) for each, full in names]


def options_block(form: ItemForm, theirs: Mapping[str, str], at: str, told: Sequence[Hint]) -> list[Block]:
    if isinstance(form.item.get("options"), str):
        source = form.item["options"].removeprefix("same_as:")
        labels = [in_language(option["label"]) for option in options_of(form.desk.document, form.item)]
        return [Block("desk/items/same_options.html", source=source, labels=labels, inquiry=form.desk.inquiry)]
    roles = roles_for(form.item)
    if not roles and not form.options:
        return []
    shown = options(form, theirs)
    return [
        Block(
            "desk/items/options.html",
            parts=[part for part in shown if not part.retired],
            retired=[part for part in shown if part.retired],
            roles=[(role, ROLES[role]) for role in roles],
            at=at,
            hints=told,
            fixed_order=form.kind in ORDERED and form.published,
        )
    ]


def options(form: ItemForm, theirs: Mapping[str, str]) -> list[Part]:
    past = form.desk.past.options(form.item["id"])
    fixed = form.kind in ORDERED and form.published
    offered = [option for option in form.options if not option.get("retired")]
    found = []
    for option in form.options:
        anchored = is_anchored(form.item, option)
        like = [each["code"] for each in offered if is_anchored(form.item, each) == anchored]
        place = like.index(option["code"]) if option["code"] in like else -1
        moves = place >= 0 and (anchored or not fixed)
        published = option["code"] in past
        found.append(
            Part(
                kind="option",
                code=str(option["code"]),
                texts=in_languages(form, f"label_{option['code']}", theirs),
                badges=badges(option),
                retired=bool(option.get("retired")),
                can_go_up=moves and place > 0,
                can_go_down=moves and place < len(like) - 1,
                can_retire=published and not option.get("retired"),
                can_remove=not published,
            )
        )
    return found


def badges(option: Mapping[str, Any]) -> list[str]:
    kind = option.get("kind", "answer")
    found = [str(SHORT_ROLES[kind])] if kind in SHORT_ROLES else []
    return found + [str(SHORT_ROLES[key]) for key in ("opens_text", "exclusive") if option.get(key)]


def rows(form: ItemForm, theirs: Mapping[str, str]) -> list[Part]:
    past = form.desk.past.rows(form.item["id"])
    standing = form.item.get("rows", [])
    return [
        Part(
            kind="row",
            code=row["code"],
            texts=in_languages(form, f"row_{row['code']}", theirs),
            badges=[],
            retired=False,
            can_go_up=place > 0,
            can_go_down=place < len(standing) - 1,
            can_retire=False,
            can_remove=row["code"] not in past and len(standing) > 1,
        )
        for place, row in enumerate(standing)
    ]


def settings_in(form: ItemForm) -> list[str]:
    return [
        name
        for name in ("k", "minimum", "maximum", "step", "max_chars", "own_words", "shown_if", "phase", "required")
        if name in form.fields
    ]
