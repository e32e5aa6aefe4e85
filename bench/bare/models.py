from django.db import models


class Vote(models.Model):
    reader = models.UUIDField()
    statement = models.IntegerField()
    choice = models.CharField(max_length=10)

    class Meta:
        app_label = "bare"
        constraints = [models.UniqueConstraint(fields=["reader", "statement"], name="one_bare_vote")]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    answers = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return str(self.pk)
