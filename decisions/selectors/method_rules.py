"""How one counts, method by method, in a sentence for everybody. No query."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from decisions.enums import Method

Rule = Mapping[str, Any]


def majority_rule(rule: Mapping[str, Any]) -> str:
    """ "Le texte est adopté avec au moins 2/3 des voix exprimées." """
    base = {
        "expressed": _("des voix exprimées"),
        "present": _("des personnes qui ont voté"),
        "roll": _("de toute la liste"),
    }[rule["base"]]
    if rule["majority"] == "qualified":
        words = {"share": rule["fraction"], "base": base}
        return _("Le texte est adopté avec au moins %(share)s %(base)s.") % words
    return _("Le texte est adopté avec plus de la moitié %(base)s.") % {"base": base}


RULES: Mapping[Method, Callable[[Rule], str]] = {
    Method.CHOICE: lambda rule: _(
        "Une réponse est adoptée avec plus de la moitié des voix exprimées. Un blanc compte parmi "
        "les personnes qui ont voté, pas parmi les voix exprimées."
    ),
    Method.MAJORITY: lambda rule: (
        majority_rule(rule) + " " + _("Les voix exprimées sont les « pour » et les « contre ».")
    ),
    Method.CONSENT: lambda rule: _(
        "Le texte est adopté si personne ne garde d’objection. Une réserve est écrite, elle ne "
        "bloque pas."
    ),
    Method.JUDGMENT: lambda rule: _(
        "Pour chaque réponse, on range les mentions de la pire à la meilleure. Celle du milieu "
        "compte : le trait noir. La meilleure mention du milieu gagne."
    ),
    Method.APPROVAL: lambda rule: _(
        "Chaque personne coche tout ce qui lui convient. On compte les coches."
    ),
    Method.RANKED: lambda rule: _(
        "On compare les réponses deux par deux. Dans chaque duel, on compte qui met l’une avant "
        "l’autre (méthode de Schulze)."
    ),
    Method.EQUAL_SHARES: lambda rule: _(
        "Chaque personne a la même part de la somme. Un projet est payé quand les personnes qui "
        "l’ont coché peuvent le payer ensemble."
    ),
}
