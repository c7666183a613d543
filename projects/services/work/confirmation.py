"""What others do with somebody's hours: confirm them, or ask a small open question."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import WORK_ALLOWED, WorkState
from projects.models import WorkEntry
from projects.services.work._rows import describe, lock_entry, refuse_moved, tell
from projects.services.work.entries import reopen


@transaction.atomic
def confirm_hours(
    *, entries: Sequence[WorkEntry], seen: dict[int, int], actor: Actor, at: dt.datetime
) -> int:
    """Confirm several entries at once, all or none; `seen` gives the version shown of each, by key.

    Returns how many became confirmed. Already confirmed ones are quiet. Refused for one's own
    hours, for struck out ones and, from a colleague, while a question waits; Stale when one moved.
    """
    moved = 0
    for entry in sorted(entries, key=lambda one: one.pk):
        moved += confirm_one(entry=entry, seen_version=seen.get(entry.pk), actor=actor, at=at)
    return moved


@transaction.atomic
def confirm_one(
    *, entry: WorkEntry, seen_version: int | None, actor: Actor, at: dt.datetime
) -> bool:
    """Confirm one entry: "oui, c'était bien ça". Errors as `confirm_hours`; True when it moved."""
    if WorkEntry.objects.filter(pk=entry.pk, state=WorkState.LOCKED).exists():
        return False  # confirmed, and since then in a pay run
    row = lock_entry(entry.pk)
    refuse_archived(row.enrolment.cohort)
    refuse_own(row, actor)
    refuse_moved(row, seen_version)
    if row.is_verified:
        return False
    if row.question and not actor.is_coordinator:
        name = row.enrolment.person.called
        raise Refused(_("Une question est posée à %s. Attends sa réponse.") % name)
    # The coordinator settles an open question by confirming.
    move(
        row,
        WorkState.CONFIRMED,
        allowed=WORK_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        confirmed_at=at,
        confirmed_by_id=actor.person_id,
        question="",
        questioned_by_id=None,
    )
    tell(row, _("Confirmé : %s.") % describe(row), by_person_id=actor.person_id, at=at)
    return True


@transaction.atomic
def question_hours(
    *, entry: WorkEntry, sentence: str, seen_version: int | None, actor: Actor, at: dt.datetime
) -> None:
    """Ask the author about their hours: they go back to "notée" with the question in sight.

    The hours themselves never change by another hand. The same question twice is quiet. Refused
    for one's own hours, an empty or too long sentence (140 signs), a question already waiting, and
    from a colleague for confirmed hours; Frozen in a pay run; Stale when they moved.
    """
    row = lock_entry(entry.pk)
    refuse_own(row, actor)
    words = " ".join(sentence.split())
    if row.question == words and row.questioned_by_id == actor.person_id:
        return
    refuse_moved(row, seen_version)
    if not words:
        raise Refused(_("Il manque la question, en une phrase."), field="question")
    if len(words) > 140:
        raise Refused(_("C’est trop long : 140 signes au plus."), field="question")
    if row.question:
        raise Refused(_("Une question est déjà posée. La réponse va venir."))
    if row.is_verified and not actor.is_coordinator:
        raise Refused(_("Ces heures sont déjà confirmées. La coordination peut aider."))
    reopen(row, actor, at, reason="question")
    WorkEntry.objects.filter(pk=row.pk).update(question=words, questioned_by_id=actor.person_id)
    tell(row, _("Question : « %s »") % words, by_person_id=actor.person_id, at=at)


def refuse_own(row: WorkEntry, actor: Actor) -> None:
    """Nobody is the witness of their own hours, from whatever seat."""
    if actor.person_id in (row.enrolment.person_id, row.entered_by_id):
        raise Refused(
            _("On ne confirme pas ses propres heures. C’est une autre personne qui le fait.")
        )
