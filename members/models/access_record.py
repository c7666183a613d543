"""Who opened or wrote what is sensitive about a person: append-only, and shown to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.querysets import AccessRecordQuerySet


class AccessAct(models.TextChoices):
    READ = "read", _("a lu")
    WRITTEN = "written", _("a écrit")
    EXPORTED = "exported", _("a mis dans un fichier")


class AccessRecord(models.Model):
    """The database refuses to change or delete a row. What was read is named, never repeated."""

    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="access_records"
    )
    by_person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # The seat as it was then: "coordination, Le Plateau".
    by_seat = models.CharField(max_length=150)
    act = models.CharField(max_length=10, choices=AccessAct.choices)
    subject = models.CharField(max_length=40)  # a code of the app that keeps it
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = AccessRecordQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("accès à des réponses sensibles")
