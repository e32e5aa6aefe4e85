"""`load_inquiry`: idempotent, and every fault a sentence."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Publication, User
from apps.inquiries.actions import archive_inquiry, close_inquiry, delete_inquiry
from apps.inquiries.models import Inquiry, State
from apps.surveys.actions import publish_version
from apps.surveys.beginnings import begin_inquiry
from apps.surveys.drafts import begin_draft, change_draft, discard_draft, publish_draft, working_document
from apps.surveys.models import SurveyDraft, SurveyVersion
from tests.surveys.documents import BUILT_IN, ORDINAL, both, built_in, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path: Path):
    def load(content: Any, **options: Any) -> str:
        path = tmp_path / "inquiry.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        said = StringIO()
        call_command("load_inquiry", str(path), stdout=said, stderr=said, **options)
        return said.getvalue()

    return load


def refusal(load, content: Any) -> tuple[str, int]:
    with pytest.raises(CommandError) as refused:
        load(content)
    return str(refused.value).partition("inquiry.json ")[2], refused.value.returncode


def test_built_in_inquiry_is_loaded_and_open():
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)

    inquiry = Inquiry.objects.get()
    assert (inquiry.slug, inquiry.state, inquiry.publication.name) == ("one-founder-ai", State.OPEN, "問いかけ")
    assert set(inquiry.title) == set(inquiry.article.introduction) == {"ja", "en"}
    assert inquiry.versions.count() == 1


def test_loading_the_same_again_changes_nothing(load):
    first, again = load(document(ORDINAL)), load(document(ORDINAL))

    assert first == "small: version 1 published, the inquiry is open.\n"
    assert again == "small: nothing to do, this document is loaded already.\n"
    assert SurveyVersion.objects.count() == 1


def test_changed_document_becomes_a_version_and_says_what_it_does(load):
    load(document(ORDINAL))

    said = load(document(ORDINAL | {"stem": both("How good is it")}, title=both("Other")))

    assert said == (
        "small: version 2 published.\n"
        "  The title is worded differently.\n"
        "  Q1 is worded differently; counts go on by code.\n"
    )
    assert Inquiry.objects.get().title == both("Other")


def test_document_may_go_there_and_back(load):
    for title in ("one", "two", "one"):
        load(document(ORDINAL, title=both(title)))

    assert SurveyVersion.objects.count() == 3


def test_closed_inquiry_stays_closed(load):
    load(document(ORDINAL))
    close_inquiry(inquiry=Inquiry.objects.get())

    load(document(ORDINAL, title=both("two")))

    assert Inquiry.objects.get().state == State.CLOSED


def titled(title: str) -> dict[str, Any]:
    return document(ORDINAL, title=both(title))


def desk_drafts(title: str) -> SurveyDraft:
    inquiry = Inquiry.objects.get()
    revision = begin_draft(inquiry=inquiry, document=working_document(inquiry).document, by=None).revision
    return change_draft(inquiry=inquiry, revision=revision, document=titled(title), by=None)


def desk_publishes(title: str) -> None:
    draft = desk_drafts(title)
    publish_draft(inquiry=draft.inquiry, revision=draft.revision, by=None)


def kept(why: str) -> str:
    return f"small: nothing was loaded, {why}. --replace publishes the document all the same.\n"


def state() -> tuple[Any, ...]:
    """What readers and editors see of the one inquiry there is."""
    inquiry = Inquiry.objects.get()
    versions = [version.definition["title"]["en"] for version in inquiry.versions.order_by("number")]
    drafts = [draft.document["title"]["en"] for draft in SurveyDraft.objects.all()]
    return inquiry.state, inquiry.title["en"], versions, drafts


def test_another_document_is_not_loaded_over_a_version_of_the_desk(load):
    load(titled("shipped"))
    desk_publishes("ours")

    assert load(titled("shipped later")) == kept("the desk has published a version of its own since")
    assert state() == ("open", "ours", ["shipped", "ours"], [])


def test_another_document_is_not_loaded_over_a_draft(load):
    load(titled("shipped"))
    desk_drafts("half")

    assert load(titled("shipped later")) == kept("the desk has a draft of the next version")
    assert state() == ("open", "shipped", ["shipped"], ["half"])


def test_a_draft_that_was_discarded_is_in_nobodys_way(load):
    load(titled("shipped"))
    draft = desk_drafts("half")
    discard_draft(inquiry=draft.inquiry, revision=draft.revision, by=None)

    load(titled("shipped later"))

    assert state() == ("open", "shipped later", ["shipped", "shipped later"], [])


def test_a_desk_that_went_back_to_what_was_loaded_has_changed_nothing(load):
    load(titled("shipped"))
    desk_publishes("ours")
    desk_publishes("shipped")

    load(titled("shipped later"))

    assert state() == ("open", "shipped later", ["shipped", "ours", "shipped", "shipped later"], [])


def test_the_same_document_changes_nothing_whatever_the_desk_did(load):
    load(titled("shipped"))
    desk_publishes("ours")
    desk_drafts("half")

    assert load(titled("shipped")) == "small: nothing to do, this document is loaded already.\n"
    assert load(titled("ours"), replace=True) == "small: nothing to do, this document is loaded already.\n"
    assert state() == ("open", "ours", ["shipped", "ours"], ["half"])


def test_whoever_replaces_publishes_it_and_loses_no_version_and_no_draft(load):
    load(titled("shipped"))
    desk_publishes("ours")
    desk_drafts("half")

    said = load(titled("shipped"), replace=True)

    assert said == "small: version 3 published.\n  The title is worded differently.\n"
    assert state() == ("open", "shipped", ["shipped", "ours", "shipped"], ["half"])


def test_after_a_replacement_documents_are_loaded_as_before(load):
    load(titled("shipped"))
    desk_publishes("ours")
    load(titled("shipped later"), replace=True)

    load(titled("shipped at last"))

    assert state()[2] == ["shipped", "ours", "shipped later", "shipped at last"]


def test_an_archived_inquiry_is_left_alone_and_stays_archived_when_replaced(load):
    load(titled("shipped"))
    archive_inquiry(inquiry=Inquiry.objects.get())

    assert load(titled("shipped later")) == kept("this inquiry was taken off the site")
    assert state() == ("archived", "shipped", ["shipped"], [])
    load(titled("shipped later"), replace=True)
    assert state() == ("archived", "shipped later", ["shipped", "shipped later"], [])


def desk_begins(title: str) -> Inquiry:
    paper, author = Publication.objects.create(slug="paper"), User.objects.create_user("author@paper.example")
    return begin_inquiry(publication=paper, slug="small", document=titled(title), by=author)


def test_an_inquiry_that_was_made_on_the_desk_is_not_taken_over(load):
    desk_begins("ours")

    assert load(titled("another")) == kept("this inquiry was not made by load_inquiry")
    assert state() == ("draft", "ours", [], ["ours"])


def test_one_that_was_deleted_on_the_desk_gives_its_address_back(load):
    delete_inquiry(inquiry=desk_begins("ours"))

    assert load(titled("another")) == "small: version 1 published, the inquiry is open.\n"
    assert state() == ("open", "another", ["another"], [])


def test_a_start_of_the_site_goes_on_with_what_the_desk_wrote_and_says_so(capsys):
    """As `serve` calls it: quietly, unless what ships was not loaded."""
    shipped = built_in()
    call_command("load_inquiry", str(BUILT_IN), verbosity=0)
    inquiry = Inquiry.objects.get()
    publish_version(inquiry=inquiry, document=shipped | {"title": both("ours")})
    Inquiry.objects.update(content_sha256="0" * 64)  # as an earlier release had loaded it
    assert capsys.readouterr() == ("", "")

    call_command("load_inquiry", str(BUILT_IN), verbosity=0)

    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "one-founder-ai: nothing was loaded, the desk has published a version of its own since." in said.err
    assert inquiry.versions.count() == 2


KEPT = "cannot be loaded:\n  note: This text contains characters that cannot be kept."
TITLE = 'cannot be loaded:\n  title: A text in each language is expected: {"ja": "…", "en": "…"}.'
SLUG = "needs a slug: up to 80 ASCII letters, digits, hyphens and underscores, as a text."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is not JSON: line 1, column 1: Expecting value."),
        ('{"slug": ', "is not JSON: line 1, column 10: Expecting value."),
        ("[]", SLUG),
        ('"small"', SLUG),
        ("null", SLUG),
        (document(ORDINAL, slug=123), SLUG),
        (document(ORDINAL, slug=None), SLUG),
        (document(ORDINAL, slug=["small"]), SLUG),
        (document(ORDINAL, slug=""), SLUG),
        (document(ORDINAL, slug="a" * 200), SLUG),
        (document(ORDINAL, slug="a b"), SLUG),
        (document(ORDINAL, slug="問い"), SLUG),
        (document(ORDINAL, slug="small\n"), SLUG),
        ('{"slug": "a", "slug": "b"}', "cannot be loaded: the key “slug” stands twice in an object."),
        (document(ORDINAL) | {"title": []}, TITLE),
        (document(ORDINAL) | {"note": "\x00"}, KEPT),
        (document(ORDINAL) | {"note": "\ud800"}, KEPT),
        (document(ORDINAL) | {"note": float("nan")}, "cannot be loaded:\n  note: This is no finite number."),
    ],
    ids=lambda each: str(each)[-30:],
)  # fmt: skip
def test_faulty_file_is_refused_with_a_sentence(load, content, sentence):
    assert refusal(load, content) == (sentence, 1)
    assert not Inquiry.objects.exists()


def test_number_of_thousands_of_digits_is_a_sentence(load):
    sentence, code = refusal(load, '{"slug": "a", "n": ' + "9" * 5000 + "}")

    assert sentence.startswith("cannot be loaded: ")
    assert code == 1


def test_endless_nesting_is_a_sentence(load):
    sentence, code = refusal(load, "[" * 100_000)

    assert sentence.startswith("cannot be loaded: ")
    assert code == 1


def test_file_that_cannot_be_read_ends_with_2(load, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file") as missing:
        call_command("load_inquiry", str(tmp_path / "nothing.json"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory") as folder:
        call_command("load_inquiry", str(tmp_path))

    assert [missing.value.returncode, folder.value.returncode] == [2, 2]
    assert refusal(load, b"\xff\xfe") == ("is not UTF-8 text.", 2)


def test_document_that_does_not_fit_is_refused_and_changes_nothing(load):
    load(document(ORDINAL))
    removed = ORDINAL | {"options": ORDINAL["options"][1:]}

    assert refusal(load, document(removed, title=both("two"))) == (
        "does not fit the answers already given:\n"
        "  Q1 loses option 1; retire it instead, so that its answers still count.",
        1,
    )
    assert Inquiry.objects.get().title == both("Small")
