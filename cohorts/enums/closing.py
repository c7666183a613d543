from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """What a check of the closing does to the archiving."""

    BLOCKS = "blocks", _("à régler")
    # Passed by a reason, written once for what is missing that day.
    WARNS = "warns", _("à régler, ou à expliquer")
