"""Words of getting paid: reminders, bank statements, the count of a cash box."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderLevel(models.TextChoices):
    """How a reminder speaks. Each level was sent before the next is offered."""

    FRIENDLY = "friendly", _("rappel amical")
    FIRM = "firm", _("rappel ferme")
    FORMAL = "formal", _("mise en demeure")


class ReminderWay(models.TextChoices):
    MAIL = "mail", _("par courrier électronique")
    LETTER = "letter", _("lettre à imprimer")


class StatementKind(models.TextChoices):
    CSV = "csv", _("tableau CSV")
    OFX = "ofx", _("fichier OFX")
    CAMT = "xml", _("fichier CAMT.053")


class StatementState(models.TextChoices):
    # Read, and its columns are in doubt: nothing is kept but the file, until somebody says.
    DRAFT = "draft", _("colonnes à choisir")
    IMPORTED = "imported", _("importé")
    DROPPED = "dropped", _("abandonné")


STATEMENT_ALLOWED: dict[str, frozenset[str]] = {
    StatementState.DRAFT: frozenset({StatementState.IMPORTED, StatementState.DROPPED}),
}
