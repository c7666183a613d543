from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import Base, TieRule
from decisions.querysets import OfOneCohortQuerySet


class Statutes(Stamped):
    """The cohort's own rules of voting, in versions. They drive every vote; nobody types them again.

    The group adopts the first ones together (`adopted_at`); later ones are made by a decision
    (`decided_by`). Those written by themselves at a first vote have neither.
    """

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="statutes")
    version = models.PositiveSmallIntegerField(default=1)
    in_force_from = models.DateField()
    # Quorum as an exact fraction of the roll: present ≥ ⌈numerator × roll / denominator⌉.
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    notice_hours = models.PositiveSmallIntegerField(
        _("délai avant la fin d’un vote, en heures"), default=0
    )
    proxies_per_holder = models.PositiveSmallIntegerField(
        _("procurations qu’une personne peut porter"), default=1
    )
    majority_base = models.CharField(
        _("la majorité se compte sur"), max_length=10, choices=Base.choices, default=Base.EXPRESSED
    )
    tie_rule = models.CharField(
        _("en cas d’égalité"), max_length=10, choices=TieRule.choices, default=TieRule.ROUND
    )
    # What is sealed unless the group opens it: votes on persons, votes on money.
    seal_persons = models.BooleanField(_("votes sur des personnes scellés"), default=True)
    seal_money = models.BooleanField(_("votes sur l’argent scellés"), default=True)
    concerned_vote = models.BooleanField(_("la personne concernée vote aussi"), default=True)
    consent_rounds = models.PositiveSmallIntegerField(_("tours de consentement"), default=3)
    # Urns and key shares are kept as long as a result may be contested, then wiped.
    contest_days = models.PositiveSmallIntegerField(_("jours pour contester"), default=15)
    adopted_at = models.DateTimeField(null=True)
    adopted_by_count = models.PositiveSmallIntegerField(_("personnes d’accord"), null=True)
    noted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        "decisions.Outcome", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfOneCohortQuerySet.as_manager()

    class Meta:
        ordering = ("cohort_id", "version")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "version"], name="statutes_version_once"),
            models.CheckConstraint(
                condition=Q(
                    quorum_denominator__gte=1, quorum_numerator__lte=F("quorum_denominator")
                ),
                name="statutes_quorum_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(consent_rounds__gte=1, consent_rounds__lte=9),
                name="statutes_consent_rounds_few",
            ),
            models.CheckConstraint(
                condition=Q(contest_days__gte=1, contest_days__lte=60),
                name="statutes_contest_days_bounded",
            ),
        ]

    @property
    def is_adopted(self) -> bool:
        return self.adopted_at is not None or self.decided_by_id is not None
