"""Answers that are counted, and the numbers of an epoch."""

from datetime import timedelta

from django.utils import timezone

from tests.reports.factories import answer_as


def answer(inquiry, readers, **answers):
    for reader in readers:
        answer_as(inquiry, reader, answers or {"Q1": 4})


def numbers_of(epoch, question="Q1"):
    return next(entry for entry in epoch.content["questions"] if entry["id"] == question)


def minutes(number):
    return timezone.now() + timedelta(minutes=number)
