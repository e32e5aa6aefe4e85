"""Questions on the desk: each button saves what was typed, nothing typed is lost, nothing published changes."""

import re

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import Role
from apps.desk.items.keeping import mark_of, shown_of
from apps.desk.items.preview import with_blanks_marked
from apps.inquiries.models import Inquiry
from apps.surveys.actions import publish_version
from apps.surveys.changes import difference
from apps.surveys.drafts import draft_of, publish_draft
from apps.surveys.editing.finding import asked_in_order, item_called
from apps.surveys.queries import published_definitions
from apps.surveys.reading import parse
from apps.surveys.rules import compatibility
from tests.accounts.cast import member
from tests.desk.items import ITEMS, document, english, fields, press
from tests.surveys.documents import built_in, every_kind_document

pytestmark = pytest.mark.django_db

EVERY = [item["id"] for item in every_kind_document()["items"]]


@pytest.fixture
def author():
    return member(Role.AUTHOR, named="hana")


@pytest.fixture
def desk(author) -> Client:
    return english(author)


@pytest.fixture
def every_kind(inquiry) -> Inquiry:
    made = Inquiry.objects.create(publication=inquiry.publication, slug="kinds", title={"ja": "種類", "en": "Kinds"})
    publish_version(inquiry=made, document=every_kind_document())
    return made


@pytest.mark.parametrize("name", EVERY)
def test_question_of_every_kind_can_be_opened_and_saved_without_changing_it(desk, every_kind, name):
    before = item_called(document(every_kind), name)
    place = f"/desk/inquiries/kinds/items/{name}/"

    response = desk.post(place, {**fields(desk.get(place)), "do": "save"})

    assert (response.status_code, response.url) == (302, f"{place}?at=save")
    after = item_called(document(every_kind), name)
    said = {"required": before.get("required", "no"), "phase": before.get("phase", "pre")}
    assert after == {**before, **said, **({"minimum": 0, "maximum": 10} if name == "Q7" else {})}


@pytest.mark.parametrize("name", [item["id"] for item in [*built_in()["items"], *built_in()["post_items"]]])
def test_saving_a_question_of_the_built_in_inquiry_changes_nothing_that_a_reader_sees(desk, inquiry, name):
    press(desk, name)

    assert difference(parse(built_in()), parse(document(inquiry))) == []


def test_words_are_kept_in_the_draft_and_readers_see_them_once_published(desk, inquiry, author):
    press(desk, "Q1", stem_ja="どう思いますか。", stem_en="What do you think?", help_ja="補足", help_en="More")

    item = item_called(document(inquiry), "Q1")
    assert item["stem"] == {"ja": "どう思いますか。", "en": "What do you think?"}
    assert item["help"] == {"ja": "補足", "en": "More"}
    draft = draft_of(inquiry)
    assert draft.changed_by == author
    assert (
        publish_draft(inquiry=inquiry, revision=draft.revision, by=author).definition["items"][0]["stem"]["en"]
        == "What do you think?"
    )


def test_buttons_of_options_save_what_was_typed_first(desk, inquiry):
    response = press(desk, "Q6", "add:answer", label_1_ja="ひとりで決める")

    item = item_called(document(inquiry), "Q6")
    assert item["options"][0]["label"]["ja"] == "ひとりで決める"
    assert [option["code"] for option in item["options"]] == [1, 2, 3, 6, 4, 5, 98]
    assert response.url.endswith("?at=id_label_6_ja")
    page = desk.get(response.url).content.decode()
    assert re.findall("<[^>]*autofocus[^>]*>", page) == re.findall('<[^>]*id="id_label_6_ja"[^>]*>', page)


@pytest.mark.parametrize(
    ("do", "codes", "retired", "at"),
    [
        ("down:option:1", [2, 1, 3, 4, 5, 98], [], "down-option-1"),
        ("up:option:5", [1, 2, 3, 5, 4, 98], [], "up-option-5"),
        ("retire:option:2", [1, 2, 3, 4, 5, 98], [2], "offer-option-2"),
        ("add:prefer_not", [1, 2, 3, 4, 5, 98, 99], [], "id_label_99_ja"),
        ("add:own_words", [1, 2, 3, 4, 5, 6, 98], [], "id_label_6_ja"),
    ],
)
def test_options_move_retire_and_come(desk, inquiry, do, codes, retired, at):
    response = press(desk, "Q6", do)

    options = item_called(document(inquiry), "Q6")["options"]
    assert [option["code"] for option in options] == codes
    assert [option["code"] for option in options if option.get("retired")] == retired
    assert response.url == f"{ITEMS}Q6/?at={at}"


def test_retired_option_comes_back(desk, inquiry):
    press(desk, "Q6", "retire:option:2")
    press(desk, "Q6", "offer:option:2")

    assert item_called(document(inquiry), "Q6") == {**item_called(built_in(), "Q6"), "phase": "pre"}


