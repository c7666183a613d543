"""What each figure means, in words photographed with it. Changing one changes later reports only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from reports.disclosure import Reason, Thresholds

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Definition:
    """unit: persons, minutes, count, percent or euros. A figure without denominator has none."""

    code: str
    label: "StrPromise"
    unit: str
    definition: "StrPromise"
    numerator: "StrPromise"
    source: "StrPromise"
    denominator: "StrPromise | str" = ""


_ENROLMENTS = _("Parcours des coopérants")
_HOURS = _("Heures notées et confirmées")

_ALL = (
    Definition(
        "people.total",
        _("Personnes entrées"),
        "persons",
        _("Personnes qui ont commencé le parcours, même si elles sont parties ensuite."),
        _("Personnes entrées depuis le premier jour"),
        _ENROLMENTS,
    ),
    Definition(
        "people.completed",
        _("Parcours terminés"),
        "persons",
        _("Personnes restées jusqu’à la fin prévue."),
        _("Parcours terminés"),
        _ENROLMENTS,
        _("Personnes entrées"),
    ),
    Definition(
        "people.active",
        _("Encore en parcours"),
        "persons",
        _("Personnes présentes dans la coopérative le jour du rapport."),
        _("Parcours en cours"),
        _ENROLMENTS,
        _("Personnes entrées"),
    ),
    Definition(
        "people.left",
        _("Parties avant la fin"),
        "persons",
        _("Personnes parties avant la fin prévue, quelle que soit la raison."),
        _("Parcours quittés"),
        _ENROLMENTS,
        _("Personnes entrées"),
    ),
    Definition(
        "work.total",
        _("Heures vérifiées"),
        "minutes",
        _("Heures notées par les coopérants et confirmées par une autre personne."),
        _("Minutes confirmées depuis le premier jour"),
        _HOURS,
    ),
    Definition(
        "work.production",
        _("Production"),
        "minutes",
        _("Produire, vendre, rendre un service."),
        _("Minutes confirmées de production"),
        _HOURS,
        _("Heures vérifiées"),
    ),
    Definition(
        "work.meeting",
        _("Réunions"),
        "minutes",
        _("Se réunir et décider ensemble."),
        _("Minutes confirmées de réunion"),
        _HOURS,
        _("Heures vérifiées"),
    ),
    Definition(
        "work.training",
        _("Formation"),
        "minutes",
        _("Apprendre, avec un formateur ou entre coopérants."),
        _("Minutes confirmées de formation"),
        _HOURS,
        _("Heures vérifiées"),
    ),
    Definition(
        "work.committee",
        _("Commissions"),
        "minutes",
        _("Ressources humaines, marketing, finances."),
        _("Minutes confirmées de commission"),
        _HOURS,
        _("Heures vérifiées"),
    ),
    Definition(
        "weeks.rate",
        _("Semaines déclarées à l’heure"),
        "percent",
        _(
            "Semaines que leur auteur a dites complètes avant la fin du dimanche suivant. "
            "Arrondi à 5 points ; les deux nombres ne sont pas publiés, leur écart montrerait "
            "les semaines de quelques personnes."
        ),
        _("Semaines dites complètes à temps"),
        _("Déclarations de semaine"),
        _("Semaines entières de présence de chaque personne"),
    ),
    Definition(
        "voice.decisions",
        _("Décisions adoptées"),
        "count",
        _("Propositions adoptées par un vote de la coopérative."),
        _("Votes comptés qui ont adopté une proposition"),
        _("Registre des décisions"),
    ),
    Definition(
        "voice.turnout",
        _("Participation médiane"),
        "percent",
        _(
            "La moitié des votes ont réuni au moins cette part des inscrits. Arrondi à 5 points ; "
            "une valeur médiane ne désigne aucun vote."
        ),
        _("Personnes qui ont voté, bulletins blancs compris"),
        _("Registre des décisions"),
        _("Personnes inscrites, liste figée à l’ouverture du vote"),
    ),
    Definition(
        "money.sales",
        _("Ventes payées"),
        "euros",
        _("Ventes encaissées par la coopérative hôte, hors TVA, au jour du paiement."),
        _("Somme des ventes payées, hors TVA"),
        _("Ventes des activités"),
    ),
    Definition(
        "money.expenses",
        _("Dépenses"),
        "euros",
        _("Achats faits pour les activités, hors TVA."),
        _("Somme des dépenses, hors TVA"),
        _("Dépenses des activités"),
    ),
    Definition(
        "money.pot",
        _("Pot commun partagé"),
        "euros",
        _(
            "Ventes payées, moins dépenses, contribution de la coopérative hôte et réserve votée : "
            "ce que le groupe a partagé dans les paies émises, cotisations comprises."
        ),
        _("Somme des parts des paies émises"),
        _("Paies émises"),
    ),
    Definition(
        "money.paid",
        _("Payé aux personnes"),
        "euros",
        _("Net à payer avant impôt des bulletins émis."),
        _("Somme des nets à payer avant impôt"),
        _("Bulletins émis"),
    ),
    Definition(
        "proof.attestations",
        _("Attestations remises"),
        "count",
        _(
            "Attestations de participation valables. Arrondi à 5 près : le nombre exact, à côté "
            "des personnes entrées, montrerait celles qui n’en ont pas."
        ),
        _("Attestations de participation valables"),
        _("Papiers émis"),
    ),
)
DEFINITIONS: dict[str, Definition] = {one.code: one for one in _ALL}


def why(reason: Reason, rules: Thresholds) -> str:
    """Say why figures are masked, without saying which way they miss the limit."""
    match reason:
        case Reason.SMALL:
            return now(
                "Moins de %(k)s personnes sont derrière ce chiffre, ou une seule en fait presque "
                "tout : on pourrait la reconnaître."
            ) % {"k": rules.total}
        case Reason.AMOUNT:
            return now(
                "Moins de %(k)s personnes ont été payées, ou une seule a presque tout reçu : on "
                "pourrait connaître sa paie."
            ) % {"k": rules.amount}
        case Reason.CELLS:
            return now(
                "Ces cases sont masquées ensemble. L’une au moins concerne moins de %(k)s "
                "personnes : on pourrait reconnaître quelqu’un. Les autres le sont par ricochet : "
                "sinon, une soustraction donnerait le chiffre caché."
            ) % {"k": rules.breakdown}
        case Reason.CHANGE:
            return now(
                "Depuis un rapport déjà remis, ce chiffre a changé pour trop peu de personnes : "
                "la différence entre les deux rapports les montrerait."
            )
        case Reason.RATE:
            return now(
                "Il faut au moins %(base)s semaines ou %(votes)s votes, et %(k)s personnes, pour "
                "un pourcentage qui ne montre personne."
            ) % {"base": rules.rate_base, "votes": rules.votes, "k": rules.breakdown}
        case Reason.REPORTS:
            return now(
                "Moins de trois rapports de coopératives donnent ce chiffre : leur somme "
                "montrerait l’une d’elles."
            )
