"""The roll of a poll: who votes on the day it opens, and what is frozen with it."""

import datetime as dt
import secrets
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.enums import POLL_ALLOWED, Method, PollState, TieRule
from decisions.models import Elector, Poll, Statutes
from decisions.rules import lot, publication, quorum
from decisions.rules.roll import roll_hash
from decisions.selectors.lots import seal_nonce
from decisions.selectors.secrecy import why_not_offered
from decisions.services import agenda
from decisions.services.notices import announce_opening
from decisions.services.proxies import bind_proxies

# A typing mistake in the year must not keep a question open for ever.
LONGEST = dt.timedelta(days=31)


def start(*, poll: Poll, statutes: Statutes, actor: Actor, at: dt.datetime, **keys: Any) -> Poll:
    """Write the roll of the day and open a draft (`keys`: what closes the urn of a sealed poll).

    Raises Refused: nobody may vote, or a secret poll on a roll of under five. `keys` may also push
    the end of a poll whose keys came late.
    """
    voters = voters_of(poll, statutes, civil_day(at))
    if not voters:
        raise Refused(_("Personne ne peut encore voter dans cette cohorte."))
    require_secrecy(poll.secrecy, len(voters))
    Elector.objects.bulk_create(Elector(poll=poll, enrolment_id=voter) for voter in voters)
    bind_proxies(poll=poll, statutes=statutes, at=at)
    agenda.take_up(poll)
    needed = quorum.for_poll(
        statutes.quorum_numerator,
        statutes.quorum_denominator,
        len(voters),
        secret=poll.is_secret,
    )
    states.move(
        poll,
        PollState.OPEN,
        allowed=POLL_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        opened_at=at,
        statutes=statutes,
        quorum=f"{needed}/{len(voters)}",
        roll_hash=roll_hash(poll.pk, voters),
        **_lot(poll, statutes),
        **keys,
    )
    announce_opening(poll=poll, at=at)
    return poll


def require_secrecy(secrecy: str, roll: int) -> None:
    """Raises Refused: a level this house cannot keep, or a secret vote on a roll of under five."""
    why = why_not_offered(secrecy)
    if why:
        raise Refused(why, field="secrecy")
    if not publication.may_open(secrecy, roll):
        raise Refused(
            _("Un vote secret demande cinq personnes au moins sur la liste."), field="secrecy"
        )


def voters_of(poll: Poll, statutes: Statutes, day: dt.date) -> list[int]:
    """Who votes: everybody entitled on that day, but the person concerned if the statutes say so."""
    entitled = Enrolment.objects.filter(cohort_id=poll.proposal.cohort_id).entitled_to_vote(day)
    voters = entitled.order_by("pk").values_list("pk", flat=True)
    effect = effects.get(poll.proposal.effect_code)
    away = frozenset() if statutes.concerned_vote else effect.concerned(poll.effect_settings)
    return [voter for voter in voters if voter not in away]


def _lot(poll: Poll, statutes: Statutes) -> dict[str, str]:
    """The promise of a lot: its hash for everybody, its nonce sealed until the count.

    Equal shares may always need one to choose between equal uses.
    """
    if statutes.tie_rule != TieRule.LOT and poll.method != Method.EQUAL_SHARES:
        return {}
    nonce = secrets.token_hex(16)
    return {"lot_commitment": lot.commitment(nonce), "lot_nonce": seal_nonce(poll, nonce)}


def check_end(closes_at: dt.datetime, statutes: Statutes, at: dt.datetime) -> None:
    """Raises Refused: past, sooner than the notice of the statutes, or more than 31 days away."""
    if closes_at <= at:
        raise Refused(_("La fin du vote est déjà passée."), field="closes_on")
    if closes_at < at + dt.timedelta(hours=statutes.notice_hours):
        raise Refused(
            _("Vos statuts demandent %(hours)s heures au moins entre l’ouverture et la fin.")
            % {"hours": statutes.notice_hours},
            field="closes_on",
        )
    if closes_at > at + LONGEST:
        raise Refused(_("Un vote dure 31 jours au plus."), field="closes_on")
