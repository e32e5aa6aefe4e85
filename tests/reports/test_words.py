"""Words that a report of a survey open to all must not use: they claim more than its numbers carry."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FORBIDDEN = ("margin of error", "標本誤差±", "国民の", "世論調査", "representative", "高まった", "読者の")
PLACES = ("apps/reports", "templates/reports")


def sources() -> dict[str, str]:
    files = [*ROOT.glob("apps/reports/*.py"), *ROOT.glob("templates/reports/*.html")]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}


def translations() -> dict[str, str]:
    with (ROOT / "locale" / "ja" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="ja")
    ours = [each for each in catalogue if any(place.startswith(PLACES) for place, _line in each.locations)]
    return {str(each.id): " ".join([each.string] if isinstance(each.string, str) else each.string) for each in ours}


@pytest.mark.parametrize("word", FORBIDDEN)
def test_reports_claim_no_more_than_a_survey_open_to_all_can(word):
    texts = sources() | translations()

    assert len(texts) > 60
    assert [name for name, text in texts.items() if word in text.lower()] == []
