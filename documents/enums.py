"""States of a paper and what each public reader is told of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentStatus(models.TextChoices):
    VALID = "valid", _("valable")
    REPLACED = "replaced", _("remplacé")
    REVOKED = "revoked", _("annulé")


class NoticeKind(models.TextChoices):
    READY = "ready", _("papier prêt")
