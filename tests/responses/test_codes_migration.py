"""Answers that were packed before the last question had its place in the codes."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from apps.responses.models import Response
from apps.responses.verification import code_faults
from tests.responses.factories import make_inquiry, record

migration = import_module("apps.responses.migrations.0003_codes_hold_the_last_question")

pytestmark = pytest.mark.django_db


def test_older_answers_get_an_empty_place_and_lose_it_again():
    inquiry = make_inquiry()
    record(inquiry, {"Q1": 5, "Q2": {"a": 3}})
    stored = Response.objects.get()
    Response.objects.update(codes=bytes(stored.codes)[:-1])
    schema = SimpleNamespace(connection=connection)

    migration.lengthen(apps, schema)

    assert bytes(Response.objects.get().codes) == bytes(stored.codes)
    assert list(code_faults(inquiry.pk)) == []

    migration.shorten(apps, schema)

    assert bytes(Response.objects.get().codes) == bytes(stored.codes)[:-1]


def test_every_kind_takes_as_many_places_as_the_codes_have():
    options = [{"code": 1}, {"code": 2}, {"code": 3}]
    document = {
        "items": [{"id": "Q1", "type": "multiple", "options": options}],
        "post_items": [
            {"id": "P1", "type": "multiple", "options": "same_as:Q1"},
            {"id": "P2", "type": "rank_top_k", "k": 2},
            {"id": "P3", "type": "item_by_item", "rows": [{}, {}]},
            {"id": "P4", "type": "open_text"},
            {"id": "P5", "type": "scale"},
        ],
    }

    assert migration.places(document) == 3 + 2 + 2 + 0 + 1
    assert migration.places({"items": []}) == 0
