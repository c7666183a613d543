"""What decisions knows that waits in a cohort: votes to count, keys, minutes, decisions blocked or due."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from ct_platform.kit import clock
from decisions.enums import AssemblyState, OutcomeKind, PollState
from decisions.models import Assembly, Outcome, Poll

# A quorum missed is told until another vote is opened, two months at most.
_RECENT = dt.timedelta(days=60)


def _blocked(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s décision bloquée", "%(n)s décisions bloquées", pile.count)
    text = _("Le groupe a décidé, mais tout n’a pas pu être fait.")
    url = door("decisions:of_cohort", pile)
    return Line("urne", title % {"n": pile.count}, text, url, state=_("À débloquer"), tone="bad")


def _reviews(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s décision à revoir", "%(n)s décisions à revoir", pile.count)
    text = _("Le groupe avait dit qu’il en reparlerait.")
    url = door("decisions:of_cohort", pile)
    return Line("urne", title % {"n": pile.count}, text, url, due_on=pile.due_on)


def _overdue(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s vote à compter", "%(n)s votes à compter", pile.count)
    text = _("L’heure est passée : le vote est fini, pas encore compté.")
    url = door("decisions:poll_of_cohort", pile, poll_id=pile.first_id)
    return Line("urne", title % {"n": pile.count}, text, url, due_on=pile.due_on)


def _announced(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s vote attend ses trois clés", "%(n)s votes attendent leurs trois clés", pile.count
    )
    text = _("Trois personnes prennent chacune leur clé, puis le vote s’ouvre.")
    url = door("decisions:poll_of_cohort", pile, poll_id=pile.first_id)
    return Line("cle", title % {"n": pile.count}, text, url, due_on=pile.due_on)


def _sealed(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s urne scellée à ouvrir", "%(n)s urnes scellées à ouvrir", pile.count)
    text = _("Deux des trois clés ouvrent l’urne ; sans elles le vote est perdu.")
    url = door("decisions:poll_of_cohort", pile, poll_id=pile.first_id)
    return Line("cle", title % {"n": pile.count}, text, url, state=_("À ouvrir"), tone="bad")


def _again(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s vote sans quorum", "%(n)s votes sans quorum", pile.count)
    text = _("Le groupe peut être convoqué de nouveau sur la même question.")
    url = door("decisions:of_cohort", pile)
    return Line(
        "urne", title % {"n": pile.count}, text, url, law=_("Les règles de vote du groupe"),
        state=_("À convoquer"), tone="warn",
    )  # fmt: skip


def _minutes(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s procès-verbal à signer", "%(n)s procès-verbaux à signer", pile.count)
    text = _("La présidence et le secrétariat de l’assemblée signent chacun.")
    url = reverse("decisions:assembly", args=[pile.first_id])
    return Line("stylo", title % {"n": pile.count}, text, url, state=_("À signer"))


def _unanswered_quorum(today: dt.date) -> Any:
    later = Poll.objects.filter(
        proposal=OuterRef("poll__proposal"), round__gt=OuterRef("poll__round")
    )
    since = dt.datetime.combine(today - _RECENT, dt.time(), tzinfo=clock.PARIS)
    return (
        Outcome.objects.filter(kind=OutcomeKind.QUORUM_MISSED, decided_at__gte=since)
        .filter(poll__proposal__withdrawn_at__isnull=True)
        .exclude(Exists(later))
    )


def _ended(today: dt.date) -> Any:
    """Open by state on a day after their end: the clock that closes them has stopped."""
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=clock.PARIS)
    return Poll.objects.open().filter(closes_at__lt=midnight)


_OF_POLL = "proposal__cohort_id"
_CLOSES = TruncDate("closes_at", tzinfo=clock.PARIS)

SOURCES = (
    Source("blocked", 1, lambda today: Outcome.objects.blocked(), _blocked, cohort="cohort_id"),
    Source("overdue_polls", 2, _ended, _overdue, cohort=_OF_POLL, due=lambda today: _CLOSES),
    Source(
        "sealed_urns", 3, lambda today: Poll.objects.filter(state=PollState.CLOSED), _sealed,
        cohort=_OF_POLL,
    ),
    Source(
        "announced_polls", 4, lambda today: Poll.objects.filter(state=PollState.ANNOUNCED), _announced,
        cohort=_OF_POLL, due=lambda today: _CLOSES,
    ),
    Source("quorum", 5, _unanswered_quorum, _again, cohort="cohort_id"),
    Source(
        "minutes_to_sign", 32, lambda today: Assembly.objects.filter(state=AssemblyState.CLOSED),
        _minutes, cohort="cohort_id",
    ),
    Source(
        "reviews", 70, lambda today: Outcome.objects.to_look_at(today), _reviews, cohort="cohort_id",
        due="review_on",
    ),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
