"""A list of people: read, shown, then confirmed once, whole or not at all."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import IMPORT_ALLOWED, ContractKind, ImportState
from cohorts.importing.checks import CohortDays, judge_form, read_people
from cohorts.importing.columns import COLUMNS
from cohorts.importing.reading import read_table
from cohorts.importing.rows import ReadFile, Row
from cohorts.models import Cohort, EnrolmentImport
from cohorts.selectors.contract_terms import proposed
from cohorts.selectors.preview import Preview, PreviewRow, preview_of
from cohorts.services.closing import refuse_archived
from cohorts.services.enrolments import Entrance, complete_person, enter_cohort, person_from
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move
from members.models import Person

# Once decided, a list keeps its counts and no longer anybody's name.
_FORGOTTEN = ReadFile([]).as_json()


def start_import(*, cohort: Cohort, name: str, content: bytes, actor: Actor) -> EnrolmentImport:
    """Read a file and keep what was read until somebody confirms it. Nobody is enrolled.

    Raises FileRefused (a Refused beside the field "file") when the file cannot be read as a list.
    """
    refuse_archived(cohort)
    read = read_people(read_table(name, content), _days_of(cohort))
    return _keep(cohort, name, read, actor)


def start_from_form(*, cohort: Cohort, values: dict[str, str], actor: Actor) -> EnrolmentImport:
    """One person typed in a form: the same path as a file of one row.

    `values` by column code, as cohorts.importing.rows.Row keeps them. Raises Refused beside the
    field at fault.
    """
    row = judge_form(values, _days_of(cohort))
    if row.errors:
        reason = row.errors[0].reason
        raise Refused(reason[0].upper() + reason[1:], field=_field_at_fault(row))
    return _keep(cohort, _("saisie d’une personne"), ReadFile([row]), actor)


@transaction.atomic
def enter_one(
    *, cohort: Cohort, values: dict[str, str], actor: Actor, at: dt.datetime
) -> EnrolmentImport:
    """Enrol one person typed in a form, at once unless they may be somebody already known.

    The import given back is confirmed, or still a draft whose preview asks the question. Raises
    Refused beside the field at fault.
    """
    found = start_from_form(cohort=cohort, values=values, actor=actor)
    preview = preview_of(found, cohort, actor)
    if preview.to_decide:
        return found
    return confirm_import(enrolment_import=found, choices={}, seen=preview.seen, actor=actor, at=at)


def _field_at_fault(row: Row) -> str | None:
    label = row.errors[0].column
    return next((column.code for column in COLUMNS if str(column.label) == label), None)


def _days_of(cohort: Cohort) -> CohortDays:
    programme = cohort.programme
    return CohortDays(
        cohort.starts_on,
        cohort.ends_on,
        programme.bounds,
        programme.name,
        proposed(cohort.host_id, ContractKind.CAPE, cohort.starts_on).minors_allowed,
    )


def _keep(cohort: Cohort, name: str, read: ReadFile, actor: Actor) -> EnrolmentImport:
    return EnrolmentImport.objects.create(
        cohort=cohort, filename=name[-200:], rows=read.as_json(), uploaded_by_id=actor.person_id
    )


@transaction.atomic
def confirm_import(
    *,
    enrolment_import: EnrolmentImport,
    choices: Mapping[int, str],
    seen: str,
    actor: Actor,
    at: dt.datetime,
) -> EnrolmentImport:
    """Enrol everybody of a list, all or nothing; a second confirmation changes nothing.

    `choices` says by row number who the row is: "new", "person:<id>" or "row:<number>", among what
    the preview offered; a row not named keeps its default. `seen` is the fingerprint of the preview
    that was read. Raises Stale when the preview would now say something else, Refused while errors
    remain, when two rows are the same person or when the list was discarded, LookupError for a
    choice that was never offered.
    """
    # Everybody who enrols in this cohort passes here: two lists at once cannot both miss a duplicate.
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=enrolment_import.cohort_id)
    enrolment_import.refresh_from_db()
    if enrolment_import.state == ImportState.CONFIRMED:
        return enrolment_import
    if enrolment_import.state == ImportState.DISCARDED:
        raise Refused(_("Cette liste a été abandonnée. Importez-la à nouveau."))
    preview = preview_of(enrolment_import, cohort, actor)
    _check_still_true(preview, seen)
    counts = _enrol(cohort, preview, choices, actor, at)
    move(
        enrolment_import,
        ImportState.CONFIRMED,
        allowed=IMPORT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        confirmed_at=at,
        rows=_FORGOTTEN,
        **counts,
    )
    return enrolment_import


def _check_still_true(preview: Preview, seen: str) -> None:
    if not preview.can_confirm:
        raise Refused(_("Corrigez les erreurs dans le tableau, puis importez-le à nouveau."))
    if preview.seen != seen:
        raise Stale(
            _(
                "La cohorte a changé depuis que cette page est ouverte. Relisez-la avant de confirmer."
            )
        )


def _enrol(
    cohort: Cohort, preview: Preview, choices: Mapping[int, str], actor: Actor, at: dt.datetime
) -> dict[str, Any]:
    in_order = sorted(preview.rows, key=lambda one: one.number)
    offers = [(one, one.offer(choices.get(one.number, one.default))) for one in in_order]
    known_ids = _distinct(
        [(one, offer.person_id) for one, offer in offers if offer and offer.person_id]
    )
    persons = {
        person.pk: person for person in Person.objects.visible_to(actor).filter(pk__in=known_ids)
    }
    entrances, created, skipped = [], 0, 0
    for one, offer in offers:
        if offer is None:
            entrances.append(Entrance(person_from(row=one.row, at=at), one.row))
            created += 1
        elif offer.person_id is None or offer.is_enrolled:
            skipped += 1
        else:
            person = persons[offer.person_id]
            complete_person(person=person, row=one.row, actor=actor, at=at)
            entrances.append(Entrance(person, one.row))
    enter_cohort(cohort=cohort, entrances=entrances, at=at)
    return {
        "created_count": created,
        "matched_count": len(entrances) - created,
        "skipped_count": skipped,
    }


def _distinct(chosen: list[tuple[PreviewRow, int]]) -> list[int]:
    first_row: dict[int, int] = {}
    for one, person_id in chosen:
        if person_id in first_row:
            raise Refused(
                _(
                    "Les lignes %(first)d et %(second)d désignent la même personne. Changez l’une des deux."
                )
                % {"first": first_row[person_id], "second": one.number}
            )
        first_row[person_id] = one.number
    return list(first_row)


@transaction.atomic
def discard_import(*, enrolment_import: EnrolmentImport, actor: Actor, at: dt.datetime) -> None:
    """Put a list aside for good. Discarding it twice changes nothing; a confirmed one is Refused."""
    if enrolment_import.state == ImportState.DISCARDED:
        return
    if enrolment_import.state == ImportState.CONFIRMED:
        raise Refused(_("Cette liste est déjà confirmée : les personnes sont dans la cohorte."))
    move(
        enrolment_import,
        ImportState.DISCARDED,
        allowed=IMPORT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        rows=_FORGOTTEN,
    )