@pytest.mark.parametrize(
    ("name", "do", "sentence"),
    [
        ("Q6", "remove:option:1", "Option 1 was published and may have answers; retire it instead."),
        ("Q6", "remove:option:77", "There is no option 77 any more."),
        ("Q1", "up:option:4", "The steps of a published scale keep their order: answers rest on it."),
        ("Q1", "retire:option:3", "Q1L is asked of those who choose this option; change that one first."),
        ("Q2", "remove:row:a", "Row a was published and may have answers; it has to stay."),
        ("Q3", "add:row", "A question of this kind has no rows."),
        ("Q1", "take:question:Q1", "Q1 cannot go while others rest on it: Q1L, P1."),
    ],
)
def test_what_would_harm_is_refused_in_place_and_what_was_typed_stays(desk, inquiry, name, do, sentence):
    response = press(desk, name, do, stem_en="Typed just now")

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Typed just now" in page
    assert document(inquiry) == built_in()


@pytest.mark.parametrize(
    "do", ["", "fly", "up:option:x", "up:screen:Q1", "add:nothing", "write::S01", "x" * 999, "remove:option:-1"]
)
def test_button_that_is_not_ours_saves_and_does_nothing_else(desk, inquiry, do):
    response = press(desk, "Q6", do, stem_en="Typed")

    assert response.status_code in {302, 422}
    assert [option["code"] for option in item_called(document(inquiry), "Q6")["options"]] == [1, 2, 3, 4, 5, 98]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"stem_ja": "長" * 10_000}, "stem_ja", "Please shorten the text to 2000 characters; it has 10000."),
        ({"label_1_en": "x" * 301}, "label_1_en", "Please shorten the text to 300 characters; it has 301."),
        (
            {"label_1_en": "Executives decide, supervised by a board"},
            "label_2_en",
            "Another one says the same already.",
        ),
        ({"shown_if": "Q9:1"}, "shown_if", "Select a valid choice. Q9:1 is not one of the available choices."),
        ({"phase": "nowhere"}, "phase", "Select a valid choice. nowhere is not one of the available choices."),
    ],
)
def test_faulty_field_is_named_and_everything_typed_stays(desk, inquiry, typed, field, sentence):
    response = press(desk, "Q6", "down:option:1", help_en="Also typed", **typed)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert "Also typed" in response.content.decode()
    assert document(inquiry) == built_in()


def test_text_in_one_language_only_is_kept_and_marked(desk, inquiry):
    press(desk, "Q1", stem_en="")

    assert item_called(document(inquiry), "Q1")["stem"]["en"] == ""
    assert "English is incomplete" in desk.get(ITEMS).content.decode()
    assert "not written yet" in desk.get(ITEMS).content.decode()


def test_invisible_signs_and_markup_do_no_harm(desk, inquiry):
    press(desk, "Q1", stem_en="<script>alert(1)</script>\u202e\u200b", stem_ja="<b>太字</b>")

    assert item_called(document(inquiry), "Q1")["stem"] == {"en": "<script>alert(1)</script>", "ja": "<b>太字</b>"}
    for place in (ITEMS, f"{ITEMS}Q1/", "/desk/inquiries/bridge/preview/screen/?language=en"):
        assert "<script>alert" not in desk.get(place).content.decode()


def test_other_questions_may_be_changed_at_the_same_time(desk, inquiry):
    colleague = english(member(Role.OWNER, named="taro"))
    mine = desk.get(f"{ITEMS}Q1/")
    press(colleague, "Q4", stem_en="Theirs")

    response = desk.post(f"{ITEMS}Q1/", {**fields(mine), "stem_en": "Mine", "do": "save"})

    assert response.status_code == 302
    assert [item_called(document(inquiry), name)["stem"]["en"] for name in ("Q1", "Q4")] == ["Mine", "Theirs"]


