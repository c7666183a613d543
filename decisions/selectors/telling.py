"""What a count says: one sentence, why, and the figures. No query."""

from dataclasses import replace

from django.utils.translation import gettext as _

from decisions.enums import Method, OutcomeKind
from decisions.models import Outcome, Poll, PollOption
from decisions.selectors.figures import FIGURES
from decisions.selectors.method_rules import RULES
from decisions.selectors.told import Counted, Told, counted_of, listed


def tell(outcome: Outcome, poll: Poll, options: list[PollOption]) -> Told:
    counted = counted_of(outcome, poll, options)
    method = Method(poll.method)
    rule = RULES[method](poll.rule)
    if "detail" not in outcome.tally:
        return Told(_headline(counted), rule=rule)
    told = FIGURES[method](counted)
    why = "" if counted.kind == OutcomeKind.QUORUM_MISSED else told.why
    if outcome.tally.get("tie_break") and why:
        why = f"{why} " + _("Il y avait égalité : le sort, promis à l’ouverture, a décidé.")
    return replace(told, headline=_headline(counted), why=why, rule=rule)


def _headline(counted: Counted) -> str:
    method, winners = Method(counted.poll.method), counted.winners
    match counted.kind:
        case OutcomeKind.QUORUM_MISSED:
            return _("Il manque des voix. Le vote ne compte pas.")
        case OutcomeKind.ADOPTED if method == Method.EQUAL_SHARES:
            return _("Le groupe paie %(labels)s.") % {"labels": listed(winners)}
        case OutcomeKind.ADOPTED:
            return _("Le groupe a dit oui.")
        case OutcomeKind.ELECTED:
            return _("Le groupe a choisi %(labels)s.") % {"labels": listed(winners)}
        case OutcomeKind.OBJECTED:
            return _("Une objection reste. Le texte n’est pas adopté.")
        case OutcomeKind.REJECTED:
            return _("Le groupe n’a pas adopté ce texte.")
        case OutcomeKind.TIE:
            return _("Égalité. Rien n’est encore choisi.")
    return {
        Method.CHOICE: _("Aucune réponse n’a plus de la moitié des voix."),
        Method.JUDGMENT: _("Aucune réponse n’a une assez bonne mention."),
        Method.APPROVAL: _("Aucune réponse n’est cochée par assez de personnes."),
        Method.EQUAL_SHARES: _("Rien n’est payé. L’argent reste."),
    }.get(method, _("Aucune réponse n’est choisie."))
