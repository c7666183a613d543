from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets.programmes import ProgrammeQuerySet
from cohorts.rules.programmes import ProgrammeBounds
from ct_platform.kit.models import Stamped


class Programme(Stamped):
    """A kind of cooperative: how long it lasts, how many enter, of what age. Never edited once used.

    Without an organisation it is the network's; a host may add its own.
    """

    organisation = models.ForeignKey(
        "cohorts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("coopérative hôte"),
    )
    code = models.SlugField(_("sigle"), max_length=12)
    name = models.CharField(_("nom"), max_length=80)
    shortest_days = models.PositiveSmallIntegerField(_("jours au moins"))
    longest_days = models.PositiveSmallIntegerField(_("jours au plus"))
    lowest_age = models.PositiveSmallIntegerField(_("âge le plus bas"), default=16)
    highest_age = models.PositiveSmallIntegerField(_("âge le plus haut"), null=True, blank=True)
    fewest_seats = models.PositiveSmallIntegerField(_("places, au moins"))
    usual_seats = models.PositiveSmallIntegerField(_("places, le plus souvent"))
    most_seats = models.PositiveSmallIntegerField(_("places, au plus"))
    guardian_consent = models.BooleanField(
        _("accord d’un représentant légal pour les mineurs"), default=True
    )
    # C. trav. L3162-1: eight hours a day and thirty-five a week at most; a programme may ask less.
    minor_day_minutes = models.PositiveSmallIntegerField(
        _("minutes par jour d’un mineur"), default=480
    )
    minor_week_minutes = models.PositiveSmallIntegerField(
        _("minutes par semaine d’un mineur"), default=2100
    )
    closed_on = models.DateField(_("n’est plus proposé depuis"), null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("organisation_id", "id")
        verbose_name = _("programme")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="programme_code_of_host",
                violation_error_message=_("Un programme porte déjà ce sigle."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(organisation__isnull=True),
                name="programme_code_of_network",
                violation_error_message=_("Un programme du réseau porte déjà ce sigle."),
            ),
            models.CheckConstraint(
                condition=Q(shortest_days__gte=7, longest_days__gte=F("shortest_days"))
                & Q(longest_days__lte=366),
                name="programme_days_in_order",
                violation_error_message=_(
                    "La durée va de 7 à 366 jours, la plus courte avant la plus longue."
                ),
            ),
            # C. trav. L4153-1: nobody works before sixteen.
            models.CheckConstraint(
                condition=Q(lowest_age__gte=16)
                & (Q(highest_age__isnull=True) | Q(highest_age__gte=F("lowest_age"))),
                name="programme_ages_in_order",
                violation_error_message=_(
                    "L’âge le plus bas est de 16 ans ou plus, et vient avant le plus haut."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    fewest_seats__gte=3,
                    usual_seats__gte=F("fewest_seats"),
                    most_seats__gte=F("usual_seats"),
                    most_seats__lte=40,
                ),
                name="programme_seats_in_order",
                violation_error_message=_("Les places vont de 3 à 40, dans l’ordre."),
            ),
            models.CheckConstraint(
                condition=Q(minor_day_minutes__lte=480, minor_week_minutes__lte=2100),
                name="programme_minors_hours",
                violation_error_message=_(
                    "Une personne mineure travaille 8 heures par jour et 35 heures par semaine au plus."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def bounds(self) -> ProgrammeBounds:
        return ProgrammeBounds(
            self.shortest_days,
            self.longest_days,
            self.lowest_age,
            self.highest_age,
            self.guardian_consent,
        )

    @property
    def usual_range(self) -> range:
        return range(self.fewest_seats, self.most_seats + 1)

    @property
    def ages(self) -> str:
        """ "à partir de 16 ans", "de 18 à 30 ans"."""
        if self.highest_age is None:
            return _("à partir de %(age)d ans") % {"age": self.lowest_age}
        return _("de %(low)d à %(high)d ans") % {"low": self.lowest_age, "high": self.highest_age}
