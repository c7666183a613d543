"""Letting somebody back in who lost their phone and their mail: one asks, two decide, a card opens.

Nothing said by who asks proves anything: it only finds who may look. Every step is in the log of
states; what touches a known person is also in their record of accesses (members.AccessRecord).
"""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.recovery import RECOVERY_ALLOWED, UNDERWAY, CardWay, RecoveryState
from cohorts.models import Cohort, Enrolment, RecoveryRequest, Territory
from cohorts.perms import recovery as perms
from cohorts.rules.recovery import CARD_DAYS, Signer, may_sign_second
from cohorts.selectors.recovery import cohorts_to_ask, has_namesake, is_noted_dead
from cohorts.services import recovery_cards, recovery_notices
from cohorts.services.cards import draw_cards
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from members.models import AccessAct, Person
from members.rules import clean_text, search_key
from members.services.access import record_access
from members.services.join_cards import IssuedCard, opens_by_card_only

SUBJECT = "cohorts.recovery"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody at the door says of themselves. `phone` is E.164, `email` in lower case."""

    first_name: str
    last_name: str
    birth_date: dt.date
    said: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the first person of the staff says they did."""

    how: str
    note: str = ""
    saw_namesake: bool = False


@transaction.atomic
def ask(
    *, key: uuid.UUID, asked: Asked, territory: Territory | None, at: dt.datetime
) -> RecoveryRequest:
    """Write a request down and send it to who may know the person; never says whether one does.

    The same words again are counted on the request that waits; other words are another request. The
    work is the same whether the name is known or not. Costs ten queries.
    """
    words = {**asdict(asked), "territory": territory}
    words["search_key"] = search_key(asked.first_name, asked.last_name)
    same: RecoveryRequest | None = RecoveryRequest.objects.received().filter(**words).first()
    if same is not None:
        RecoveryRequest.objects.filter(pk=same.pk).update(repeats=F("repeats") + 1)
        return same
    told = "\x1f".join([str(part) for part in words.values()] + [civil_day(at).isoformat()])
    own = uuid.uuid5(key, told)
    try:
        with transaction.atomic():
            request = RecoveryRequest.objects.create(key=own, **words)
    except IntegrityError:  # the other tap of a double tap was quicker
        return RecoveryRequest.objects.get(key=own)
    request.cohorts.set(cohorts_to_ask(request.identity, territory))
    return request


@transaction.atomic
def route(*, request: RecoveryRequest, territory: Territory) -> None:
    """The operator sends a request that named no place to a territory and its hosts."""
    if not request.is_received:
        raise Refused(_("Cette demande n’attend plus d’être envoyée."))
    RecoveryRequest.objects.filter(pk=request.pk).update(territory=territory)
    request.cohorts.add(*cohorts_to_ask(request.identity, territory))


@transaction.atomic
def check(
    *, request: RecoveryRequest, person: Person, checked: Checked, actor: Actor, at: dt.datetime
) -> RecoveryRequest:
    """Say who this is, having seen them with their identity paper; the old contact is warned now.

    Raises Refused: for oneself, for a person out of sight, whose account a paper may not open (staff,
    second factor, closed), who has nothing to come back to, who has a namesake nobody looked at, or
    for whom another request is underway. Stale when somebody acts on it at the same moment.
    """
    request = _hold(request)
    if not perms.can_check(actor, request):
        raise Stale(_("Cette demande n’attend plus de vérification. Rechargez la page."))
    _require_openable(person, actor, at)
    if has_namesake(person) and not checked.saw_namesake:
        raise Refused(
            _(
                "Deux fiches portent ce nom et cette date de naissance. Regardez bien laquelle est la "
                "bonne, puis cochez la case."
            ),
            field="saw_namesake",
        )
    _let_lapse(person, at)
    with refusing(RecoveryRequest):
        states.move(
            request,
            RecoveryState.CHECKED,
            allowed=RECOVERY_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=checked.how,
            person=person,
            checked_by_id=actor.person_id,
            checked_by_host=actor.is_host,
            checked_at=at,
            checked_how=checked.how,
            check_note=clean_text(checked.note)[:200],
        )
    _record(request, _("identité vérifiée"), actor, at)
    recovery_notices.warn_former_contact(request=request, person=person, at=at)
    return request


@transaction.atomic
def approve(*, request: RecoveryRequest, way: str, actor: Actor, at: dt.datetime) -> IssuedCard:
    """The second person agrees: a card of fourteen days is made, and sent when `way` is a message.

    Returns the card, whose secrets exist only now. Raises Refused for who checked it, for two
    coordinations without the host, for whoever does not see the person, for an account a paper may
    not open; Stale when it was approved, refused or blocked meanwhile.
    """
    request = _hold(request)
    if not request.is_checked or request.person is None or request.checked_by_id is None:
        raise Stale(_("Cette demande n’attend plus d’accord. Rechargez la page."))
    first = Signer(request.checked_by_id, request.checked_by_host)
    if not may_sign_second(first=first, second=perms.signer_of(actor)):
        raise Refused(
            _("L’accord vient d’une autre personne, et l’une des deux est de la coopérative hôte.")
        )
    _require_openable(request.person, actor, at)
    _require_way(request, way)
    card, row = recovery_cards.issue(
        person=request.person, cohort=_cohort_of(request.person, actor), actor=actor, at=at
    )
    with refusing(RecoveryRequest):
        states.move(
            request,
            RecoveryState.APPROVED,
            allowed=RECOVERY_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            approved_by_id=actor.person_id,
            approved_at=at,
            card=row,
            card_way=way,
        )
    _record(request, _("carte accordée"), actor, at)
    if way != CardWay.PAPER:
        recovery_notices.send_card(request=request, card=card, row=row, at=at)
    return card


