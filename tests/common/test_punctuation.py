import pytest
from django.template import Context, Template
from django.utils.translation import override

from apps.common.punctuation import between_sentences, named, remark


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
