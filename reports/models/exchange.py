"""A report on its way: prepared, read again, sent, questioned, final. Its figures stay in the snapshot."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped
from reports.enums import OUT, SIGNS, STANDING, NoticeKind, Occasion, ReportState, Section
from reports.querysets import QuestionQuerySet, ReportQuerySet, RequestQuerySet

LONGEST_TEXT = 1000
_SENT = sorted(OUT)


class Report(Stamped):
    """The life of one snapshot. `prepared_by` is empty when the calendar prepared it."""

    snapshot = models.OneToOneField(
        "reports.Snapshot", on_delete=models.PROTECT, related_name="report"
    )
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(
        max_length=10, choices=ReportState.choices, default=ReportState.PREPARED
    )
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    # What the calendar asked for ("quarter:2026-4"): asked twice, prepared once.
    due_key = models.CharField(max_length=20, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    # The paper with the words of the coordination; without words, that of the snapshot.
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="successors"
    )
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-prepared_at", "-id")
        verbose_name = _("échange sur un rapport")
        indexes = [models.Index(fields=["cohort", "state"], name="report_of_cohort")]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "due_key"],
                condition=~Q(due_key=""),
                name="report_due_once",
                violation_error_message=_("Ce rapport est déjà préparé."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state=ReportState.DROPPED),
                name="report_replaced_once",
                violation_error_message=_("Une correction de ce rapport existe déjà."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=_SENT, sent_at__isnull=False)
                | (~Q(state__in=_SENT) & Q(sent_at__isnull=True)),
                name="report_sent_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="report_correction_says_why",
                violation_error_message=_("Dites pourquoi ce rapport est corrigé."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="report_replaces_another",
            ),
        ]

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def sign(self) -> tuple[str, str]:
        """Tone and icon of its badge."""
        return SIGNS[ReportState(self.state)]


class Comment(Stamped):
    """Words of the coordination beside a section. Written while it reads again; figures never change."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=10, choices=Section.choices)
    text = models.TextField(max_length=LONGEST_TEXT)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="comment_once_a_section")
        ]


class Recipient(Stamped):
    """An organisation a report was sent to, and the day it said yes."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recipients")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["report", "organisation"], name="recipient_once"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="recipient_accepted_by_somebody",
            ),
        ]


class Question(models.Model):
    """A partner asks about one figure. The database refuses to change it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=40)  # of the figure
    text = models.TextField(max_length=LONGEST_TEXT)
    asked_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name = _("question sur un chiffre")


class Answer(models.Model):
    """What the coordination answers. A second one follows the first, none is edited."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=LONGEST_TEXT)
    answered_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("answered_at", "id")
        verbose_name = _("réponse à une question")


class ReportRequest(Stamped):
    """A partner asks for a report; it waits until one is prepared for it."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="requests")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name = _("demande de rapport")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "organisation"],
                condition=Q(report__isnull=True),
                name="report_request_once",
                violation_error_message=_("Vous avez déjà demandé ce rapport."),
            )
        ]


class ReportNotice(Delivery):
    """A mail to one person of an organisation: a report is there, or an answer to a question."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notices")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=NoticeKind.choices)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="report_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person"],
                condition=Q(kind=NoticeKind.SENT),
                name="report_notice_once",
            ),
            models.UniqueConstraint(
                fields=["answer", "person"],
                condition=Q(kind=NoticeKind.ANSWER),
                name="report_answer_notice_once",
            ),
        ]
