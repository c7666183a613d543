"""After the exit: what was said on leaving, whether news may be asked, when, and what was answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.entry_files import ExitStatus
from cohorts.enums.follow_ups import (
    AnswerWay,
    CallOffReason,
    ChoiceSaid,
    FollowUpChannel,
    FollowUpState,
    MessageKind,
    PowerToAct,
    Thanks,
)
from cohorts.models.entry_file import FileVersion
from cohorts.querysets.follow_ups import FollowUpAnswerQuerySet, FollowUpQuerySet
from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped
from members.rules import spoken_phone

LONGEST_SAID = 1000


class ExitInterview(FileVersion):
    """What somebody says on leaving; what they do then is the exit situation, kept apart."""

    held_on = models.DateField(_("entretien du"))
    learnt = models.TextField(_("ce que j’ai appris"), max_length=LONGEST_SAID, blank=True)
    hard = models.TextField(_("ce qui a été difficile"), max_length=LONGEST_SAID, blank=True)
    advice = models.TextField(
        _("ce que je dirais aux suivants"), max_length=LONGEST_SAID, blank=True
    )
    power = models.CharField(max_length=7, choices=PowerToAct.choices, blank=True)

    class Meta(FileVersion.Meta):
        verbose_name = _("entretien de sortie")


class FollowUpChoice(FileVersion):
    """Yes or no to being asked for news, how, and where. A later one follows, none is edited."""

    agrees = models.BooleanField()
    channel = models.CharField(max_length=4, choices=FollowUpChannel.choices, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    said = models.CharField(max_length=9, choices=ChoiceSaid.choices)
    # The exact sentence agreed to, until when, and by which guardian for a minor.
    consent = models.ForeignKey(
        "members.Consent", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(FileVersion.Meta):
        verbose_name = _("accord de suivi")
        constraints = [
            *FileVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agrees=True, consent__isnull=False) & ~Q(channel="")
                | Q(agrees=False, consent__isnull=True, channel=""),
                name="follow_up_choice_has_its_consent",
            ),
        ]

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""


class FollowUp(Stamped):
    """One question to one person, planned at the exit; its date moves when the exit is corrected."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="follow_ups"
    )
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=FollowUpState.choices, default=FollowUpState.PLANNED
    )
    why_off = models.CharField(max_length=11, choices=CallOffReason.choices, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("suivi")
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_due")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "months"], name="follow_up_once"),
            models.CheckConstraint(condition=Q(months__in=[3, 6, 12]), name="follow_up_months"),
            models.CheckConstraint(
                condition=(Q(state=FollowUpState.PLANNED) & Q(why_off=""))
                | (Q(state=FollowUpState.CALLED_OFF) & ~Q(why_off="")),
                name="follow_up_off_says_why",
            ),
        ]


class FollowUpAnswer(models.Model):
    """What was answered. A correction follows, the first words stay: the database refuses the rest."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()  # 1, 2…: two writers at once collide here
    said_on = models.DateField()
    way = models.CharField(max_length=5, choices=AnswerWay.choices)
    status = models.CharField(_("situation"), max_length=12, choices=ExitStatus.choices)
    contract_months = models.PositiveSmallIntegerField(null=True)
    contract_days = models.PositiveSmallIntegerField(default=0)
    # Asked of those who worked when they entered: is it better than then (EECR06)?
    better = models.CharField(max_length=7, blank=True)  # yes, no, refused
    thanks = models.CharField(max_length=7, choices=Thanks.choices, blank=True)
    news = models.TextField(max_length=LONGEST_SAID, blank=True)  # of their project
    help_wanted = models.BooleanField(default=False)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    objects = FollowUpAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("follow_up_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "number"], name="follow_up_answer_once")
        ]


class FollowUpMessage(Delivery):
    """The message that asks, and the only one that reminds. The link is kept as a keyed hash."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind.choices)
    way = models.CharField(max_length=4, choices=FollowUpChannel.choices)
    due_on = models.DateField()  # of the question when it was written: a moved one is asked again
    link_index = models.CharField(max_length=64, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="follow_up_message_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "kind", "due_on"], name="follow_up_message_once"
            ),
            models.UniqueConstraint(
                fields=["follow_up"],
                condition=Q(kind=MessageKind.REMINDER),
                name="follow_up_reminded_once",
            ),
        ]
