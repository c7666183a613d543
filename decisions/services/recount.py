"""The ballots of a counted vote as a file that anyone may count again, naming nobody."""

from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from decisions.models import Outcome, Poll
from decisions.selectors.files import aggregate_of, grouped
from decisions.services.counting import Document, ballots_document, open_ballots


def recount_file(poll: Poll) -> Document:
    """The `ct-ballots/1` of a counted poll: open ballots grouped, secret ones as sums. Writes nothing.

    Raises Refused: not counted yet (the lot's nonce is still a promise), or a secret vote whose
    counts may not be published.
    """
    outcome = Outcome.objects.filter(poll=poll).first()
    if outcome is None or not poll.is_counted:
        raise Refused(_("Ce vote n’est pas encore compté."))
    if not poll.is_secret:
        document = ballots_document(poll, open_ballots(poll))
        return document | {"ballots": grouped(document["ballots"])}
    sums = aggregate_of(poll, outcome)
    if sums is None:
        raise Refused(_("Vote secret : ses nombres de voix ne se publient pas."))
    document = ballots_document(poll, ())
    rest: dict[str, Any] = {key: document[key] for key in document if key != "ballots"}
    return rest | {
        "aggregate": sums,
        "cast": outcome.tally["cast"],
        "blank": outcome.tally["blank"],
    }