@transaction.atomic
def renew_card(*, request: RecoveryRequest, way: str, actor: Actor, at: dt.datetime) -> IssuedCard:
    """Make the card again, by one of the two who signed; the one before opens nothing any more."""
    request = _hold(request)
    if request.person is None or request.approved_at is None or not request.is_approved:
        raise Stale(_("Cette carte a servi, ou la demande est close. Rechargez la page."))
    if at >= request.approved_at + dt.timedelta(days=CARD_DAYS):
        raise Refused(_("L’accord est trop ancien. La personne peut demander à nouveau."))
    _require_openable(request.person, actor, at)
    _require_way(request, way)
    card, row = recovery_cards.issue(
        person=request.person, cohort=_cohort_of(request.person, actor), actor=actor, at=at
    )
    RecoveryRequest.objects.filter(pk=request.pk).update(card=row, card_way=way)
    _record(request, _("carte refaite"), actor, at)
    if way != CardWay.PAPER:
        recovery_notices.send_card(request=request, card=card, row=row, at=at)
    return card


class Giving(Protocol):
    """`approve` or `renew_card`."""

    def __call__(
        self, *, request: RecoveryRequest, way: str, actor: Actor, at: dt.datetime
    ) -> IssuedCard: ...


@transaction.atomic
def on_paper(act: Giving, *, request: RecoveryRequest, actor: Actor, at: dt.datetime) -> bytes:
    """Approve or renew, and draw the card in the same transaction: not drawn, it is not made either."""
    card = act(request=request, way=CardWay.PAPER, actor=actor, at=at)
    is_eu = _cohort_of(card.person, actor).eu_funded
    return draw_cards(title=_("Revenir dans ma coopérative"), is_eu=is_eu, issued=[card])


@transaction.atomic
def refuse(*, request: RecoveryRequest, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Say no, with a reason kept among the staff; a card already made opens nothing any more."""
    request = _hold(request)
    words = clean_text(reason)[:200]
    if not words:
        raise Refused(_("Dites pourquoi."), field="reason")
    states.move(
        request,
        RecoveryState.REFUSED,
        allowed=RECOVERY_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=words,
        refused_reason=words,
        closed_at=at,
    )
    recovery_cards.take_back(request, at)
    if request.person_id is not None:
        _record(request, _("demande refusée"), actor, at)


def _hold(request: RecoveryRequest) -> RecoveryRequest:
    """Two who press at once come one after the other."""
    rows = RecoveryRequest.objects.select_for_update(of=("self",)).select_related("person__user")
    held: RecoveryRequest = rows.get(pk=request.pk)
    return held


def _require_openable(person: Person, actor: Actor, at: dt.datetime) -> None:
    if person.pk == actor.person_id:
        raise Refused(_("Personne ne s’ouvre la porte à soi-même."))
    if not Enrolment.objects.visible_to(actor).filter(person=person).exists():
        raise Refused(_("Cette personne n’est pas de vos coopératives."), field="person")
    if not opens_by_card_only(person, at):
        raise Refused(
            _(
                "Ce compte a une place d’équipe ou un second code : une carte ne peut pas l’ouvrir. "
                "Seul l’administrateur du site le peut."
            ),
            field="person",
        )
    if is_noted_dead(person):
        raise Refused(
            _("Ce dossier est clos. Seul l’administrateur du site peut répondre à cette demande."),
            field="person",
        )
    if person.user is not None and not person.user.is_active:
        raise Refused(_("Ce compte est fermé. Il ne s’ouvre plus."), field="person")


def _require_way(request: RecoveryRequest, way: str) -> None:
    if way not in recovery_notices.ways_to(request):
        raise Refused(_("La personne n’a pas donné ce moyen de la joindre."), field="way")


def _cohort_of(person: Person, actor: Actor) -> Cohort:
    """The last one they entered, among those the actor works with."""
    rows = Enrolment.objects.visible_to(actor).filter(person=person)
    found = (
        rows.exclude(state=EnrolmentState.SELECTED)
        .select_related("cohort")
        .order_by("-cohort__starts_on", "-pk")
        .first()
    )
    if found is None:
        raise Refused(_("Cette personne n’est encore entrée nulle part."), field="person")
    cohort: Cohort = found.cohort
    return cohort


def _let_lapse(person: Person, at: dt.datetime) -> None:
    """A card nobody used in its time no longer holds the place of a new request."""
    rows = RecoveryRequest.objects.filter(person=person, state__in=UNDERWAY)
    for old in rows.filter(card__expires_at__lte=at).select_for_update(of=("self",)):
        states.move(
            old,
            RecoveryState.LAPSED,
            allowed=RECOVERY_ALLOWED,
            by_person_id=None,
            at=at,
            closed_at=at,
        )


def _record(request: RecoveryRequest, why: str, actor: Actor, at: dt.datetime) -> None:
    record_access(
        person_ids=[request.person_id],  # type: ignore[list-item] # known once checked
        act=AccessAct.WRITTEN,
        subject=SUBJECT,
        why=_("Demande pour entrer à nouveau : %(what)s") % {"what": why},
        actor=actor,
        at=at,
    )
