"""The eight points that a CAPE must settle in writing, and what counts as an answer. Pure.

Source: C. com. R127-1, 1° to 8°. The 1st distinguishes before and after the start of the activity; the
4th wants a maximum amount and says who bears the commitments in the end.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """`more`: the label of a second text that the law asks for, or "". `amount`: its label, or ""."""

    number: int
    title: str
    asks: str
    more: str = ""
    amount: str = ""
    amount_is_needed: bool = False


POINTS = (
    Point(
        1,
        "Programme et engagements",
        "Le programme de préparation, et ce à quoi chacun s’engage, jusqu’au début de l’activité.",
        more="Après le début de l’activité",
    ),
    Point(
        2,
        "Moyens mis à disposition",
        "Nature et conditions d’usage des moyens, et leur évolution pendant le contrat.",
        amount="Valeur des moyens, s’ils se chiffrent (€)",
    ),
    Point(
        3,
        "Contribution à la coopérative hôte",
        "Mode de calcul ou forfait de ce que prend la coopérative hôte, et son évolution.",
        amount="Part forfaitaire, s’il y en a une (€)",
    ),
    Point(
        4,
        "Engagements envers des tiers",
        "Nature et conditions des engagements que la personne peut prendre pendant le contrat.",
        more="Qui en a la charge à la fin",
        amount="Montant maximal des engagements (€)",
        amount_is_needed=True,
    ),
    Point(
        5,
        "Informations comptables",
        "Comment, et à quel rythme, les comptes sont donnés après le début de l’activité.",
    ),
    Point(6, "Fin anticipée", "Comment le contrat peut finir avant son terme."),
    Point(
        7,
        "Rémunération avant le début de l’activité",
        "Calcul, versement et montant, ou bien qu’il n’y en a pas.",
        amount="Montant, s’il est fixe (€)",
    ),
    Point(
        8,
        "Cotisations sociales",
        "Comment les cotisations payées par la coopérative hôte lui sont rendues après le début de "
        "l’activité.",
    ),
)
NUMBERS = frozenset(point.number for point in POINTS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written for one point: texts, euros, and whether a document is attached."""

    text: str = ""
    more: str = ""
    amount: Decimal | None = None
    has_file: bool = False


def lacks(point: Point, answer: Answer | None) -> str:
    """What a point still lacks, in French; "" when it is answered.

    A document may stand for the words, never for the maximum amount of the 4th.
    """
    if answer is None or not (answer.text.strip() or answer.has_file):
        return "rien n’est écrit"
    if point.more and not (answer.more.strip() or answer.has_file):
        return f"il manque « {point.more} »"
    if point.amount_is_needed and answer.amount is None:
        return "il manque le montant maximal"
    return ""


def missing_points(answers: Mapping[int, Answer]) -> list[tuple[Point, str]]:
    """The points that are not answered, each with what it lacks, in the order of the article."""
    return [(point, lack) for point in POINTS if (lack := lacks(point, answers.get(point.number)))]


def numbers_of(points: Collection[tuple[Point, str]]) -> str:
    """ "1°, 4° et 8°"."""
    names = [f"{point.number}°" for point, _lack in points]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
