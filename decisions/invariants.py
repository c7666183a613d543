"""What must always be true of votes; `check_consistency` asks."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import F
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from decisions.enums import PollState
from decisions.models import Ballot, Elector, Outcome, Poll
from decisions.rules.roll import roll_hash
from decisions.services.outcomes import recount, tally_of, votes_by_code


def _ballots_are_of_the_poll() -> Iterator[str]:
    """A ballot's elector and option are of one poll; the foreign key keeps it on the roll."""
    strays = Ballot.objects.filter(option__isnull=False).exclude(
        option__poll_id=F("elector__poll_id")
    )
    for ballot in strays.select_related("elector"):
        yield _("Vote %(poll)s : un bulletin porte la réponse d’un autre vote.") % {
            "poll": ballot.elector.poll_id
        }


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
    """Recounts every counted poll: a handful of queries each."""
    outcomes = Outcome.objects.select_related("poll__statutes", "poll__proposal", "winner")
    for outcome in outcomes.order_by("pk").iterator():
        verdict = recount(outcome.poll)
        winner = outcome.winner.code if outcome.winner else None
        same = outcome.tally == tally_of(verdict, votes_by_code(outcome.poll))
        if not same or (outcome.kind, winner) != (verdict.kind, verdict.winner):
            yield _("Décision n° %(n)s (cohorte %(c)s) : recompter donne un autre résultat.") % {
                "n": outcome.number,
                "c": outcome.cohort_id,
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
