"""Proposals under discussion, as one reads them on a phone or at a desk."""

import datetime as dt
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db.models import Count, Q

from ct_platform.kit.actor import Actor
from decisions import effects
from decisions.enums import ContributionKind
from decisions.models import Contribution, Poll, Proposal, ProposalVersion
from decisions.querysets import ProposalQuerySet


def under_discussion(actor: Actor, cohort_id: int) -> ProposalQuerySet:
    """Undecided proposals of a cohort, latest first, each with how much was said. One query."""
    standing = Q(contributions__withdrawn_at__isnull=True)
    found: ProposalQuerySet = (
        Proposal.objects.visible_to(actor)
        .of_cohort(cohort_id)
        .undecided()
        .select_related("owner__person")
        .annotate(voices=Count("contributions", filter=standing, distinct=True))
        .order_by("-created_at", "-pk")
    )
    return found


@dataclass(slots=True)
class Voice:
    """One contribution as this reader sees it: its words, its answers, what they may do of it."""

    said: Contribution
    mine: bool
    answers: list["Voice"] = field(default_factory=list)

    @property
    def withdrawn(self) -> bool:
        return self.said.withdrawn_at is not None

    @property
    def waiting(self) -> bool:
        """A proposed change that nobody took in nor declined."""
        return self.said.taken_in_id is None and not self.said.declined_why and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Discussion:
    """The page of one proposal. `open`: one may still write; `poll`: the vote under way or made."""

    proposal: Proposal
    effect: effects.Effect
    version: ProposalVersion
    versions: tuple[ProposalVersion, ...]
    preview: tuple[str, ...]
    choices: tuple[effects.Choice, ...]
    pros: tuple[Voice, ...]
    cons: tuple[Voice, ...]
    questions: tuple[Voice, ...]
    changes: tuple[Voice, ...]
    polls: tuple[Poll, ...]
    open: bool

    @property
    def last_poll(self) -> Poll | None:
        return self.polls[-1] if self.polls else None

    @property
    def said(self) -> int:
        return sum(len(some) for some in (self.pros, self.cons, self.questions, self.changes))


def discussion_of(proposal: Proposal, actor: Actor, day: dt.date) -> Discussion:
    """Four queries, whatever was said."""
    effect = effects.get(proposal.effect_code)
    versions = tuple(proposal.versions.select_related("written_by").order_by("number"))
    latest = versions[-1]
    rows = Contribution.objects.filter(proposal=proposal).select_related("author", "taken_in")
    voices = _voices(list(rows), actor)
    polls = tuple(Poll.objects.announced().filter(proposal=proposal).order_by("round"))
    settings = latest.effect_settings
    return Discussion(
        proposal=proposal,
        effect=effect,
        version=latest,
        versions=versions,
        preview=tuple(effect.preview(settings, begins_on(effect, settings, day))),
        choices=tuple(effect.choices(settings)),
        pros=voices[ContributionKind.PRO],
        cons=voices[ContributionKind.CON],
        questions=voices[ContributionKind.QUESTION],
        changes=voices[ContributionKind.AMENDMENT],
        polls=polls,
        open=Proposal.objects.undecided().filter(pk=proposal.pk).exists(),
    )


def begins_on(effect: effects.Effect, settings: effects.Settings, day: dt.date) -> dt.date:
    """The day it would take force if the group said yes on `day`."""
    return max(effect.starts_on(settings) or day, day)


def _voices(rows: list[Contribution], actor: Actor) -> dict[str, tuple[Voice, ...]]:
    by_key = {row.pk: Voice(row, row.author_id == actor.person_id) for row in rows}
    sorted_out: dict[str, list[Voice]] = {kind.value: [] for kind in ContributionKind}
    for row in rows:
        if row.answers_id is not None:
            by_key[row.answers_id].answers.append(by_key[row.pk])
        else:
            sorted_out[row.kind].append(by_key[row.pk])
    return {kind: tuple(some) for kind, some in sorted_out.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a wording: kept, added or taken away since the one before."""

    text: str
    kind: str  # "kept", "added", "gone"


@dataclass(frozen=True, slots=True)
class Wording:
    """One version in the history: what changed of its text, and of what its adoption does."""

    version: ProposalVersion
    pieces: tuple[Piece, ...]
    preview: tuple[str, ...]
    preview_changed: bool


def history_of(proposal: Proposal, day: dt.date) -> list[Wording]:
    """Every wording, the latest first. One query."""
    effect = effects.get(proposal.effect_code)
    versions = list(proposal.versions.select_related("written_by").order_by("number"))
    told: list[Wording] = []
    for rank, version in enumerate(versions):
        before = versions[rank - 1] if rank else None
        settings = version.effect_settings
        told.append(
            Wording(
                version,
                compared(before.text if before else version.text, version.text),
                tuple(effect.preview(settings, begins_on(effect, settings, day))),
                before is not None and before.effect_settings != settings,
            )
        )
    return told[::-1]


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word. Pure."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(new[c:d]), "kept"))
            continue
        if b > a:
            pieces.append(Piece(" ".join(old[a:b]), "gone"))
        if d > c:
            pieces.append(Piece(" ".join(new[c:d]), "added"))
    return tuple(pieces)
