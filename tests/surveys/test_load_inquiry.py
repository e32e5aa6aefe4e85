"""`load_inquiry`: idempotent, and every fault a sentence."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.inquiries.models import Inquiry, State
from apps.surveys.models import SurveyVersion
from tests.surveys.documents import BUILT_IN, ORDINAL, both, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path: Path):
    def load(content: Any) -> str:
        path = tmp_path / "inquiry.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        said = StringIO()
        call_command("load_inquiry", str(path), stdout=said)
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
    Inquiry.objects.update(state=State.CLOSED)

    load(document(ORDINAL, title=both("two")))

    assert Inquiry.objects.get().state == State.CLOSED


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
