"""How an inquiry begins: a template that fits any article, or a copy."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from apps.accounts.models import AuditEntry, Publication, User
from apps.inquiries.models import Inquiry, State
from apps.surveys.beginnings import LONGEST_SUBJECT, TEMPLATE, AddressTaken, begin_inquiry, from_template, named
from apps.surveys.drafts import change_draft, draft_of, publish_draft, title_of, working_document
from apps.surveys.neutrality import hints, hints_for_statement
from apps.surveys.problems import draft_problems
from apps.surveys.reading import parse
from tests.inquiries.test_content import bilingual
from tests.surveys.documents import ORDINAL, both, built_in, document
from tests.surveys.factories import make_inquiry

SUBJECT = {"ja": "駅前広場の車の通行止め", "en": "closing the station square to cars"}


def begun(**changes) -> dict:
    given_name = {"slug": "square", "title": both("Square"), "languages": ["ja", "en"], **changes}
    return named(from_template(SUBJECT), **given_name)


def test_template_is_complete_in_both_languages_and_can_be_loaded_as_it_is():
    content = json.loads(TEMPLATE.read_text(encoding="utf-8"))

    assert [path for path, text in bilingual(content) if not (text.get("ja") and text.get("en"))] == []
    assert draft_problems(content, []) == []


def test_template_asks_for_stance_feelings_reason_hope_and_worry_priorities_and_background():
    asked = parse(from_template(SUBJECT))

    assert [question.name for question in asked.questions] == [
        "stance", "stance_lean", "feelings", "why_text", "top_hope", "top_worry", "guardrails",
        "relevance", "age_band", "work", "stance_post",
    ]  # fmt: skip
    assert sum(question.id in asked.again for question in asked.questions) == 1


def test_subject_stands_in_every_language_of_every_text():
    text = json.dumps(from_template(SUBJECT), ensure_ascii=False)
    stem = parse(from_template(SUBJECT)).question("Q1").stem

    assert "{subject}" not in text
    assert stem == {
        "ja": "駅前広場の車の通行止めは、社会にとって望ましいと思いますか、望ましくないと思いますか。",
        "en": "Thinking of closing the station square to cars: is it desirable or undesirable for society?",
    }


def test_without_a_subject_the_template_speaks_of_the_article():
    assert from_template({})["title"] == {
        "ja": "この記事の話題を、どう考えますか", "en": "What do you make of the topic of this article?",
    }  # fmt: skip


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({key: st.text("あ漢a {}", max_size=most) for key, most in LONGEST_SUBJECT.items()}))
def test_any_subject_of_the_allowed_length_makes_a_questionnaire_that_can_be_published(subject):
    assert draft_problems(from_template({key: text.strip() for key, text in subject.items()}), []) == []


def test_statements_of_the_template_are_balanced():
    stances = [statement["stance"] for statement in from_template({})["statements"]]

    assert {stance: stances.count(stance) for stance in stances} == {"pro": 3, "con": 3, "bridge": 3}


def test_template_pushes_nobody():
    """The hints that authors get beside their questions have nothing to say of it."""
    made = from_template(SUBJECT)

    found = [hint for item in made["items"] for hint in hints(item, ["ja", "en"], item.get("options", []))]
    said = [
        hint
        for statement in made["statements"]
        for language in ("ja", "en")
        for hint in hints_for_statement(statement[language], language)
    ]

    assert (found, said) == ([], [])


def test_one_language_asks_in_that_one_and_keeps_the_other_for_later():
    made = begun(languages=["en"])

    assert (parse(made).languages, made["default_language"]) == (("en",), "en")
    assert made["items"][0]["stem"]["ja"]


@pytest.fixture
def author(db) -> User:
    return User.objects.create_user("author@example.com")


@pytest.fixture
def paper(db) -> Publication:
    return Publication.objects.create(slug="paper", name="Paper")


def test_inquiry_begins_as_a_draft_that_can_be_published(paper, author):
    inquiry = begin_inquiry(publication=paper, slug="square", document=begun(), by=author)

    draft = draft_of(inquiry)
    version = publish_draft(inquiry=inquiry, revision=draft.revision, by=author)
    assert (inquiry.state, inquiry.title, version.number) == (State.DRAFT, both("Square"), 1)
    assert [entry.action for entry in AuditEntry.objects.order_by("id")] == [
        "inquiry.created", "draft.begun", "survey.published",
    ]  # fmt: skip


def test_inquiry_is_called_only_what_its_author_sees(paper, author):
    """A title of the template that nobody wrote would greet readers of another language."""
    inquiry = begin_inquiry(publication=paper, slug="square", document=begun(languages=["en"]), by=author)
    names = [inquiry.title]

    for languages in (["en"], ["en", "ja"], ["ja"]):
        working = working_document(inquiry)
        draft = change_draft(
            inquiry=inquiry,
            revision=working.revision,
            document=working.document | {"languages": languages, "default_language": languages[0]},
            by=author,
        )
        names.append(Inquiry.objects.get(pk=inquiry.pk).title)
    publish_draft(inquiry=inquiry, revision=draft.revision, by=author)
    names.append(Inquiry.objects.get(pk=inquiry.pk).title)

    japanese = {"ja": both("Square")["ja"]}
    assert names == [{"en": "Square"}, {"en": "Square"}, both("Square"), japanese, japanese]


def test_a_draft_without_usable_languages_keeps_its_title():
    title = {"ja": "広場", "en": "Square"}

    found = [title_of({"title": title, "languages": each}) for each in (None, [], ["fr"], [["en"]], "en", ["en"])]

    assert found == [title] * 5 + [{"en": "Square"}]


def test_copy_takes_over_protection_and_sites(paper, author):
    old = make_inquiry(
        privacy_profile="strict", results_shown="after_close", allowed_origins=["https://a.example"], state="archived"
    )
    copied = named(built_in(), slug="again", title=both("Again"), languages=["ja", "en"])

    new = Inquiry.objects.get(
        pk=begin_inquiry(publication=paper, slug="again", document=copied, by=author, like=old).pk
    )

    assert (new.privacy_profile, new.results_shown, new.allowed_origins, new.state) == (
        "strict", "after_close", ["https://a.example"], "draft",
    )  # fmt: skip
    assert draft_of(new).document["items"] == built_in()["items"]


def test_address_that_is_taken_makes_nothing(paper, author):
    make_inquiry("square")

    with pytest.raises(AddressTaken):
        begin_inquiry(publication=paper, slug="square", document=begun(), by=author)

    assert (Inquiry.objects.count(), AuditEntry.objects.count()) == (1, 0)


def test_copy_is_independent_of_what_it_was_copied_from():
    source = document(ORDINAL)
    made = named(source, slug="new", title=both("New"), languages=["ja", "en"])

    made["items"][0]["stem"]["ja"] = "別"

    assert source["items"][0]["stem"] == both("How good")
