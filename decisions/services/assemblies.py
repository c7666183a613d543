"""An assembly from its convening to its closing. What is signed afterwards is in minutes.py."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.models import TransitionLog
from decisions.enums import ASSEMBLY_ALLOWED, AssemblyState, Channel, PollState, Presence
from decisions.models import AgendaItem, Assembly, AssemblyAttendance, Elector, Proposal
from decisions.rules.proxies import SENTENCES, refusals
from decisions.selectors.statutes import statutes_in_force
from decisions.services.agenda import next_position, take_up_open_polls
from decisions.services.locks import lock_poll
from decisions.services.notices import notify_convened

BEFORE_CLOSING = (AssemblyState.CONVENED, AssemblyState.OPEN)
HELD = (AssemblyState.OPEN, AssemblyState.CLOSED)


@transaction.atomic
def convene(
    *,
    cohort: Cohort,
    starts_at: dt.datetime,
    place: str,
    word: str = "",
    proposals: Sequence[Proposal] = (),
    points: Sequence[str] = (),
    actor: Actor,
    at: dt.datetime,
) -> Assembly:
    """Convene an assembly with its agenda: the proposals to decide, then free points.

    Raises Refused: a beginning in the past, an empty agenda, a proposal of another cohort.
    """
    refuse_archived(cohort)
    titles = [point.strip() for point in points if point.strip()]
    if starts_at <= at:
        raise Refused(_("Ce moment est déjà passé."), field="day")
    if not proposals and not titles:
        raise Refused(_("Écrivez au moins un point à l’ordre du jour."), field="points")
    if any(one.cohort_id != cohort.pk for one in proposals):
        raise Refused(_("Cette proposition n’est pas de cette cohorte."), field="proposals")
    assembly: Assembly = Assembly.objects.create(
        cohort=cohort,
        starts_at=starts_at,
        place=place.strip(),
        word=word.strip(),
        convened_by_id=actor.person_id,
        convened_at=at,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(assembly=assembly, position=position, title=title[:140], proposal=proposal)
        for position, (title, proposal) in enumerate(
            [*((one.title, one) for one in proposals), *((title, None) for title in titles)], 1
        )
    )
    notify_convened(assembly=assembly, at=at)
    return assembly


@transaction.atomic
def note_attendance(
    *,
    assembly: Assembly,
    present: Collection[int],
    represented: Mapping[int, int],
    observers: str = "",
) -> Assembly:
    """Write who is here: enrolments `present`, `represented` (who → by whom), the others absent.

    Raises Refused: somebody of another cohort, present and represented at once, represented by
    somebody absent, or by more than the statutes let one person carry; Frozen once it is closed.
    """
    locked = lock_assembly(assembly)
    if locked.state not in BEFORE_CLOSING:
        raise Frozen(_("L’assemblée est levée : la feuille de présence ne change plus."))
    here = _of_cohort(locked)
    if not set(present) | set(represented) <= here:
        raise Refused(_("Cette personne n’est pas de la coopérative."))
    statutes = statutes_in_force(locked.cohort_id, civil_day(locked.starts_at))
    most = statutes.proxies_per_holder if statutes else 1
    reasons = refusals(represented.items(), here, most)
    if reasons:
        raise Refused(SENTENCES[next(iter(reasons.values()))])
    if set(represented) & set(present) or not set(represented.values()) <= set(present):
        raise Refused(_("Une personne absente est représentée par une personne présente."))
    if locked.state == AssemblyState.OPEN and not {locked.chair_id, locked.secretary_id} <= set(
        present
    ):
        raise Refused(_("La présidence et le secrétariat sont présents."))
    for enrolment_id in here:
        AssemblyAttendance.objects.update_or_create(
            assembly=locked,
            enrolment_id=enrolment_id,
            defaults={
                "presence": _presence(enrolment_id, present, represented),
                "represented_by_id": represented.get(enrolment_id),
            },
        )
    locked.observers = observers.strip()
    locked.save(update_fields=["observers"])
    return locked


@transaction.atomic
def open_assembly(
    *, assembly: Assembly, chair_id: int, secretary_id: int, actor: Actor, at: dt.datetime
) -> Assembly:
    """Open it under a chair and a secretary, two people who are present (enrolments).

    Votes under way on its proposals become its own. Opening twice changes nothing. Raises Refused.
    """
    locked = lock_assembly(assembly)
    if locked.state == AssemblyState.OPEN:
        return locked
    if chair_id == secretary_id:
        raise Refused(_("La présidence et le secrétariat sont deux personnes."), field="secretary")
    table = locked.attendances.filter(
        enrolment_id__in=[chair_id, secretary_id], presence=Presence.PRESENT
    )
    if table.count() != 2:
        raise Refused(_("La présidence et le secrétariat sont présents."), field="chair")
    states.move(
        locked,
        AssemblyState.OPEN,
        allowed=ASSEMBLY_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        opened_at=at,
        chair_id=chair_id,
        secretary_id=secretary_id,
    )
    take_up_open_polls(locked)
    return locked


@transaction.atomic
def write_debate(
    *,
    assembly: Assembly,
    said: Mapping[int, str],
    papers_shown: str = "",
    incidents: str = "",
    new_point: str = "",
) -> Assembly:
    """Write what was said on each point (by key), what was shown, what went wrong.

    `new_point`: one more, asked for in the room. Possible until the first of the two signs. Raises
    Frozen afterwards, Refused before opening.
    """
    locked = lock_assembly(assembly)
    if locked.state not in HELD:
        raise Refused(_("L’assemblée n’est pas en cours."))
    if locked.signatures.exists():
        raise Frozen(_("Le procès-verbal est signé : il ne change plus."))
    for point in locked.agenda.all():
        point.debate = said.get(point.pk, point.debate).strip()
        point.save(update_fields=["debate"])
    if new_point.strip():
        AgendaItem.objects.create(
            assembly=locked, position=next_position(locked), title=new_point.strip()
        )
    locked.papers_shown, locked.incidents = papers_shown.strip(), incidents.strip()
    locked.save(update_fields=["papers_shown", "incidents"])
    return locked


@transaction.atomic
def close_assembly(*, assembly: Assembly, actor: Actor, at: dt.datetime) -> Assembly:
    """Close it; its votes may end later, its attendance no longer changes. Twice changes nothing."""
    locked = lock_assembly(assembly)
    if locked.state in (AssemblyState.CLOSED, AssemblyState.SIGNED):
        return locked
    states.move(
        locked,
        AssemblyState.CLOSED,
        allowed=ASSEMBLY_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        closed_at=at,
    )
    return locked


@transaction.atomic
def leave_open(*, point: AgendaItem, actor: Actor, at: dt.datetime) -> AgendaItem:
    """Let a vote that ends later go on without its assembly, so that the minutes may be signed.

    From then on only ballots make its quorum; another assembly may take it up. Twice is once.
    Raises Refused: no open vote on this point, its hour has passed, people ticked whose hands are
    not counted, an assembly that is not held; Frozen once somebody signed.
    """
    locked = lock_assembly(point.assembly)
    found: AgendaItem = locked.agenda.select_related("left_open").get(pk=point.pk)
    if found.left_open is not None:
        return found
    if locked.state not in HELD:
        raise Refused(_("L’assemblée n’est pas en cours."))
    if locked.signatures.exists():
        raise Frozen(_("Le procès-verbal est signé : il ne change plus."))
    poll = lock_poll(found.poll) if found.poll is not None else None
    if poll is None or poll.state != PollState.OPEN:
        raise Refused(_("Ce point n’a pas de vote ouvert."))
    if at >= poll.closes_at:
        raise Refused(_("L’heure de ce vote est passée : comptez-le d’abord."))
    if Elector.objects.filter(poll=poll, channel=Channel.ROOM, used=False).exists():
        raise Refused(
            _("Des personnes sont cochées dans la salle : comptez les mains, ou décochez.")
        )
    found.poll, found.left_open = None, poll
    found.save(update_fields=["poll", "left_open"])
    TransitionLog.objects.create(
        model=found._meta.label_lower,
        row_id=found.pk,
        old="here",
        new="left_open",
        by_person_id=actor.person_id,
        at=at,
    )
    return found


@transaction.atomic
def cancel_assembly(*, assembly: Assembly, actor: Actor, at: dt.datetime) -> Assembly:
    """Call off an assembly that has not begun. Raises Refused once it has."""
    locked = lock_assembly(assembly)
    if locked.state != AssemblyState.CANCELLED:
        states.move(
            locked,
            AssemblyState.CANCELLED,
            allowed=ASSEMBLY_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
        )
    return locked


def lock_assembly(assembly: Assembly) -> Assembly:
    locked: Assembly = Assembly.objects.select_for_update().get(pk=assembly.pk)
    return locked


def _of_cohort(assembly: Assembly) -> set[int]:
    """Who may be on the sheet: in the cohort now, or already written on it."""
    now = Enrolment.objects.filter(cohort_id=assembly.cohort_id).exclude(state=EnrolmentState.LEFT)
    noted = assembly.attendances.values_list("enrolment_id", flat=True)
    return set(now.values_list("pk", flat=True)) | set(noted)


def _presence(
    enrolment_id: int, present: Collection[int], represented: Mapping[int, int]
) -> Presence:
    if enrolment_id in present:
        return Presence.PRESENT
    return Presence.REPRESENTED if enrolment_id in represented else Presence.ABSENT
