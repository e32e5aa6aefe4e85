"""The form of a screen: gives the same answers as the API, shows faults where they are, keeps what was typed."""

import re
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.surveys.definition import Definition
from apps.surveys.forms import ScreenForm, screen_html
from apps.surveys.kinds import kind_of
from apps.surveys.models import SurveyVersion
from apps.surveys.orders import draw_coins
from apps.surveys.queries import Instrument
from apps.surveys.reading import parse
from apps.surveys.schema import check_answers, merge_answers
from tests.surveys.documents import (
    FOLLOW_UP,
    NOMINAL,
    ORDINAL,
    SCALE,
    both,
    document,
    every_kind,
    every_kind_document,
)
from tests.surveys.strategies import answers

DEFINITION = every_kind()
COINS = draw_coins(DEFINITION, b"a reader")


def sent(fields: dict[str, Any]) -> QueryDict:
    """As a browser sends it: texts, lists as repeated names."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return data


def form_of(screen: int, *, definition: Definition = DEFINITION, answers: Any = None, **fields: Any) -> ScreenForm:
    return ScreenForm(definition, screen, COINS, "en", answers=answers, data=sent(fields) if fields else None)


def html_of(form: ScreenForm) -> str:
    return render_crispy_form(form, helper=form.helper)


def tag_of(html: str, pattern: str) -> str:
    return next(tag for tag in re.findall(r"<[^>]*>", html) if re.search(pattern, tag))


def fields_for(definition: Definition, given_answers: dict[str, Any]) -> dict[str, Any]:
    """What a reader would have to fill in for these answers."""
    found: dict[str, Any] = {}
    for name, answer in given_answers.items():
        asked = definition.question(name)
        if not kind_of(asked).is_blank(answer):
            found |= kind_of(asked).initial(asked, answer)
    return found


@settings(max_examples=50, deadline=None)
@given(answers(DEFINITION), st.booleans())
def test_form_and_api_keep_the_same_answers(given_answers, quotable):
    """Every screen sent as a form, against the same answers sent as JSON; a form also says what was left blank."""
    by_api = merge_answers(
        DEFINITION, {}, check_answers(DEFINITION, dict.fromkeys(DEFINITION.by_id) | given_answers | {"Q8c": quotable})
    )

    by_form: dict[str, Any] = {}
    fields = fields_for(DEFINITION, given_answers) | ({"Q8c": "true"} if quotable else {})
    for screen in range(1, len(DEFINITION.screens) + 1):
        form = ScreenForm(DEFINITION, screen, COINS, "ja", data=sent(fields))
        assert form.is_valid(), form.errors
        by_form = merge_answers(DEFINITION, by_form, form.answers)

    assert by_form == by_api


FIELD_NAMES = sorted({name for asked in DEFINITION.questions for name in kind_of(asked).fields(asked)})
TYPED = st.sampled_from(
    ["", "1", "2", "7", "98", "x", "97", "²", "１", "-1", "1.5", "2024-01-01", "海", "\x00", "\u200b"]
) | st.text(max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELD_NAMES), st.lists(TYPED, min_size=1, max_size=3), max_size=12))
def test_whatever_is_typed_is_kept_as_the_api_would_or_marked(fields):
    for screen in range(1, len(DEFINITION.screens) + 1):
        data = QueryDict(mutable=True)
        for name, values in fields.items():
            data.setlist(name, values)
        form = ScreenForm(DEFINITION, screen, COINS, "ja", data=data)

        valid = form.is_valid()

        said = {name: answer for name, answer in form.answers.items() if answer is not None}
        assert check_answers(DEFINITION, said) == said
        assert valid != ('class="error"' in html_of(form))


def test_what_was_typed_comes_back_with_the_fault_and_the_field_marked():
    form = form_of(8, Q8="長" * 31, Q8c="true")

    assert not form.is_valid()
    assert form.errors == {"Q8": ["Please shorten the text to 30 characters; it has 31."]}
    html = html_of(form)
    area = tag_of(html, "<textarea")
    assert 'aria-invalid="true"' in area
    assert 'aria-labelledby="Q8-stem"' in area
    assert 'aria-describedby="Q8-help Q8-error"' in area
    assert '<p class="error" id="Q8-error">Please shorten the text to 30 characters; it has 31.</p>' in html
    assert f"\n{'長' * 31}</textarea>" in html
    assert "checked" in tag_of(html, 'name="Q8c"')


@pytest.mark.parametrize(
    ("screen", "fields", "marked"),
    [
        (3, {"Q3": "1", "Q3-text": "海"}, 'name="Q3-text"'),
        (5, {"Q5-1": "2", "Q5-2": "2"}, '<select id="Q5-2"'),
        (5, {"Q5-1": "9"}, '<select id="Q5-1"'),
        (6, {"Q6": ["1", "9"]}, '<input type="checkbox" name="Q6" value="1"'),
        (9, {"Q9": "1,5"}, 'name="Q9"'),
        (10, {"Q10": "2019-01-01"}, 'name="Q10"'),
    ],
)
def test_field_at_fault_is_marked_for_those_who_do_not_see(screen, fields, marked):
    form = form_of(screen, **fields)

    assert not form.is_valid()
    assert 'aria-invalid="true"' in tag_of(html_of(form), marked)


@pytest.mark.parametrize("screen", range(1, 11))
def test_blank_screen_marks_nothing_and_names_every_field(screen):
    html = html_of(form_of(screen))

    assert "aria-invalid" not in html
    assert 'class="error"' not in html
    for tag in re.findall(r"<(?:textarea|select|input type=\"(?:text|date)\")[^>]*>", html):
        name = re.search(r'id="([\w-]+)"', tag)[1]
        named = re.search(r'aria-labelledby="([\w-]+)"', tag)
        assert f'id="{named[1]}"' in html if named else f'<label for="{name}">' in html


def test_words_beside_another_choice_are_a_fault_and_stay():
    form = form_of(3, **{"Q3": "1", "Q3-text": "海の底"})

    assert form.errors == {
        "Q3-text": ["Words of your own belong to the option that asks for them. Choose that one, or remove the words."]
    }
    assert form.answers == {}
    assert 'value="海の底"' in tag_of(html_of(form), 'name="Q3-text"')


def test_stored_answers_are_shown():
    kept = {
        "Q1": 2, "Q1L": 1, "Q2": 4, "Q3": {"code": 7, "text": "海"}, "Q4": {"a": 3}, "Q5": [4, 1], "Q6": [1, 3],
        "Q7": 0, "Q8": "なぜ", "Q8c": True, "Q9": 97, "Q10": "2024-02-29",
    }  # fmt: skip
    html = "".join(html_of(form_of(screen, answers=kept)) for screen in range(1, 11))

    checked = re.findall(r'name="([\w-]+)" value="(\w+)"(?: data-exclusive)? checked', html)
    assert sorted(checked) == [
        ("Q1", "2"), ("Q1L", "1"), ("Q2", "4"), ("Q3", "7"), ("Q4-a", "3"), ("Q6", "1"), ("Q6", "3"), ("Q7", "0"),
        ("Q8c", "true"),
    ]  # fmt: skip
    places = {
        name: re.search(r'value="(\d)" selected', inside)
        for name, inside in re.findall(r'<select id="([\w-]+)"[^>]*>(.*?)</select>', html, re.DOTALL)
    }
    assert {name: found and found[1] for name, found in places.items()} == {
        "Q5-1": "2", "Q5-2": None, "Q5-3": None, "Q5-4": "1",
    }  # fmt: skip
    typed = [re.search(r'value="([^"]*)"', tag_of(html, f'name="{name}"')) for name in ("Q3-text", "Q9", "Q10")]
    assert [found and found[1] for found in typed] == ["海", "97", "2024-02-29"]
    assert "\nなぜ</textarea>" in html


def test_follow_up_is_hidden_until_its_answer_stands():
    assert " hidden" in tag_of(html_of(form_of(1)), 'id="Q1L"')
    assert " hidden" not in tag_of(html_of(form_of(1, answers={"Q1": 2})), 'id="Q1L"')
    assert " hidden" not in tag_of(html_of(form_of(1, Q1="2")), 'id="Q1L"')
    assert form_of(1, Q1="2").follow_ups == ["Q1L"]


def test_follow_up_of_another_screen_rests_on_the_earlier_answer():
    definition = parse(document(NOMINAL, FOLLOW_UP | {"shown_if": {"item": "Q3", "equals": 7}}))

    form = ScreenForm(definition, 2, {}, "en", answers={"Q3": {"code": 7, "text": "海"}}, data=sent({"Q1L": "1"}))

    assert form.is_valid()
    assert form.answers == {"Q1L": 1}


def test_follow_up_that_does_not_apply_is_not_answered():
    form = form_of(1, Q1="3", Q1L="1")

    assert form.is_valid()
    assert form.answers == {"Q1": 3}


def test_only_questions_with_a_prompt_that_were_left_blank_are_unanswered():
    blank = ScreenForm(DEFINITION, 1, COINS, "en", data=QueryDict())
    half = form_of(4, **{"Q4-a": "1"})

    assert (blank.is_valid(), blank.unanswered) == (True, ["Q1"])
    assert (half.is_valid(), half.unanswered) == (True, ["Q4"])


def test_option_retired_since_is_shown_checked_to_who_chose_it_and_to_nobody_else():
    changed = [option | {"retired": True} if option["code"] == 2 else option for option in NOMINAL["options"]]
    definition = parse(document(NOMINAL | {"options": changed}))

    own = ScreenForm(definition, 1, {}, "en", answers={"Q3": 2})
    again = ScreenForm(definition, 1, {}, "en", answers={"Q3": 2}, data=sent({"Q3": "2"}))
    other = ScreenForm(definition, 1, {}, "en", answers={"Q3": 1}, data=sent({"Q3": "2"}))

    assert "checked" in tag_of(html_of(own), 'name="Q3" value="2"')
    assert (again.is_valid(), again.answers) == (True, {"Q3": 2})
    assert other.errors == {"Q3": ["This is not one of the options."]}
    assert 'value="2"' not in html_of(other)


def test_texts_of_authors_are_never_markup():
    definition = parse(document(ORDINAL | {"stem": both("<b>bold</b> {{ 7 }}"), "help": both("<script>")}))

    html = html_of(ScreenForm(definition, 1, {}, "en"))

    assert "&lt;b&gt;bold&lt;/b&gt; {{ 7 }}" in html
    assert "<script>" not in html


def test_lead_that_questions_of_a_screen_share_is_said_once():
    lead = {"page_lead": both("Now two more")}
    definition = parse(document(ORDINAL | lead, SCALE | lead, pages=[["Q1", "Q7"]]))

    html = html_of(ScreenForm(definition, 1, {}, "en"))

    assert html.count("Now two more") == 1
    assert (html.count("<h1>"), html.count("<h2>")) == (1, 1)


@pytest.mark.django_db
def test_kept_screen_equals_the_form_drawn_anew(built_in_version: SurveyVersion):
    """Drawn once per version, language and order: whatever the coins, it is what this reader's own form would show."""
    definition = parse(built_in_version.definition)
    used = Instrument(built_in_version.pk, 1, built_in_version.sha256, definition)

    for seed in (b"one", b"two", b"three"):
        coins = draw_coins(definition, seed)
        for screen in range(1, len(definition.screens) + 1):
            kept = screen_html(used, screen, coins, "en")
            fresh = html_of(ScreenForm(definition, screen, coins, "en"))
            assert "".join(kept.split()) == "".join(fresh.split())


def test_every_kind_document_has_one_screen_for_each_question_but_the_follow_up():
    assert len(parse(every_kind_document()).screens) == 10
