from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.models import Stamped
from decisions.enums import AssemblyState, Presence, RoomCountKind


class Assembly(Stamped):
    """A meeting that decides: convened, held, closed; its minutes are signed by chair and secretary."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="assemblies"
    )
    state = models.CharField(
        max_length=10, choices=AssemblyState.choices, default=AssemblyState.CONVENED
    )
    starts_at = models.DateTimeField(_("début"))
    place = models.CharField(_("lieu"), max_length=140)
    word = models.CharField(_("mot de convocation"), max_length=500, blank=True)
    convened_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField()
    chair = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    secretary = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    observers = models.CharField(_("invités, sans voix"), max_length=300, blank=True)
    papers_shown = models.CharField(_("documents montrés"), max_length=500, blank=True)
    incidents = models.TextField(_("incidents"), max_length=2000, blank=True)
    # The text of the minutes, photographed when the first of the two signs: both sign the same.
    minutes_text = models.JSONField(null=True)
    # Numbered and issued when the second one signs.
    minutes_document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-id")
        verbose_name = _("assemblée")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["convened", "cancelled"])
                | Q(opened_at__isnull=False, chair__isnull=False, secretary__isnull=False),
                name="assembly_open_has_its_table",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "signed"], closed_at__isnull=False)
                | Q(state__in=["convened", "open", "cancelled"], closed_at__isnull=True),
                name="assembly_closed_has_date",
            ),
        ]


class AgendaItem(models.Model):
    """One point of the agenda: a proposal to decide, or something to talk about."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("point"), max_length=140)
    proposal = models.ForeignKey(
        "decisions.Proposal", null=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    poll = models.ForeignKey(
        "decisions.Poll", null=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    # A vote that ends after the minutes are signed: no longer one of this assembly (`poll` is empty),
    # so that nobody's presence here counts in it. Another assembly may take it up.
    left_open = models.ForeignKey(
        "decisions.Poll", null=True, on_delete=models.PROTECT, related_name="+"
    )
    debate = models.TextField(_("ce qui s’est dit"), max_length=4000, blank=True)

    class Meta:
        ordering = ("assembly_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="agenda_position_once"),
            models.CheckConstraint(
                condition=Q(poll__isnull=True) | Q(left_open__isnull=True),
                name="agenda_vote_here_or_left_open",
            ),
        ]


class AssemblyAttendance(models.Model):
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=12, choices=Presence.choices, default=Presence.ABSENT)
    represented_by = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("assembly_id", "enrolment_id")
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "enrolment"], name="assembly_attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(presence="represented", represented_by__isnull=False)
                | (~Q(presence="represented") & Q(represented_by__isnull=True)),
                name="assembly_represented_by_somebody",
            ),
        ]


class MinutesSignature(models.Model):
    """Chair and secretary sign the minutes on their own phone: one row each, never removed."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(
        max_length=10, choices=[("chair", _("présidence")), ("secretary", _("secrétariat"))]
    )
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    # SHA-256 of the text that was read before signing: both sign the same minutes.
    text_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("signed_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["assembly", "role"], name="minutes_signed_once")
        ]


class RoomCount(models.Model):
    """What one teller typed of a vote in the room; two who agree make it count, never one.

    Hands are kept as figures. Paper ballots of a secret poll are kept as a keyed digest of their
    multiset only: the second teller's own typing, when it matches, is what enters the urn.
    """

    poll = models.ForeignKey("decisions.Poll", on_delete=models.PROTECT, related_name="room_counts")
    kind = models.CharField(max_length=10, choices=RoomCountKind.choices)
    teller = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    papers = models.PositiveSmallIntegerField(default=0)
    # A count that did not match is kept, and the room counts again.
    discarded = models.BooleanField(default=False)

    class Meta:
        ordering = ("poll_id", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "teller", "kind"],
                condition=Q(discarded=False),
                name="room_count_once_per_teller",
            )
        ]
