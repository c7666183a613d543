"""Writing the next version of a part of a file. The enrolment is held, so that two do not interleave."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from cohorts.models import Contract, Enrolment, EntrySituation
from cohorts.models.entry_file import FileVersion
from cohorts.perms.entry_files import can_correct_file, can_write_file
from cohorts.rules.files import entry_day, is_frozen
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused

Version = TypeVar("Version", bound=FileVersion)
SHORTEST_REASON = 5


def hold(enrolment: Enrolment, actor: Actor) -> Enrolment:
    """The enrolment, locked until the end of the transaction. Raises Refused when the seat may not."""
    held: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("cohort__territory", "person")
        .get(pk=enrolment.pk)
    )
    if not can_write_file(actor, held):
        raise Refused(_("Ce dossier ne peut plus être modifié d’ici."))
    return held


def current(model: type[Version], enrolment: Enrolment) -> Version | None:
    rows = model._default_manager.filter(enrolment_id=enrolment.pk)
    return cast(Version | None, rows.order_by("-number").first())


def follow(
    model: type[Version],
    *,
    enrolment: Enrolment,
    before: Version | None,
    columns: Mapping[str, Any],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Version:
    """Write the version after `before`."""
    made = model._default_manager.create(
        enrolment=enrolment,
        number=before.number + 1 if before else 1,
        written_by_id=actor.person_id,
        written_at=at,
        reason=reason.strip(),
        **columns,
    )
    return cast(Version, made)


def require_correction(enrolment: Enrolment, actor: Actor, reason: str) -> None:
    """An answer given stands after the entry: who coordinates corrects it, and says why."""
    if not can_correct_file(actor, enrolment):
        raise Refused(
            _(
                "Ces réponses sont figées depuis l’entrée. Demande à ta coordination de les corriger."
            )
        )
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(
            _("L’entrée est passée : dites pourquoi cette réponse est corrigée."), field="reason"
        )


def entered_on(enrolment: Enrolment, today: dt.date) -> dt.date:
    """The day a file speaks of: once it is past, no contract moves it any more. Two queries at most."""
    written = current(EntrySituation, enrolment)
    if written is not None and is_frozen(written.entered_on, today):
        return written.entered_on
    starts = Contract.objects.filter(enrolment=enrolment).values_list("starts_on", flat=True)
    return entry_day(list(starts), enrolment.cohort.starts_on, enrolment.cohort.ends_on)
