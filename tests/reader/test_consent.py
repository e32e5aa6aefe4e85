import pytest

from apps.surveys.consenting import consent_paragraphs, fill
from apps.surveys.queries import published_instrument


def paragraphs(inquiry, language="en", **publication):
    for name, value in publication.items():
        setattr(inquiry.publication, name, value)
    return consent_paragraphs(inquiry, published_instrument(inquiry.pk).definition, language)


def test_fill_escapes_the_text_and_what_fills_it():
    html = fill("<b>{operator}</b> {other} & more", {"operator": "<i>Us</i>"})

    assert html == "&lt;b&gt;&lt;i&gt;Us&lt;/i&gt;&lt;/b&gt; {other} &amp; more"


def test_paragraphs_link_the_privacy_page(inquiry, settings):
    address = f"{settings.SITE_URL}/privacy/"

    last = paragraphs(inquiry)[-1]

    assert last.endswith(f'<a href="{address}">{address}</a>')


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("survey@example.org", 'contact <a href="mailto:survey@example.org">survey@example.org</a> / details'),
        ("<script>alert(1)</script>", "contact &lt;script&gt;alert(1)&lt;/script&gt; / details"),
        ("", "contact not given / details"),
    ],
)
def test_paragraphs_name_the_contact(inquiry, contact, shown):
    assert shown in paragraphs(inquiry, contact=contact)[-1]


@pytest.mark.parametrize(("language", "day"), [("ja", "締め切りから30日後"), ("en", "30 days after the close")])
def test_paragraphs_say_until_when_answers_can_be_deleted(inquiry, language, day):
    assert sum(day in paragraph for paragraph in paragraphs(inquiry, language)) == 1
