"""What the network writes on the public site: every version is kept, and every time one was shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextVersion(models.Model):
    """One writing of one text. Append-only: a correction is a newer version."""

    code = models.CharField(max_length=40)  # a key of home.site_words.TEXTS
    number = models.PositiveIntegerField()
    body = models.TextField(_("texte"), max_length=8000, blank=True)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("code", "-number")
        verbose_name = _("version d’un texte du site")
        constraints = [
            # Two people who write at once: the second is told, and loses nothing.
            models.UniqueConstraint(
                fields=["code", "number"],
                name="site_text_version_once",
                violation_error_message=_("Quelqu’un a écrit une version au même instant."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class TextPublication(models.Model):
    """From this instant the site shows this version; without one, the words of the house. Append-only."""

    code = models.CharField(max_length=40)
    version = models.ForeignKey(
        TextVersion, null=True, on_delete=models.PROTECT, related_name="publications"
    )
    published_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("code", "-id")
        verbose_name = _("publication d’un texte du site")
        indexes = [models.Index(fields=["code", "-id"], name="site_text_shown")]
