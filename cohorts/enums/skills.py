"""Words of the skills of a cohort: when people look back, how far they are, who confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillMoment(models.TextChoices):
    START = "start", _("au début")
    MIDDLE = "middle", _("au milieu")
    END = "end", _("à la fin")


class SkillLevel(models.IntegerChoices):
    """Said by the person, in words that anybody would use; never a mark."""

    NOT_YET = 0, _("Pas encore")
    WITH_HELP = 1, _("Avec de l’aide")
    ALONE = 2, _("Sans aide")
    SHOWS_OTHERS = 3, _("Je peux montrer aux autres")


class ConfirmerRole(models.TextChoices):
    PEER = "peer", _("coopérant·e")
    COORDINATOR = "coordinator", _("accompagnement")