def test_same_question_changed_by_two_loses_neither_words(desk, inquiry):
    colleague = english(member(Role.OWNER, named="taro"))
    mine = desk.get(f"{ITEMS}Q1/")
    press(colleague, "Q1", stem_en="Theirs")

    response = desk.post(f"{ITEMS}Q1/", {**fields(mine), "stem_en": "Mine", "do": "save"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Taro changed this question meanwhile." in page
    assert "Mine" in page
    assert "Theirs" in page
    assert item_called(document(inquiry), "Q1")["stem"]["en"] == "Theirs"
    again = desk.post(f"{ITEMS}Q1/", {**fields(response), "do": "save"})
    assert again.status_code == 302
    assert item_called(document(inquiry), "Q1")["stem"]["en"] == "Mine"


def test_button_pressed_twice_adds_once(desk, inquiry):
    sent = {**fields(desk.get(f"{ITEMS}Q6/")), "do": "add:answer"}
    desk.post(f"{ITEMS}Q6/", sent)
    second = desk.post(f"{ITEMS}Q6/", sent)

    assert second.status_code == 409
    assert len(item_called(document(inquiry), "Q6")["options"]) == 7


def test_words_for_a_question_that_is_gone_are_shown_to_be_copied(desk, inquiry):
    desk.post(f"{ITEMS}new/", {"kind": "open_text"})
    mine = desk.get(f"{ITEMS}Q10/")
    press(desk, "Q10", "take:question:Q10")

    response = desk.post(f"{ITEMS}Q10/", {**fields(mine), "stem_en": "Typed for nothing", "do": "save"})

    assert response.status_code == 409
    assert "Typed for nothing" in response.content.decode()
    assert desk.get(f"{ITEMS}Q10/").status_code == 404


@pytest.mark.parametrize("name", ["Q77", "x", "%3Cb%3E", "Q1%00", "日本"])
def test_foreign_ids_are_not_found(desk, inquiry, name):
    assert desk.get(f"{ITEMS}{name}/").status_code in {400, 404}


def test_htmx_gets_the_part_alone_with_the_focus_where_it_belongs(desk, inquiry):
    page = desk.get(f"{ITEMS}Q6/")
    response = desk.post(f"{ITEMS}Q6/", {**fields(page), "do": "down:option:1"}, headers={"hx-request": "true"})

    html = response.content.decode()
    assert response.status_code == 200
    assert html.lstrip().startswith('<div id="item">')
    assert re.search(r'id="down-option-1" autofocus', html)
    assert "Saved in the draft." in html


def test_removed_question_leads_back_to_the_list_also_for_htmx(desk, inquiry):
    sent = {"do": "take:question:Q4"}
    response = desk.post(f"{ITEMS}Q4/", sent, headers={"hx-request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (200, ITEMS)
    assert "Q4" not in asked_in_order(document(inquiry))
    assert desk.post(f"{ITEMS}Q5/", {"do": "take:question:Q5"}).url == ITEMS


def test_hints_stand_beside_what_they_are_about_and_block_nothing(desk, inquiry):
    response = press(desk, "Q1", stem_ja="やはり望ましいですか。", stem_en="Surely it is desirable?")

    assert response.status_code == 302
    html = desk.get(f"{ITEMS}Q1/").content.decode()
    assert "A word that leads" in html
    assert "Only one side is named" in html
    assert "やはり" in html


WORDS = st.text(max_size=40) | st.sampled_from(["x" * 3000, "\x00", "1e400", "-1", "٣", "NaN", "Q1:3", "<b>", "\ud7ff"])
FIELDS = st.sampled_from([
    "stem_ja", "label_1_en", "label_2_en", "row_a_ja", "shown_if", "phase", "required", "quoted", "quotation_en", "k",
    "minimum", "maximum", "step", "max_chars", "own_words", "pole_A_ja", "seen", "kind", "words_ja", "stance",
])  # fmt: skip
BUTTONS = st.sampled_from([
    "save", "add:answer", "add:row", "up:option:2", "retire:option:1", "remove:option:98", "take:question:Q3", "add",
    "write::S01", "take::S02", "down:screen:Q2", "split:screen:Q8", "remove:row:a",
])  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(
        ["items/", "items/new/", "seeds/", "preview/screen/?step=3", *(f"items/{each}/" for each in EVERY)]
    ),
    typed=st.dictionaries(FIELDS, WORDS, max_size=6),
    do=BUTTONS | WORDS,
    seen=st.booleans(),
)
def test_anything_sent_is_kept_or_refused_in_place(desk, every_kind, place, typed, do, seen):
    name = place.split("/")[1]
    item = next((each for each in document(every_kind)["items"] if each["id"] == name), None)
    mark = {"seen": mark_of(shown_of(item))} if seen and item else {}
    with transaction.atomic():
        response = desk.post(f"/desk/inquiries/kinds/{place}", {**typed, **mark, "do": do})
        drafted = parse(with_blanks_marked(document(every_kind)))
        followed = [compatibility(each, drafted) for each in published_definitions(every_kind.pk)]
        transaction.set_rollback(True)

    assert response.status_code in {200, 302, 404, 409, 422}
    assert followed == [[]]


def test_draft_that_grows_too_large_is_refused_in_place(desk, inquiry, monkeypatch):
    monkeypatch.setattr("apps.surveys.drafts.LARGEST_DRAFT", 30_000)

    response = press(desk, "Q1", stem_en="x" * 2000)

    assert response.status_code == 422
    assert "The whole questionnaire is longer than 30000 characters." in response.content.decode()


def test_inquiry_without_questions_has_nothing_to_edit(desk, inquiry):
    Inquiry.objects.create(publication=inquiry.publication, slug="elsewhere", title={"ja": "外から"})

    for place in ("items/", "items/new/", "items/Q1/", "seeds/", "preview/", "preview/screen/"):
        assert desk.get(f"/desk/inquiries/elsewhere/{place}").status_code == 404
