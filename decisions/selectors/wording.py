"""A ballot, a rule, a grade in French words, the same everywhere. No query."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.money import euros, from_cents
from decisions.enums import Method

Content = Mapping[str, Any]


def grades(number: int = 5) -> tuple[str, ...]:
    """The words of the grades, worst first; figures when the rule has not five of them."""
    words = (_("À rejeter"), _("Passable"), _("Assez bien"), _("Bien"), _("Très bien"))
    return words if number == len(words) else tuple(str(grade) for grade in range(number))


def majority_words() -> dict[str, str]:
    return {"for": _("Pour"), "against": _("Contre"), "abstain": _("Abstention")}


def consent_words() -> dict[str, str]:
    return {
        "consent": _("Je consens"),
        "concern": _("Je consens, avec une réserve"),
        "objection": _("Je fais une objection"),
        "abstain": _("Je m’abstiens"),
    }


def objection_words() -> dict[str, str]:
    return {
        "open": _("objection maintenue"),
        "withdrawn": _("objection retirée"),
        "integrated": _("objection prise en compte"),
    }


def in_words(method: str, content: Content, labels: Mapping[str, str]) -> tuple[str, ...]:
    """One ballot, a line for each thing it says. `labels`: of the options, by code, in order."""
    if content.get("blank"):
        return (_("Blanc"),)
    match Method(method):
        case Method.CHOICE:
            return (labels[content["choice"]],)
        case Method.MAJORITY:
            return (majority_words()[content["choice"]],)
        case Method.CONSENT:
            return _consent(content)
        case Method.JUDGMENT:
            return _judgment(content["grades"], labels)
        case Method.RANKED:
            return _ranking(content["ranking"], labels)
        case _:
            named = tuple(labels[code] for code in content["approve"])
            return named or (_("Aucune de ces réponses"),)


def _consent(content: Content) -> tuple[str, ...]:
    said = consent_words()[content["voice"]]
    state = content.get("state", "open")
    if state != "open":
        said = f"{said} ({objection_words()[state]})"
    text = content.get("text", "")
    return (said, f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»") if text else (said,)


def _judgment(given: Mapping[str, int], labels: Mapping[str, str]) -> tuple[str, ...]:
    words = grades()
    return tuple(
        _("%(label)s : %(grade)s") % {"label": label, "grade": words[given.get(code, 0)]}
        for code, label in labels.items()
    )


def _ranking(places: Sequence[Sequence[str]], labels: Mapping[str, str]) -> tuple[str, ...]:
    ranked = [
        _("%(place)s : %(labels)s")
        % {"place": place(number), "labels": ", ".join(labels[code] for code in tied)}
        for number, tied in enumerate(places, start=1)
    ]
    named = {code for tied in places for code in tied}
    last = [label for code, label in labels.items() if code not in named]
    if last:
        ranked.append(_("Sans place : %(labels)s") % {"labels": ", ".join(last)})
    return tuple(ranked)


def order_in_words(places: Sequence[Sequence[str]], labels: Mapping[str, str]) -> str:
    """ "La serre, puis la balance = l’enseigne": one ranking on one line, ties joined."""
    return _(", puis ").join(" = ".join(labels[code] for code in tied) for tied in places)


def place(number: int) -> str:
    """ "1re place", "2e place"."""
    return _("1re place") if number == 1 else _("%(number)se place") % {"number": number}


def equal_shares_example(label: str, cost: int, budget: int) -> str:
    """One use of this vote, as ten people would pay it. Amounts in cents."""
    people = 10
    asked = max(1, -(-cost * people // budget))
    return _(
        "Si %(people)s personnes votent, chacune a %(part)s. « %(label)s » coûte %(cost)s : "
        "il faut au moins %(asked)s personnes qui le cochent."
    ) % {
        "people": people,
        "part": euros(from_cents(budget // people)),
        "label": label,
        "cost": euros(from_cents(cost)),
        "asked": asked,
    }
