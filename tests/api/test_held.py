"""Personal data in a statement: the sender is told nothing else, a person looks before anybody reads it."""

import pytest

from apps.debates.actions import open_debate
from apps.debates.models import Statement
from tests.api.test_debate import five_votes, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("反対の人は０９０−１２３４−５６７８へ電話を", ["phone"]),
        ("抗議は taro@example.jp まで", ["mail"]),
        ("山田のマイナンバーは1234-5678-9018だ", ["number"]),
        ("100,000台のGPUは多すぎる", []),
    ],
)
def test_statement_with_personal_data_is_taken_in_and_held(api, inquiry, text, held):
    debate = open_debate(inquiry=inquiry)
    five_votes(api)

    response = write(api, text)

    number = response.json()["id"]
    assert (response.status_code, response.json()) == (201, {"id": number, "state": "waiting"})
    assert Statement.objects.get(debate=debate, number=number).held == held
