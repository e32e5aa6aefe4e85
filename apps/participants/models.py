"""Who answers: pseudonyms, consent, receipts, limits. All personal data stands behind this one door."""

import secrets
import uuid

from django.db import connection, models

from apps.inquiries.models import Inquiry

# The row comes from the inquiry itself: one that was deleted a moment ago gets none, instead of a broken promise.
MAKE_PEPPER = """
INSERT INTO participants_pepper (inquiry_id, secret) SELECT id, %s FROM inquiries_inquiry WHERE id = %s
ON CONFLICT (inquiry_id) DO NOTHING
"""


class PepperManager(models.Manager["Pepper"]):
    def secret_of(self, inquiry_id: int) -> bytes:
        """The pepper of an inquiry, made when it is first asked for; two who ask at once get the same.

        Raises Pepper.DoesNotExist where the inquiry is gone.
        """
        with connection.cursor() as cursor:
            cursor.execute(MAKE_PEPPER, [secrets.token_bytes(32), inquiry_id])
        return bytes(self.values_list("secret", flat=True).get(inquiry_id=inquiry_id))


class Pepper(models.Model):
    """The secret that turns tokens into pseudonyms of one inquiry; dropping it cuts every link for good."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, primary_key=True, related_name="pepper")
    secret = models.BinaryField(max_length=32)

    objects = PepperManager()

    def __str__(self) -> str:
        return str(self.inquiry_id)


class Participant(models.Model):
    """One reader of one inquiry, known only by HMAC(inquiry pepper, token)."""

    pseudonym = models.BinaryField(primary_key=True, max_length=16)
    # No constraint in the database: checking it would lock the inquiry's row, which all readers share, at every write.
    # The writing statement takes the number from that very row.
    inquiry = models.ForeignKey(
        Inquiry, models.CASCADE, related_name="participants", db_index=False, db_constraint=False
    )
    receipt_hash = models.BinaryField(max_length=32)
    coins = models.JSONField(default=dict)
    consent_sha256 = models.CharField(max_length=64)
    consent_day = models.DateField()
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt_hash"], name="one_participant_per_receipt"),
            models.CheckConstraint(condition=~models.Q(consent_sha256=""), name="participant_has_consented"),
        ]

    def __str__(self) -> str:
        return bytes(self.pseudonym).hex()


class Bucket(models.Model):
    """A token bucket: how many calls a key may still make. Keys are hashes that say nothing about a person."""

    key = models.BinaryField(primary_key=True, max_length=16)
    level = models.FloatField()
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return bytes(self.key).hex()


class SpentProof(models.Model):
    """A proof of work that was accepted, by the nonce of its challenge. Good once; kept until it would be too late."""

    nonce = models.BinaryField(primary_key=True, max_length=16)
    spent_at = models.DateTimeField()

    def __str__(self) -> str:
        return bytes(self.nonce).hex()


class Erasure(models.Model):
    """That somebody let everything be deleted, so that a backup from before does not bring it back.

    A hash of the pseudonym, which says nothing to whoever does not hold it already. Whoever answers again and erases
    again is listed twice: a backup from between knows the first row only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    hashed = models.BinaryField(max_length=16)
    day = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
