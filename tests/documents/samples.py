"""An invented paper of the weight of a pay slip, and the kind that prints it."""

from collections.abc import Mapping
from typing import Any

from ct_platform.kit.actor import SeatKind
from documents.kinds import DocumentKind, PublicFact

SNAPSHOT: dict[str, Any] = {
    "weave": ["ct-leek", "ct-peony", "ct-squash"],
    "issuer": {
        "name": "Coopérative Le Ferment",
        "role": "coopérative hôte",
        "lines": ["12 rue des Halles, 99100 Valbrune", "SIRET 732 829 320 00074 · APE 7022Z"],
        "for": "Coopérative de territoire « Les Racines du Plateau »",
    },
    "who": {"name": "Amina Sarr", "lines": ["8 allée des Tilleuls, 99100 Valbrune"]},
    "facts": [
        ["Période", "du 1er au 31 octobre 2026"],
        ["Payé le", "13 novembre 2026, par virement"],
        ["Nature de la base", "part de l’excédent, pas un temps de travail"],
        ["Contrat", "CAPE, du 7 septembre au 18 décembre 2026"],
        ["Activité", "fleuriste, préparation et vente"],
    ],
    "lines": [
        [f"Cotisation ou contribution n° {n}, Ÿvelines", "300,00", "6,90 %", f"{n},70", f"{n},65"]
        for n in range(1, 24)
    ],
    "steps": [
        ["1. Le pot commun", "5 991,60 €", "ventes − dépenses − part de l’hôte − réserve"],
        ["2. Votre part", "410,42 €", "moitié égal, moitié heures"],
        ["3. Ce que coûte votre part", "410,42 €", "il reste 0,00 €"],
        ["4. Le brut", "300,00 €", "moins 110,42 € payés par la coopérative hôte"],
        ["5. Le net", "249,52 €", "moins 50,48 € retenus pour vous (retraite, CSG)"],
        ["6. À déclarer", "249,52 €", "montant net social, pour novembre 2026"],
    ],
    "net": "249,52 €",
}


def context(snapshot: Mapping[str, Any]) -> Mapping[str, Any]:
    keys = ("weave", "issuer", "who", "facts", "lines", "steps", "net")
    return {key: snapshot.get(key) for key in keys}


def filename(snapshot: Mapping[str, Any]) -> str:
    return f"essai-{snapshot['paper']['number'] or 'sans-numero'}.pdf"


SAMPLE = DocumentKind(
    code="sample",
    label="Papier d’essai",
    template="pdf/sample.html",
    template_version="1",
    context=context,
    filename=filename,
    open_to=frozenset({SeatKind.COORDINATOR, SeatKind.HOST}),
    public_facts=lambda snapshot: [PublicFact("Activité", "fleuriste")],
    icon="paie",
)
