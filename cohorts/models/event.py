"""What a cohort opens its doors for: an inauguration, a market, a visit; who is invited, and told what."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.events import (
    EVENT_ICONS,
    AnsweredBy,
    EventKind,
    EventState,
    GuestAnswer,
    GuestKind,
    MessageKind,
    MessageWay,
)
from cohorts.enums.sessions import Half
from cohorts.querysets.events import EventQuerySet, GuestQuerySet, MessageQuerySet
from cohorts.rules.events import HALF_HOURS, MOST_PEOPLE
from cohorts.rules.sessions import instant
from ct_platform.kit.delivery import Delivery
from ct_platform.kit.models import Stamped
from members.rules import spoken_phone

_NOBODY = Q(name="", organisation="", email="", phone="", address="", name_key="")


class Event(Stamped):
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("genre"), max_length=12, choices=EventKind.choices)
    title = models.CharField(_("titre"), max_length=100)
    place = models.CharField(_("lieu"), max_length=200)
    day = models.DateField(_("jour"))
    # A half-day, or hours: civil hours of Paris.
    half = models.CharField(_("moment"), max_length=10, choices=Half.choices, blank=True)
    starts = models.TimeField(_("début"), null=True)
    ends = models.TimeField(_("fin"), null=True)
    # Written for guests and, when ticked, for the public page.
    description = models.TextField(_("description"), max_length=1000, blank=True)
    is_public = models.BooleanField(_("sur la page publique"), default=False)
    organisers = models.ManyToManyField("cohorts.Enrolment", blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.PLANNED)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(_("raison"), max_length=200, blank=True)
    created_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # Counts the edits: an older page never erases a newer one, and calendars know what is newest.
    version = models.PositiveIntegerField(default=1)
    # The edit that last changed day, hours or place: who was told an older one is told again.
    moved_version = models.PositiveIntegerField(default=1)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("day", "id")
        verbose_name = _("événement")
        indexes = [models.Index(fields=["cohort", "day"], name="event_of_cohort_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | Q(state="planned", cancelled_at__isnull=True, cancel_reason=""),
                name="event_cancelled_says_why",
                violation_error_message=_("Un événement annulé dit pourquoi."),
            ),
            models.CheckConstraint(
                condition=Q(half="", starts__isnull=False, ends__gt=F("starts"))
                | (~Q(half="") & Q(starts__isnull=True, ends__isnull=True)),
                name="event_half_day_or_hours",
                violation_error_message=_("Choisissez une demi-journée, ou un début et une fin."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED

    @property
    def icon(self) -> str:
        return EVENT_ICONS[EventKind(self.kind)]

    @property
    def hours(self) -> tuple[dt.time, dt.time]:
        if self.starts is None or self.ends is None:
            return HALF_HOURS[self.half]
        return self.starts, self.ends

    @property
    def starts_at(self) -> dt.datetime:
        return instant(self.day, self.hours[0])

    @property
    def ends_at(self) -> dt.datetime:
        return instant(self.day, self.hours[1])


class EventGuest(Stamped):
    """Somebody invited, from outside the group. Erased in time (services.contact_erasing)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="guests")
    kind = models.CharField(_("qui est-ce"), max_length=12, choices=GuestKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    organisation = models.CharField(_("organisme"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # E.164
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    name_key = models.CharField(max_length=240, blank=True)
    added_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=GuestAnswer.choices, blank=True, default="")
    people = models.PositiveSmallIntegerField(_("personnes"), default=0)  # the guest counted
    answered_at = models.DateTimeField(null=True)
    # The day they answered for: when the event moves, a yes is asked again.
    answered_day = models.DateField(null=True)
    answered_by = models.CharField(max_length=5, choices=AnsweredBy.choices, blank=True, default="")
    came = models.BooleanField(null=True)
    came_people = models.PositiveSmallIntegerField(default=0)
    # Raised when a link went to the wrong person: the links before it open nothing.
    link_version = models.PositiveSmallIntegerField(default=1)
    erased_at = models.DateTimeField(null=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("invité·e")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name_key"],
                condition=Q(erased_at__isnull=True),
                name="guest_once_by_name",
                violation_error_message=_("Cette personne est déjà invitée."),
            ),
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(email=""),
                name="guest_once_by_mail",
                violation_error_message=_("Cette adresse e-mail est déjà invitée."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", people=0, answered_at__isnull=True, answered_day__isnull=True)
                | Q(answer="no", people=0, answered_at__isnull=False, answered_day__isnull=False)
                | Q(answer="yes", people__gte=1, people__lte=MOST_PEOPLE,
                    answered_at__isnull=False, answered_day__isnull=False),
                name="guest_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(name="") | Q(erased_at__isnull=False) & _NOBODY,
                name="guest_erased_says_nothing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(_("personne effacée"))

    @property
    def full(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""

    @property
    def way(self) -> str:
        """By mail, else on paper: nobody is without a way."""
        return MessageWay.MAIL if self.email else MessageWay.LETTER


class EventMessage(Delivery):
    """What a guest was told: the invitation once, each change once. A letter is done when it is posted."""

    guest = models.ForeignKey(EventGuest, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    way = models.CharField(max_length=6, choices=MessageWay.choices)
    # Which state of the event it says. An invitation says the one of the moment it leaves.
    version = models.PositiveIntegerField()
    word = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("message à un·e invité·e")
        indexes = [models.Index(fields=["status", "sent_at"], name="event_message_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["guest"], condition=Q(kind="invitation"), name="guest_invited_once"
            ),
            models.UniqueConstraint(
                fields=["guest", "kind", "version"], name="guest_told_a_change_once"
            ),
        ]

    @property
    def is_letter(self) -> bool:
        return self.way == MessageWay.LETTER
