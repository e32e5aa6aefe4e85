import pytest
from django.template import Context, Template
from django.utils.translation import override

from apps.common.punctuation import between_sentences, held_together, named, remark, with_unit


@pytest.mark.parametrize(
    ("language", "written"),
    [("ja", ("望み：強い", "A（速い）", "。")), ("en", ("望み: 強い", "A (速い)", "。 "))],
)
def test_marks_are_those_of_the_language(language, written):
    in_words = named("望み", "強い", language), "A" + remark("速い", language), "。" + between_sentences(language)
    with override(language):
        active = named("望み", "強い"), "A" + remark("速い"), "。" + between_sentences()
        template = Template("{{ '望み'|named:'強い' }}|A{{ '速い'|remark }}|。{% gap %}").render(Context())

    assert (in_words, active, template) == (written, written, "|".join(written))


def test_marks_in_templates_keep_what_was_written_literal():
    with override("ja"):
        page = Template("{{ text|remark }}").render(Context({"text": "<b>"}))

    assert page == "（&lt;b&gt;）"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("「A」側と「B」側が同じ", "「A」|側と「B」|側が同じ"),
        ("「A」と「B」", "「A」|と「B」"),
        ("「A（B）」、「C」。「D」", "「A（B）」、「C」。「D」"),
        ("“A” and “B”", "“A” and “B”"),
    ],
)
def test_what_follows_a_bracket_is_not_parted_from_it(text, held):
    assert held_together(text) == held.replace("|", "\u2060")


def test_holding_together_keeps_what_was_written_literal():
    page = Template("{{ text|held_together }}").render(Context({"text": "「<b>」は"}))

    assert page == "「&lt;b&gt;」\u2060は"


@pytest.mark.parametrize(
    ("language", "unit", "written"),
    [("ja", "回", "48回"), ("en", "times", "48 times"), ("en", "%", "48%"), ("en", "", "48")],
)
def test_a_unit_stands_behind_its_number_as_the_language_has_it(language, unit, written):
    assert with_unit(48, unit, language) == written
