import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from apps.common.templatetags.toikake import in_language


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ({"ja": "問い", "en": "Question"}, "en", "Question"),
        ({"ja": "問い", "en": "Question"}, "ja", "問い"),
        ({"ja": "問い"}, "en", "問い"),
        ({"fr": "Question fr"}, "en", "Question fr"),
        ("plain", "en", "plain"),
        ({}, "en", ""),
        (None, "en", ""),
        ({"ja": "שלום?"}, "ja", "\u2068שלום?\u2069"),
    ],
)
def test_in_language_takes_the_active_language_else_the_default_else_any(text, language, shown):
    with translation.override(language):
        assert in_language(text) == shown


@pytest.mark.parametrize(("chosen", "address"), [("", "/q/one/"), ("en", "/q/one/?lang=en")])
def test_href_keeps_a_language_chosen_by_hand(chosen, address):
    template = Template("{% href 'reader:cover' slug='one' %}")

    assert template.render(Context({"chosen_language": chosen})) == address


def test_same_page_in_keeps_the_place():
    request = RequestFactory().get("/q/one/answer/?step=4&lang=ja")

    page = Template("{% same_page_in 'en' %}").render(Context({"request": request}))

    assert page == "?step=4&amp;lang=en"


def test_same_page_in_repeats_no_long_query():
    request = RequestFactory().get("/q/one/answer/", {"step": "4", "from": "x" * 300})

    page = Template("{% same_page_in 'en' %}").render(Context({"request": request}))

    assert page == "?lang=en"
