"""What may follow a vote that adopted nothing, said before anybody opens it."""

from django.utils.translation import gettext as _

from decisions.enums import Method, OutcomeKind
from decisions.models import Ballot, Outcome, Poll
from decisions.rules.consent import OPEN
from decisions.selectors.method_rules import majority_rule


def next_step(poll: Poll, outcome: Outcome) -> str:
    """One sentence; empty when something was adopted. No query."""
    if outcome.is_adopted:
        return ""
    if poll.method == Method.CONSENT:
        return _consent(poll, outcome)
    match outcome.kind:
        case OutcomeKind.REJECTED:
            return _("Pour revoter, il faut d’abord changer le texte.")
        case OutcomeKind.TIE:
            return _("On peut revoter entre les réponses à égalité.")
        case OutcomeKind.QUORUM_MISSED:
            return _("On peut revoter sur la même question.")
    return _("On peut ouvrir un nouveau tour.")


def objection_stands(poll: Poll) -> bool:
    """Whether somebody's objection was counted and was not taken back since. One query."""
    objections = Ballot.objects.filter(
        elector__poll=poll, content__voice="objection", content__state=OPEN
    )
    return objections.filter(lifted_at__isnull=True).exists()


def stuck_sentence(outcome: Outcome) -> str:
    """Why another round waits for another text."""
    if outcome.kind == OutcomeKind.OBJECTED:
        return _(
            "Une objection reste. Changez le texte avant de revoter, ou attendez que son auteur "
            "la retire."
        )
    return _("Le groupe n’a pas adopté ce texte. Il faut l’écrire autrement avant de revoter.")


def _consent(poll: Poll, outcome: Outcome) -> str:
    rule = poll.rule
    words = {"round": rule["round"] + 1, "rounds": rule["max_rounds"]}
    match outcome.tally.get("detail", {}).get("next"):
        case "new_round":
            said = _("On en parle, on change le texte, puis tour %(round)s sur %(rounds)s.") % words
        case "fallback":
            said = (
                _("Les %(rounds)s tours sont faits. Le prochain vote est pour ou contre.") % words
            )
            said += " " + majority_rule(rule["fallback"])
        case _:
            said = _("Les tours sont finis. Rien n’est adopté.")
    return said
