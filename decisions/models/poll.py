from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import Channel, Method, PollState, Publication, Secrecy
from decisions.querysets import PollQuerySet


class Poll(Stamped):
    """A question put to a roll frozen at opening, by a method, with a secrecy. See README.md."""

    proposal = models.ForeignKey(
        "decisions.Proposal", on_delete=models.PROTECT, related_name="polls"
    )
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PollState.choices, default=PollState.DRAFT)
    # Frozen at opening, by the database itself (migrations/_guards.py).
    version = models.ForeignKey(
        "decisions.ProposalVersion", on_delete=models.PROTECT, related_name="polls"
    )
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.CHOICE)
    rule = models.JSONField(default=dict)  # parameters of the method, as in the ballots file
    secrecy = models.CharField(max_length=10, choices=Secrecy.choices, default=Secrecy.OPEN)
    publication = models.CharField(
        max_length=15, choices=Publication.choices, default=Publication.FULL
    )
    about_person = models.BooleanField(default=False)
    closes_at = models.DateTimeField(_("fin du vote"))
    opened_at = models.DateTimeField(null=True)
    statutes = models.ForeignKey("decisions.Statutes", null=True, on_delete=models.PROTECT)
    quorum = models.CharField(max_length=12, default="0")  # exact fraction of the roll: "1/2"
    roll_hash = models.CharField(max_length=64, blank=True)
    # A lot is promised by its hash at opening; the nonce, sealed here, is said after the count.
    lot_commitment = models.CharField(max_length=64, blank=True)
    lot_nonce = models.CharField(max_length=400, blank=True)
    # Sealed polls: what closes the urn, and how long every ballot is made (bytes).
    public_key = models.CharField(max_length=64, blank=True)
    ballot_size = models.PositiveIntegerField(default=0)
    # After closing.
    closed_at = models.DateTimeField(null=True)
    # Who counted for the quorum when the vote was closed: a sealed urn may wait, the sheet may change.
    closing_presence = models.PositiveSmallIntegerField(null=True)
    early_closing_reason = models.CharField(_("pourquoi avant l’heure"), max_length=200, blank=True)
    cancel_reason = models.CharField(_("pourquoi l’annuler"), max_length=200, blank=True)
    # Show of hands, agreed by two tellers: {"for": 4, "against": 1, "blank": 0}.
    room_figures = models.JSONField(null=True)
    board = models.JSONField(default=list)  # sorted hashes of the sealed ballots
    urn_wiped_at = models.DateTimeField(null=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="poll_round_once"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="poll_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "announced", "cancelled"])
                | Q(opened_at__isnull=False),
                name="poll_open_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "announced", "open"], closed_at__isnull=True)
                | Q(state__in=["closed", "counted"], closed_at__isnull=False)
                | Q(state="cancelled"),
                name="poll_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="poll_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(method="consent") | Q(secrecy="open"), name="poll_consent_is_open"
            ),
            models.CheckConstraint(
                condition=Q(secrecy="sealed") | Q(public_key="", ballot_size=0),
                name="poll_only_sealed_has_key",
            ),
            models.CheckConstraint(
                condition=~Q(secrecy="sealed")
                | Q(state__in=["draft", "announced", "cancelled"])
                | ~Q(public_key=""),
                name="poll_sealed_has_key",
            ),
        ]

    @property
    def title(self) -> str:
        return self.proposal.title

    @property
    def text(self) -> str:
        return self.version.text

    @property
    def effect_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = self.version.effect_settings
        return settings

    @property
    def is_open(self) -> bool:
        return self.state == PollState.OPEN

    @property
    def is_announced(self) -> bool:
        return self.state == PollState.ANNOUNCED

    @property
    def is_closed(self) -> bool:
        """Closed and not counted yet: a sealed urn waiting for its keys."""
        return self.state == PollState.CLOSED

    @property
    def is_counted(self) -> bool:
        return self.state == PollState.COUNTED

    @property
    def is_cancelled(self) -> bool:
        return self.state == PollState.CANCELLED

    @property
    def is_secret(self) -> bool:
        """Secret or sealed: one ballot, never changed, never tied to a person."""
        return self.secrecy != Secrecy.OPEN

    @property
    def is_sealed(self) -> bool:
        return self.secrecy == Secrecy.SEALED


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)  # what the effect reads
    label = models.CharField(max_length=140)
    help_text = models.CharField(max_length=200, blank=True)
    cost_cents = models.PositiveIntegerField(default=0)  # equal shares only

    class Meta:
        ordering = ("poll_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["poll", "code"], name="option_once_per_poll")
        ]


class Elector(models.Model):
    """One line of the roll. Written at opening; a database trigger refuses later additions.

    `used` says that a ballot was cast, never when: no column here may carry the time of a vote.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="electors")
    enrolment = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    used = models.BooleanField(default=False)
    channel = models.CharField(
        max_length=10, choices=Channel.choices, default=Channel.NONE, blank=True
    )
    # A proxy given before opening and not revoked: who may cast this elector's own ballot.
    proxy_holder = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )

    cast_only = True  # kit.custody

    class Meta:
        ordering = ("poll_id", "enrolment_id")
        constraints = [
            models.UniqueConstraint(fields=["poll", "enrolment"], name="elector_once_per_poll"),
            models.CheckConstraint(
                condition=Q(used=True) | Q(channel__in=["", "room", "paper"]),
                name="elector_channel_says_how",
            ),
        ]
