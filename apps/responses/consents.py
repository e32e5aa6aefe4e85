"""A consent to be quoted is taken back as easily as it was given, and also when nothing else can be changed."""

from django.db import transaction

from apps.common.writing import today
from apps.responses.models import Response, ResponseLog


@transaction.atomic
def take_back_consent(*, pseudonym: bytes, consent: str) -> bool:
    """The words stay and are counted; nobody quotes them from now on. False: there was no such consent."""
    answer = Response.objects.select_for_update().filter(pk=pseudonym).first()
    if answer is None or answer.answers.get(consent) is not True:
        return False
    answer.answers[consent] = False
    answer.revision += 1
    answer.changed_day = today()
    answer.save(update_fields=["answers", "revision", "changed_day"])
    ResponseLog.objects.create(
        pseudonym=pseudonym,
        inquiry_id=answer.inquiry_id,
        version_id=answer.version_id,
        revision=answer.revision,
        answers=answer.answers,
        status=answer.status,
        day=answer.changed_day,
    )
    return True
