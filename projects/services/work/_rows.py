"""What every act on hours begins with: rows under lock, and the line of history it ends with.

Locks are always taken in the same order, the person's enrolment then the entries by key, so that
two acts never wait for each other in a circle.
"""

import datetime as dt

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.clock import format_minutes
from ct_platform.kit.errors import Frozen, Refused, Stale
from projects.models import WorkChange, WorkEntry


def lock_enrolment(enrolment_id: int) -> Enrolment:
    """The enrolment under lock: one act at a time on the hours of a person."""
    enrolment: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort__programme", "person")
        .get(pk=enrolment_id)
    )
    return enrolment


def lock_entry(entry_id: int) -> WorkEntry:
    """The entry under lock, as it is now.

    Raises Frozen when a pay run holds it, Refused when its author struck it out, or while somebody
    else wrote it and the person concerned has not said yes (see `offers`).
    """
    entry: WorkEntry = (
        WorkEntry.objects.select_for_update(of=("self",))
        .select_related("enrolment__cohort", "enrolment__person", "project", "confirmed_by")
        .get(pk=entry_id)
    )
    refuse_locked(entry)
    if entry.is_withdrawn:
        raise Refused(_("Ces heures ont été retirées."))
    if entry.is_offered:
        name = entry.enrolment.person.called
        raise Refused(_("Ces heures attendent d’abord la réponse de %s.") % name)
    return entry


def refuse_locked(entry: WorkEntry) -> None:
    if entry.is_locked:
        raise Frozen(
            _(
                "Ces heures sont dans une paie. Elles ne changent plus. Un oubli va dans la prochaine paie."
            )
        )


def refuse_moved(entry: WorkEntry, seen: int | None) -> None:
    """Stale when the hours changed after the page was shown: nobody confirms what they did not read."""
    if seen is not None and entry.version != seen:
        raise Stale(_("Ces heures viennent de changer. La page montre maintenant les nouvelles."))


def describe(entry: WorkEntry) -> str:
    """ "3 h 30, Cuisine, La Grande Marmite"."""
    return f"{format_minutes(entry.minutes)}, {entry.work_label}"


def tell(entry: WorkEntry, sentence: str, *, by_person_id: int, at: dt.datetime) -> None:
    """Add one line to the history that everybody of the cohort may read."""
    WorkChange.objects.create(entry=entry, at=at, by_id=by_person_id, sentence=sentence)
