"""The words that a CAPE begins with when its host has written none: a careful reading of the law.

Each host replaces them by its own (cohorts.models.ContractTerms), and each contract may change them.
Where the law leaves a choice the words say what most cohorts do: nothing is bought in one's own name,
no contribution beyond what the group's pay shows, no remuneration outside the shared pot.
"""

from collections.abc import Mapping

from cohorts.enums.contracts import ContractKind

Written = Mapping[str, Mapping[str, str]]

CAPE_POINTS: Written = {
    "1": {
        "text": "La personne suit le programme de la coopérative de territoire : semaine d’intégration, "
        "construction du projet, formation à la gestion, puis essai d’activité avec le groupe. Elle "
        "prend part aux réunions où le groupe décide. La coopérative hôte apporte une aide suivie : "
        "accompagnement du groupe, appui de gestion, contrôle des devis et des factures.",
        "more": "La personne tient les rendez-vous de suivi et remet les pièces de son activité. La "
        "coopérative hôte poursuit son appui, facture et encaisse au nom de la coopérative, jusqu’au "
        "terme du contrat.",
    },
    "2": {
        "text": "Un local d’activité, le matériel du groupe, un outil de gestion et les conseils de "
        "l’équipe d’accompagnement. Ces moyens servent aux activités décidées par le groupe et sont "
        "rendus à la fin du contrat. Tout changement est écrit dans un avenant.",
    },
    "3": {
        "text": "La coopérative hôte prend sur les ventes de la coopérative la contribution votée ou "
        "fixée par ses réglages, la même pour tous, montrée sur chaque paie. Rien d’autre n’est demandé "
        "à la personne. Tout changement est écrit dans un avenant.",
    },
    "4": {
        "text": "La personne ne signe seule aucun achat, emprunt, bail ou abonnement. Un achat pour le "
        "groupe suit la décision du groupe et l’accord de la coopérative hôte.",
        "more": "La coopérative hôte répond des engagements pris pour le programme, avec son accord.",
        "amount": "0.00",
    },
    "5": {
        "text": "Si une activité est immatriculée, la personne donne ses comptes chaque mois à la "
        "coopérative hôte. Jusque-là, la coopérative hôte tient les comptes du groupe et les montre.",
    },
    "6": {
        "text": "Chacun peut mettre fin au contrat par écrit, après un entretien, avec un délai de quinze "
        "jours. Le délai tombe si la personne commence un emploi à temps complet ou une formation, ou "
        "si les deux sont d’accord.",
    },
    "7": {
        "text": "La personne reçoit la part que la règle de partage votée par le groupe lui donne, "
        "versée par la coopérative hôte après chaque paie. Il n’y a pas de montant garanti.",
    },
    "8": {
        "text": "Tant qu’aucune activité n’est immatriculée, les cotisations sont payées par la "
        "coopérative hôte et comptées dans le coût de la part. Après, elles lui sont rendues pour leur "
        "montant exact, sur relevé, chaque trimestre.",
    },
}
DEFAULTS: Mapping[str, Written] = {ContractKind.CAPE: CAPE_POINTS}
