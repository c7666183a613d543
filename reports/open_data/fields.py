"""The columns of the open files, said once: the header, the schema and the readme come from here.

Table Schema is what schema.data.gouv.fr and Validata read.
"""

from dataclasses import dataclass, field
from typing import Any

UNITS = {
    "persons": "personnes", "minutes": "minutes", "count": "nombre", "percent": "pourcent", "euros": "euros",
}  # fmt: skip
STATES = {"shown": "exact", "about": "arrondi", "masked": "masque"}
LATER = "a-venir"
BOUNDS = {"least": "au-moins", "most": "au-plus"}


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `always`: never empty."""

    name: str
    type: str
    title: str
    description: str
    example: str
    always: bool = False
    rules: dict[str, Any] = field(default_factory=dict)

    def schema(self) -> dict[str, Any]:
        constraints = {"required": self.always, **self.rules}
        return {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "description": self.description,
            "example": self.example,
            "constraints": constraints,
        }


DATA = (
    Field("annee", "integer", "Année", "Année où les coopératives comptées se sont terminées.", "2025",
          always=True, rules={"minimum": 2000, "maximum": 2100}),
    Field("perimetre", "string", "Périmètre", "Tout le réseau, ou un territoire. Le réseau est la somme de tous "
          "ses territoires, y compris ceux qui ont trop peu de coopératives pour être dits seuls.",
          "territoire", always=True, rules={"enum": ["reseau", "territoire"]}),
    Field("territoire", "string", "Territoire", "Nom du territoire ; vide pour le réseau.", "Le Plateau"),
    Field("code_quartier", "string", "Code du quartier", "Code du quartier prioritaire, s’il en est un.",
          "QN09901"),
    Field("departement", "string", "Département", "Code du département ; vide pour le réseau.", "99"),
    Field("cooperatives", "integer", "Coopératives", "Nombre de coopératives comptées : trois au moins.", "4",
          always=True, rules={"minimum": 3}),
    Field("tableau", "string", "Tableau", "Groupe de chiffres auquel celui-ci appartient.", "exit", always=True),
    Field("code", "string", "Code du chiffre", "Nom stable du chiffre ; ses mots sont dans definitions.csv.",
          "exit.durable", always=True),
    Field("libelle", "string", "Chiffre", "Nom du chiffre en français.", "Emploi durable", always=True),
    Field("unite", "string", "Unité", "Unité de la valeur ; vide pour un tableau à venir.", "personnes",
          rules={"enum": list(UNITS.values())}),
    Field("etat", "string", "État", "exact, arrondi, masque (la valeur existe et n’est pas publiée) ou a-venir (pas "
          "encore connue).", "exact", always=True, rules={"enum": [*STATES.values(), LATER]}),
    Field("valeur", "number", "Valeur", "Point décimal. Vide si l’état est masque ou a-venir : ce n’est pas zéro.",
          "12"),
    Field("borne", "string", "Borne", "au-moins ou au-plus : la vraie valeur va au-delà.", "au-moins",
          rules={"enum": list(BOUNDS.values())}),
    Field("numerateur", "integer", "Numérateur", "Pour un pourcentage : le nombre divisé.", "12"),
    Field("denominateur", "integer", "Dénominateur", "Pour un pourcentage : le nombre par lequel on divise.", "40"),
    Field("arrete_le", "date", "Arrêté le", "Jour où le chiffre a été arrêté, ou à partir duquel il sera connu.",
          "2026-02-16", always=True),
    Field("motif", "string", "Motif", "Pourquoi la valeur est masquée.", ""),
)  # fmt: skip
DATA_KEY = ("annee", "perimetre", "territoire", "code")
DEFINITIONS = (
    Field("tableau", "string", "Tableau", "Groupe de chiffres.", "exit", always=True),
    Field("code", "string", "Code du chiffre", "Le même que dans donnees.csv.", "exit.durable", always=True,
          rules={"unique": True}),
    Field("libelle", "string", "Chiffre", "Nom du chiffre en français.", "Emploi durable", always=True),
    Field("unite", "string", "Unité", "Unité de la valeur.", "personnes", always=True,
          rules={"enum": list(UNITS.values())}),
    Field("definition", "string", "Définition", "Ce que le chiffre veut dire.", ""),
    Field("numerateur", "string", "Numérateur", "Ce qui est compté.", ""),
    Field("denominateur", "string", "Dénominateur", "Sur quoi.", ""),
    Field("source", "string", "Source", "D’où il vient.", ""),
)  # fmt: skip


def table_schema(fields: tuple[Field, ...], key: tuple[str, ...]) -> dict[str, Any]:
    return {
        "fields": [one.schema() for one in fields],
        "primaryKey": list(key),
        "missingValues": [""],
    }
