from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.recruiting import (
    ANSWERED_STATES,
    AnswerWay,
    ApplicationState,
    Stance,
    VoiceFormat,
)
from cohorts.querysets import CohortScopedQuerySet
from cohorts.querysets.recruiting import (
    AnswerQuerySet,
    ApplicationQuerySet,
    OpinionQuerySet,
    VoiceQuerySet,
)
from ct_platform.kit.delivery import Delivery
from ct_platform.kit.models import Stamped
from members.rules import Identity, spoken_phone


class Application(Stamped):
    """Somebody who would like to enter, in their own words. Erased in time (services.erasing)."""

    # Carried by the form: a double tap applies once.
    key = models.UUIDField(unique=True, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        max_length=10,
        choices=ApplicationState.choices,
        default=ApplicationState.RECEIVED,
        db_index=True,
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    birth_date = models.DateField(_("date de naissance"), null=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    motivation = models.TextField(_("ce qui donne envie"), max_length=2000, blank=True)
    wishes = models.TextField(_("ce qu’on aimerait faire"), max_length=1000, blank=True)
    available = models.JSONField(default=list)  # codes of Availability
    availability = models.CharField(_("précisions"), max_length=300, blank=True)
    # Who held the pen, and the sentence they agreed to have read together.
    helper_name = models.CharField(_("qui a aidé"), max_length=120, blank=True)
    helper_link = models.CharField(_("son lien avec la personne"), max_length=80, blank=True)
    helper_contact = models.CharField(_("comment la joindre"), max_length=120, blank=True)
    helper_wording = models.TextField(blank=True)
    # Why: read by the coordinators alone, never sent.
    note = models.TextField(_("raison, gardée privée"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    enrolment = models.OneToOneField(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="application"
    )
    erased_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("candidature")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", email="", address="", helper_contact="")
                | Q(erased_at__isnull=False),
                name="application_can_be_answered",
                violation_error_message=_(
                    "Donnez un moyen de vous joindre : un seul suffit, s’il marche."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.RECEIVED, decided_at__isnull=True)
                | (~Q(state=ApplicationState.RECEIVED) & Q(decided_at__isnull=False)),
                name="application_decided_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True) | Q(state=ApplicationState.SELECTED),
                name="application_enrolled_is_selected",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or str(_("candidature effacée"))

    @property
    def short_name(self) -> str:
        """For partners: enough to talk about somebody, too little to look them up."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.full_name

    @property
    def identity(self) -> Identity:
        return Identity(self.first_name, self.last_name, self.birth_date, self.email, self.phone)

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""

    @property
    def waits_for_an_answer(self) -> bool:
        return self.state in ANSWERED_STATES


class Voice(Stamped):
    """An answer said aloud. Kept as soon as it is sent, even when another answer must be mended."""

    key = models.UUIDField(unique=True, editable=False)  # of the form, then of the application
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="voices")
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="voice"
    )
    file = models.FileField(upload_to="voices")
    format = models.CharField(max_length=12, choices=VoiceFormat.choices)
    size = models.PositiveIntegerField()  # bytes

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("réponse dite")


class Opinion(models.Model):
    """What one member of the selection thinks; the reasons stay between them and the coordinators."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=5, choices=Stance.choices)
    reasons = models.TextField(_("raisons"), max_length=1000, blank=True)
    at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        verbose_name = _("avis")
        constraints = [
            models.UniqueConstraint(fields=["application", "by"], name="opinion_once_per_person")
        ]


class ApplicationReading(models.Model):
    """Who opened an application, once a day each: append-only. Somebody who applies is no person of
    the platform yet, so `members.AccessRecord` cannot hold it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # The seat as it was then: "coordination, Le Plateau".
    by_seat = models.CharField(max_length=150)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("lecture d’une candidature")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "by", "day"], name="application_reading_once_a_day"
            )
        ]


class ApplicationAnswer(Delivery):
    """What somebody was told, once for each outcome. A letter is done when it is posted."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=ApplicationState.choices)
    way = models.CharField(max_length=6, choices=AnswerWay.choices)
    # A line of practical news, the same for everybody of the batch.
    word = models.CharField(max_length=300, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("réponse à une candidature")
        indexes = [models.Index(fields=["status", "sent_at"], name="application_answer_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "outcome"], name="application_answer_once"
            )
        ]

    @property
    def is_letter(self) -> bool:
        return self.way == AnswerWay.LETTER


class InformationMeeting(Stamped):
    """People come and hear what it is before they apply."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="information_meetings"
    )
    starts_at = models.DateTimeField()
    place = models.CharField(_("lieu"), max_length=200)
    seats = models.PositiveSmallIntegerField(_("places"))
    cancelled_at = models.DateTimeField(null=True)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        verbose_name = _("réunion d’information")


class MeetingGuest(Stamped):
    """Somebody who said they would come."""

    key = models.UUIDField(unique=True, editable=False)
    meeting = models.ForeignKey(InformationMeeting, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(_("nom"), max_length=120)
    contact = models.CharField(_("téléphone ou e-mail"), max_length=120, blank=True)
    came = models.BooleanField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("inscription à une réunion")
