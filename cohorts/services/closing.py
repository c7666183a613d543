"""Closing a cohort: explaining what stays missing, and refusing the archive until all is settled."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import closing
from cohorts.enums import CohortState
from cohorts.enums.closing import Severity
from cohorts.models import ClosingReason, Cohort
from cohorts.selectors.closing import closing_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.rules import clean_text

LONGEST_REASON = 300


@transaction.atomic
def explain_missing(
    *, cohort: Cohort, code: str, reason: str, actor: Actor, at: dt.datetime
) -> ClosingReason | None:
    """Write why the cohort may be archived although this stays missing; None when nothing is.

    The reason holds for what is missing now: something more, later, asks for another one. The same
    words for the same things are written once. Raises Refused: unknown check, one that no reason
    passes, no reason, archived cohort.
    """
    held: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    refuse_archived(held)
    check = closing.find(code)
    if check is None:
        raise Refused(_("Cette vérification n’existe pas."))
    if check.severity == Severity.BLOCKS:
        raise Refused(_("Ceci se règle avant l’archive : aucune raison ne le remplace."))
    said = clean_text(reason)
    if not said:
        raise Refused(_("Écrivez la raison : on la relira."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("La raison tient en 300 signes."), field="reason")
    found = closing_of(held, civil_day(at)).of(code)
    if found is None or found.is_settled:
        return None
    missing = sorted(one.key for one in found.lines)
    if found.reason and (found.reason.reason, found.reason.missing) == (said, missing):
        return found.reason
    return ClosingReason.objects.create(
        cohort=held,
        check_code=code,
        reason=said,
        missing=missing,
        written_by_id=actor.person_id,
        written_at=at,
    )


def refuse_unsettled(*, cohort: Cohort, day: dt.date) -> None:
    """Raises Refused, naming them, while checks block or wait for a reason. The caller holds the cohort."""
    waiting = closing_of(cohort, day).in_the_way
    if waiting:
        raise Refused(
            _("Avant d’archiver, il reste à régler ou à expliquer : %(titles)s.")
            % {"titles": " ; ".join(str(one.check.title) for one in waiting)}
        )


def refuse_archived(cohort: Cohort) -> None:
    """The sentence of every act on an archived cohort that has none of its own."""
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(archived_sentence())


def archived_sentence() -> str:
    return _("Cette coopérative est archivée : on la lit, et plus rien n’y change.")
