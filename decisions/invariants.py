"""What must always be true of votes; `check_consistency` asks."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from decisions.enums import Channel, PollState, RoomCountKind, Secrecy
from decisions.models import Ballot, Elector, Outcome, Poll, RoomCount, UrnBallot
from decisions.rules import tally
from decisions.rules.roll import roll_hash
from decisions.selectors.urns import HOLDERS, WAITED_FOR, void_reason
from decisions.services import urn
from decisions.services.counting import counted, open_ballots


def _ballots_are_of_the_poll() -> Iterator[str]:
    """A named ballot is one of its poll, and its voter is marked; the foreign key keeps it on the roll."""
    ballots = Ballot.objects.select_related("elector__poll").order_by("pk")
    for ballot in ballots.prefetch_related("elector__poll__options").iterator(chunk_size=500):
        poll = ballot.elector.poll
        try:
            tally.check_ballot(
                method=poll.method,
                options=[option.code for option in poll.options.all()],
                rule=poll.rule,
                ballot=ballot.content,
                casting=False,
            )
        except tally.BadBallots:
            yield _("Vote %(poll)s : un bulletin n’est pas de ce vote.") % {"poll": poll.pk}
        if poll.is_secret or not ballot.elector.used:
            yield _("Vote %(poll)s : un bulletin porte un nom de trop.") % {"poll": poll.pk}


def _roll_is_the_frozen_one() -> Iterator[str]:
    rolls = Elector.objects.order_by("poll_id", "enrolment_id").values_list(
        "poll_id", "enrolment_id"
    )
    found = {
        poll: roll_hash(poll, [enrolment for _poll, enrolment in lines])
        for poll, lines in groupby(rolls, key=itemgetter(0))
    }
    opened = Poll.objects.exclude(state=PollState.DRAFT).filter(opened_at__isnull=False)
    for poll_id, kept in opened.order_by("pk").values_list("pk", "roll_hash"):
        if found.get(poll_id) != kept:
            yield _("Vote %(poll)s : la liste n’est plus celle de l’ouverture.") % {"poll": poll_id}


def _tally_is_the_recount() -> Iterator[str]:
    """Recounts every open poll, and the secret ones whose urn still stands: a handful of queries each.

    A sealed urn needs its keys: nobody recounts it alone.
    """
    outcomes = Outcome.objects.exclude(poll__secrecy=Secrecy.SEALED)
    readable = outcomes.filter(poll__urn_wiped_at__isnull=True).select_related("poll", "winner")
    for outcome in readable.order_by("pk").iterator():
        poll = outcome.poll
        try:
            again = counted(poll, urn.read(poll) if poll.is_secret else open_ballots(poll))
        except urn.UrnBroken as broken:
            yield _("Vote %(poll)s : %(why)s") % {"poll": poll.pk, "why": broken}
            continue
        winner = [outcome.winner.code] if outcome.winner else []
        same = outcome.tally == again and outcome.kind == again["outcome"]
        if not same or (len(again["winners"]) == 1 and winner != again["winners"]):
            yield _("Décision n° %(n)s (cohorte %(c)s) : recompter donne un autre résultat.") % {
                "n": outcome.number,
                "c": outcome.cohort_id,
            }


def _urns_are_full() -> Iterator[str]:
    """As many ballots as used votes, until the urn is wiped; then none at all."""
    ballots = UrnBallot.objects.filter(poll=OuterRef("pk")).order_by().values("poll")
    voted = Elector.objects.filter(poll=OuterRef("pk"), used=True).order_by().values("poll")
    number = {"output_field": IntegerField()}
    polls = Poll.objects.annotate(
        inside=Coalesce(Subquery(ballots.annotate(n=Count("pk")).values("n"), **number), 0),
        voted=Coalesce(Subquery(voted.annotate(n=Count("pk")).values("n"), **number), 0),
    )
    for poll in polls.order_by("pk"):
        due = poll.voted if poll.is_secret and poll.urn_wiped_at is None else 0
        if poll.inside != due:
            yield _("Vote %(poll)s : %(inside)s bulletins dans l’urne pour %(due)s attendus.") % {
                "poll": poll.pk,
                "inside": poll.inside,
                "due": due,
            }


def _sealed_votes_have_their_keys() -> Iterator[str]:
    """Until it is counted, a sealed vote has its three holders: without them its urn never opens."""
    waiting = Poll.objects.filter(secrecy=Secrecy.SEALED, state__in=WAITED_FOR)
    for poll in waiting.annotate(keys=Count("holders")).exclude(keys=HOLDERS).order_by("pk"):
        yield _("Vote %(poll)s : %(n)s clés sur trois. %(why)s") % {
            "poll": poll.pk,
            "n": poll.keys,
            "why": void_reason(),
        }


def _rooms_are_whole() -> Iterator[str]:
    """Hands agreed by two tellers are as many as people ticked for them, papers likewise.

    While a vote is open, ticks wait for their figures; what is agreed already holds.
    """
    agreed = RoomCount.objects.filter(kind=RoomCountKind.PAPER, discarded=False, digest="")
    typings: dict[int, list[tuple[int, int]]] = {}
    for key, number, teller in agreed.values_list("poll_id", "papers", "teller_id"):
        typings.setdefault(key, []).append((number, teller))
    by_hand, on_paper = Q(electors__channel=Channel.ROOM), Q(electors__channel=Channel.PAPER)
    came = Q(electors__used=True)
    polls = Poll.objects.filter(opened_at__isnull=False).annotate(
        ticked=Count("electors", filter=by_hand),
        raised=Count("electors", filter=by_hand & came),
        papers=Count("electors", filter=on_paper & came),
        awaited=Count("electors", filter=(by_hand | on_paper) & ~came),
    )
    for poll in polls.order_by("pk").iterator():
        hands, papers, waiting = sum((poll.room_figures or {}).values()), poll.papers, poll.awaited
        typed = typings.get(poll.pk, [])
        two_agreed = [papers] * 2 == [number for number, _teller in typed]
        whole = (
            poll.raised == hands
            and (poll.room_figures is None or poll.ticked == hands)
            and (not waiting or poll.state in (PollState.OPEN, PollState.CANCELLED))
            and (two_agreed and len({teller for _n, teller in typed}) == 2 if papers else not typed)
        )
        if not whole:
            yield _("Vote %(poll)s : la salle et la liste ne font pas le même compte.") % {
                "poll": poll.pk
            }


def _numbers_have_no_gap() -> Iterator[str]:
    rows = Outcome.objects.order_by("cohort_id", "number").values_list("cohort_id", "number")
    for cohort, lines in groupby(rows, key=itemgetter(0)):
        numbers = [number for _cohort, number in lines]
        if numbers != list(range(1, len(numbers) + 1)):
            yield _("Cohorte %(c)s : les numéros de décision ont un trou.") % {"c": cohort}


def _counted_has_outcome() -> Iterator[str]:
    for poll in Poll.objects.filter(state=PollState.COUNTED, outcome__isnull=True):
        yield _("Vote %(poll)s : compté, mais sans résultat.") % {"poll": poll.pk}
    for outcome in Outcome.objects.exclude(poll__state=PollState.COUNTED):
        yield _("Vote %(poll)s : un résultat, mais pas compté.") % {"poll": outcome.poll_id}


def register_invariants() -> None:
    register(
        Invariant(
            "decisions.ballot_in_poll",
            "Un bulletin porte une réponse de son propre vote.",
            _ballots_are_of_the_poll,
        )
    )
    register(
        Invariant(
            "decisions.roll_frozen",
            "La liste d’un vote est celle de l’ouverture.",
            _roll_is_the_frozen_one,
        )
    )
    register(
        Invariant(
            "decisions.tally_is_recount",
            "Recompter un vote donne le résultat du registre.",
            _tally_is_the_recount,
        )
    )
    register(
        Invariant(
            "decisions.urn_is_full",
            "Une urne secrète a autant de bulletins que de votes.",
            _urns_are_full,
        )
    )
    register(
        Invariant(
            "decisions.sealed_has_keys",
            "Un vote scellé en cours a ses trois clés.",
            _sealed_votes_have_their_keys,
        )
    )
    register(
        Invariant(
            "decisions.room_is_whole",
            "Les mains et les papiers comptés font les personnes cochées.",
            _rooms_are_whole,
        )
    )
    register(
        Invariant(
            "decisions.numbers_gapless",
            "Les décisions d’une cohorte se suivent sans trou.",
            _numbers_have_no_gap,
        )
    )
    register(
        Invariant(
            "decisions.counted_has_outcome",
            "Un vote est compté si et seulement s’il a un résultat.",
            _counted_has_outcome,
        )
    )
