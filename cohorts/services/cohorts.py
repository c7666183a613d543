"""The life of a cohort: cut from the template, edited, moved from one state to the next."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts import rules
from cohorts.cohort_template import THREE_TO_SIX_MONTHS, CohortTemplate
from cohorts.enums import COHORT_ALLOWED, ENROLMENT_ALLOWED, CohortState, EnrolmentState
from cohorts.enums.contracts import ContractState
from cohorts.models import Cohort, Contract, Enrolment, Organisation, Phase, Programme
from cohorts.rules import DateFault
from cohorts.services.closing import refuse_archived, refuse_unsettled
from cohorts.services.follow_ups import plan
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.states import move


@dataclass(frozen=True, slots=True)
class CohortWishes:
    """What a coordinator says of a cohort; dates are inclusive."""

    name: str
    pitch: str
    programme: Programme
    host: Organisation
    starts_on: dt.date
    ends_on: dt.date
    seats: int
    eu_funded: bool = False
    sells: str = ""
    hidden_from_site: bool = False


class CohortChanged(Stale):
    """Somebody saved the cohort since this form was opened; `current` is what they saved."""

    def __init__(self, current: Cohort) -> None:
        super().__init__(
            _(
                "Quelqu’un a modifié cette coopérative pendant que vous écriviez. Rien n’est perdu : "
                "comparez, gardez ce qui est juste, puis enregistrez."
            )
        )
        self.current = current


@transaction.atomic
def create_cohort(
    *,
    wishes: CohortWishes,
    actor: Actor,
    at: dt.datetime,
    template: CohortTemplate = THREE_TO_SIX_MONTHS,
) -> Cohort:
    """Create a draft in the coordinator's territory, with the template's dated phases.

    Raises Refused beside the field at fault: length outside what its programme allows (both days
    counted), end before start, start too far away, another host's programme, one that is closed, name
    already taken in the territory.
    """
    _check_programme(wishes)
    _check_length(wishes)
    _check_start(wishes, civil_day(at))
    if actor.territory_id is None:
        raise Refused(_("Une coopérative se crée depuis la coordination d’un territoire."))
    with _refusing_name():
        cohort = Cohort.objects.create(
            territory_id=actor.territory_id,
            programme=wishes.programme,
            host=wishes.host,
            name=wishes.name,
            pitch=wishes.pitch,
            starts_on=wishes.starts_on,
            ends_on=wishes.ends_on,
            seats=wishes.seats,
            eu_funded=wishes.eu_funded,
            sells=wishes.sells,
            hidden_from_site=wishes.hidden_from_site,
        )
    _lay_phases(cohort, template)
    return cohort


@transaction.atomic
def edit_cohort(
    *, cohort: Cohort, wishes: CohortWishes, seen_version: int, actor: Actor, at: dt.datetime
) -> Cohort:
    """Save a cohort as wished, if nobody did since version `seen_version` was read.

    New dates lay the phases anew; before the start, the votes and contracts that followed the old
    dates follow the new ones. Raises CohortChanged when somebody saved in between (nothing is
    written), Refused beside the field at fault.
    """
    current = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    refuse_archived(current)
    if current.version != seen_version:
        raise CohortChanged(current)
    if wishes.programme.pk != current.programme_id:
        _check_new_programme(current, wishes)
    _check_length(wishes)
    moved = (wishes.starts_on, wishes.ends_on) != (current.starts_on, current.ends_on)
    if moved:
        _check_new_dates(current, wishes, civil_day(at))
    if wishes.host.pk != current.host_id and current.state != CohortState.DRAFT:
        raise Refused(
            _("La coopérative hôte ne change plus une fois le recrutement ouvert."), field="host"
        )
    if wishes.host.pk != current.host_id:
        _check_programme(wishes, kept=wishes.programme.pk == current.programme_id)
    with _refusing_name():
        Cohort.objects.filter(pk=current.pk).update(
            name=wishes.name,
            pitch=wishes.pitch,
            programme=wishes.programme,
            host=wishes.host,
            starts_on=wishes.starts_on,
            ends_on=wishes.ends_on,
            seats=wishes.seats,
            eu_funded=wishes.eu_funded,
            sells=wishes.sells,
            hidden_from_site=wishes.hidden_from_site,
            version=F("version") + 1,
        )
    saved = Cohort.objects.get(pk=current.pk)
    if moved:
        _lay_phases(saved, THREE_TO_SIX_MONTHS)
        if _is_before_start(current):
            _follow(current, saved)
    return saved


@contextmanager
def _refusing_name() -> Iterator[None]:
    """A taken name, said beside the name. Checked by the database: two may create at once."""
    try:
        with refusing(Cohort):
            yield
    except Refused as refusal:
        raise Refused(str(refusal), field="name") from refusal


def _check_programme(wishes: CohortWishes, *, kept: bool = False) -> None:
    programme = wishes.programme
    if programme.closed_on is not None and not kept:
        raise Refused(_("Ce programme n’est plus proposé."), field="programme")
    if programme.organisation_id not in (None, wishes.host.pk):
        raise Refused(_("Ce programme est celui d’une autre coopérative hôte."), field="programme")


def _check_new_programme(current: Cohort, wishes: CohortWishes) -> None:
    """People apply to a programme: its ages and its length do not change under their feet."""
    if current.state != CohortState.DRAFT:
        raise Refused(
            _("Le programme ne change plus une fois le recrutement ouvert."), field="programme"
        )
    _check_programme(wishes)


def _check_length(wishes: CohortWishes) -> None:
    first, last, programme = wishes.starts_on, wishes.ends_on, wishes.programme
    match rules.duration_fault(first, last, programme.bounds):
        case DateFault.ENDS_BEFORE_START:
            raise Refused(_("Le dernier jour vient avant le premier."), field="ends_on")
        case DateFault.TOO_SHORT | DateFault.TOO_LONG:
            raise Refused(
                _(
                    "%(programme)s : de %(shortest)d à %(longest)d jours. "
                    "Du %(first)s au %(last)s, il y a %(days)d jours."
                )
                % {
                    "programme": programme.name,
                    "shortest": programme.shortest_days,
                    "longest": programme.longest_days,
                    "first": format_day(first),
                    "last": format_day(last),
                    "days": rules.days_between(first, last),
                },
                field="ends_on",
            )


def _check_start(wishes: CohortWishes, today: dt.date) -> None:
    match rules.start_fault(wishes.starts_on, today, wishes.programme.bounds):
        case DateFault.TOO_OLD:
            raise Refused(
                _(
                    "Ce premier jour est trop ancien : une coopérative commencée ce jour-là est finie."
                ),
                field="starts_on",
            )
        case DateFault.TOO_FAR:
            raise Refused(
                _("Ce premier jour est dans plus de deux ans. Vérifiez l’année."), field="starts_on"
            )


def _check_new_dates(current: Cohort, wishes: CohortWishes, today: dt.date) -> None:
    if _is_before_start(current):
        _check_start(wishes, today)
        return
    if wishes.starts_on != current.starts_on:
        raise Refused(
            _("La coopérative a commencé : son premier jour ne change plus."), field="starts_on"
        )
    if wishes.ends_on != current.ends_on and wishes.ends_on < today:
        raise Refused(_("Ce dernier jour est déjà passé."), field="ends_on")


def _is_before_start(cohort: Cohort) -> bool:
    return cohort.state in (CohortState.DRAFT, CohortState.RECRUITING)


def _lay_phases(cohort: Cohort, template: CohortTemplate) -> None:
    cohort.phases.all().delete()
    Phase.objects.bulk_create(
        Phase(cohort=cohort, kind=phase.kind, starts_on=phase.starts_on, ends_on=phase.ends_on)
        for phase in rules.dated_phases(template.phases, cohort.starts_on, cohort.ends_on)
    )


def _follow(old: Cohort, new: Cohort) -> None:
    """Before the start who followed the old dates follows the new ones; an issued contract keeps its own.

    A date of its own is kept when it still stands inside, else it follows the cohort too.
    """
    contracts = Contract.objects.of_cohort(new.pk).in_state(ContractState.DRAFT)
    enrolments = Enrolment.objects.of_cohort(new.pk)
    enrolments.filter(votes_from=old.starts_on).update(votes_from=new.starts_on)
    enrolments.filter(votes_from__lt=new.starts_on).update(votes_from=new.starts_on)
    enrolments.filter(votes_from__gt=new.ends_on).update(votes_from=new.starts_on)
    contracts.filter(starts_on=old.starts_on, ends_on=old.ends_on).update(
        starts_on=new.starts_on, ends_on=new.ends_on
    )


def _go(cohort: Cohort, to: CohortState, *, actor: Actor, at: dt.datetime) -> bool:
    """Move the cohort; False when it is already there (a second tap)."""
    if cohort.state == to:
        return False
    move(cohort, to, allowed=COHORT_ALLOWED, by_person_id=actor.person_id, at=at)
    return True


@transaction.atomic
def open_recruitment(*, cohort: Cohort, actor: Actor, at: dt.datetime) -> None:
    """Show the cohort as recruiting on the public site."""
    _go(cohort, CohortState.RECRUITING, actor=actor, at=at)


@transaction.atomic
def start_cohort(*, cohort: Cohort, actor: Actor, at: dt.datetime) -> None:
    """Begin the cycle. Raises Refused while nobody is in the cohort."""
    if cohort.state == CohortState.RECRUITING and not cohort.enrolments.active().exists():
        raise Refused(
            _("Personne n’est encore dans la coopérative. Ajoutez des personnes d’abord.")
        )
    _go(cohort, CohortState.RUNNING, actor=actor, at=at)


@transaction.atomic
def begin_closing(*, cohort: Cohort, actor: Actor, at: dt.datetime) -> None:
    """Nobody enters any more; accounts, last pay and papers are being settled."""
    _go(cohort, CohortState.CLOSING, actor=actor, at=at)


@transaction.atomic
def archive_cohort(*, cohort: Cohort, actor: Actor, at: dt.datetime) -> None:
    """End the cohort: who was still in has completed, and nothing changes any more.

    Raises Refused before the last day, and while a check of the closing blocks or waits for a reason.
    The row is held: what is settled when it is looked at is settled when it is archived.
    """
    held: Cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if held.state == CohortState.CLOSING:
        if civil_day(at) < held.ends_on:
            raise Refused(
                _("La coopérative va jusqu’au %(day)s. Elle s’archive ce jour-là ou après.")
                % {"day": format_day(held.ends_on)}
            )
        refuse_unsettled(cohort=held, day=civil_day(at))
    if not _go(held, CohortState.ARCHIVED, actor=actor, at=at):
        return
    cohort.refresh_from_db(fields=["state"])
    for enrolment in held.enrolments.active():
        move(
            enrolment,
            EnrolmentState.COMPLETED,
            allowed=ENROLMENT_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
        )
        plan(enrolment=enrolment, by_person_id=actor.person_id, at=at)


STEPS = {
    CohortState.RECRUITING: open_recruitment,
    CohortState.RUNNING: start_cohort,
    CohortState.CLOSING: begin_closing,
    CohortState.ARCHIVED: archive_cohort,
}
