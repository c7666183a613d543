"""The shapes of the API as JSON Schema (2020-12), beside `shapes.py`: tests hold each answer against them."""

from typing import Any

Json = dict[str, Any]


def _object(description: str, /, **properties: Json) -> Json:
    """Every property is always there; later ones may come (see the policy of versions)."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _text(description: str, *, null: bool = False) -> Json:
    return {"type": ["string", "null"] if null else "string", "description": description}


def _number(description: str, *, null: bool = False) -> Json:
    kind = ["integer", "null"] if null else "integer"
    return {"type": kind, "minimum": 0, "description": description}


def _one_of(description: str, *values: str | None) -> Json:
    return {"enum": list(values), "description": description}


def _day(description: str) -> Json:
    return {"type": "string", "format": "date", "description": description}


def _moment(description: str, *, null: bool = False) -> Json:
    return {**_text(description, null=null), "format": "date-time"}


ID = _number("Numéro, le même pour toujours.")
AMOUNT = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
STATES = ("recruiting", "running", "closing", "archived")
UNIT = _one_of("Unité de la valeur.", "personnes", "minutes", "nombre", "pourcent", "euros")

_VALUE = {
    "valeur": {
        "type": ["integer", "string", "null"],
        "description": "Nombre entier ; texte à deux décimales pour des euros ; null si masqué.",
    },
    "borne": _one_of("« au-moins » ou « au-plus » : la vraie valeur va au-delà.", "au-moins", "au-plus", None),
    "texte": _text("La valeur comme on la lit."),
    "motif": _text("Pourquoi elle est masquée ; null sinon.", null=True),
}  # fmt: skip
_WORDS = {
    "code": _text("Nom stable du chiffre : « people.total »."),
    "libelle": _text("Son nom en français."),
    "unite": UNIT,
    "definition": _text("Ce que le chiffre veut dire."),
    "numerateur": _text("Ce qui est compté."),
    "denominateur": _text("Sur quoi ; null s’il n’y en a pas.", null=True),
    "source": _text("D’où il vient."),
}
_COHORT = {
    "id": ID,
    "nom": _text("Nom de la coopérative."),
    "hote": _text("Coopérative d’activité et d’emploi qui l’héberge."),
    "etat": _one_of("Recrute, en cours, en clôture, archivée.", *STATES),
    "premier_jour": _day("Premier jour."),
    "dernier_jour": _day("Dernier jour prévu."),
}
_REPORT = {
    "id": ID,
    "cooperative": ref("Lieu"),
    "territoire": ref("Lieu"),
    "hote": _text("Coopérative hôte, telle que le rapport la nomme."),
    "etat": _one_of("Où en est le rapport.", "envoye", "definitif", "remplace"),
    "du": _day("Premier jour compté."),
    "au": _day("Dernier jour compté."),
    "arrete_le": _day("Jour où les chiffres ont été arrêtés."),
    "fige_le": _moment("Instant du gel."),
    "envoye_le": _moment("Instant de l’envoi."),
    "definitif_le": _moment("Instant où il est devenu définitif ; null avant.", null=True),
    "remplace": _number("Rapport que celui-ci corrige.", null=True),
    "remplace_par": _number("Rapport qui corrige celui-ci.", null=True),
    "raison": _text("Pourquoi il a été corrigé.", null=True),
    "empreinte": _text("sha-256 des chiffres figés."),
}
_YEAR = {
    "id": ID,
    "annee": {"type": "integer", "description": "Année où les coopératives comptées se sont terminées."},
    "jeu": _text("Jeu de tableaux : « impact »."),
    "edition": {"type": "integer", "minimum": 1, "description": "Numéro d’édition."},
    "publie_le": _moment("Instant de la publication."),
    "perimetre": _one_of("Tout le réseau ou un territoire.", "reseau", "territoire"),
    "territoire": {"oneOf": [{"type": "null"}, ref("Lieu")]},
    "cooperatives": _number("Coopératives comptées."),
    "empreinte": _text("sha-256 des chiffres figés."),
}  # fmt: skip

SCHEMAS: dict[str, Json] = {
    "Lieu": _object("Une coopérative ou un territoire.", id=ID, nom=_text("Son nom.")),
    "Cooperative": _object(
        "Une coopérative suivie.",
        **_COHORT,
        territoire=ref("Lieu"),
        dernier_rapport=_number("Son dernier rapport qui fait foi ; null sans rapport.", null=True),
    ),
    "CooperativePublique": _object(
        "Ce que le site public dit d’une coopérative.",
        **_COHORT,
        phrase=_text("Elle, en une phrase."),
        territoire=_object("Son territoire.", id=ID, nom=_text("Nom."), commune=_text("Commune.")),
        metiers=_list(_text("Code du métier.")),
    ),
    "Territoire": _object(
        "Un territoire suivi.",
        id=ID,
        nom=_text("Son nom."),
        type=_one_of("Quartier prioritaire ou territoire rural.", "qpv", "rural"),
        commune=_text("Commune principale."),
        departement=_text("Code du département."),
        code_quartier=_text("Code du quartier prioritaire.", null=True),
        cooperatives_suivies=_number("Coopératives suivies."),
        avec_rapport=_number("Dont celles qui ont un rapport."),
    ),
    "Definition": _object(
        "Un chiffre et ce qu’il veut dire.",
        **_WORDS,
        compare={"type": "boolean", "description": "Comparé entre coopératives d’un territoire."},
    ),
    "Chiffre": _object(
        "Un chiffre d’un rapport, avec les mots du jour où il a été figé.",
        **_WORDS,
        etat=_one_of("Comment il est publié.", "exact", "arrondi", "masque"),
        **_VALUE,
    ),
    "Rapport": _object("Un rapport envoyé.", **_REPORT),
    "RapportEntier": _object(
        "Un rapport et ses chiffres.",
        **_REPORT,
        cofinance_ue={"type": "boolean", "description": "Action cofinancée par l’Union européenne."},
        chiffres=_list(ref("Chiffre")),
        ventes=_object(
            "Ventes payées, hors TVA.",
            mois=_list({"type": "string", "pattern": r"^\d{4}-\d{2}$"}),
            metiers=_list(
                _object("Un métier.", code=_text("Code du métier."), montants=_list(AMOUNT))
            ),
        ),
        mots=_list(
            _object("Mots de la coordination.", partie=_text("À côté de quoi."), texte=_text("Ses mots."))
        ),
    ),
    "PageDeTerritoire": _object(
        "Les coopératives d’un territoire, côte à côte.",
        id=ID,
        nom=_text("Nom du territoire."),
        sans_rapport=_number("Coopératives suivies sans rapport."),
        plus_anciennes=_number("Coopératives trop anciennes pour cette page."),
        cooperatives=_list(
            _object(
                "Une coopérative.",
                id=ID,
                nom=_text("Son nom."),
                rapport=_number("Le rapport lu."),
                arrete_le=_day("Jour de ses chiffres."),
            )
        ),
        chiffres=_list(
            _object(
                "Un chiffre, par coopérative.",
                **_WORDS,
                valeurs=_list(
                    _object(
                        "Ce qu’en dit un rapport.",
                        cooperative=ID,
                        etat=_one_of(
                            "« absent » : le rapport est plus ancien que ce chiffre.",
                            "exact", "arrondi", "masque", "absent",
                        ),
                        **_VALUE,
                    )
                ),
                mediane={
                    "oneOf": [
                        {"type": "null"},
                        _object(
                            "Valeur du milieu, à partir de trois rapports.",
                            valeur={"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
                            texte=_text("Comme on la lit."),
                            rapports=_number("Nombre de rapports."),
                        ),
                    ]
                },
            )
        ),
    ),
    "Bilan": _object("Une année de coopératives réunies.", **_YEAR),
    "BilanEntier": _object(
        "Une année et ses chiffres.",
        **_YEAR,
        noms=_list(_text("Nom d’une coopérative comptée.")),
        chiffres=_list(
            _object(
                "Un chiffre de l’année.",
                **_WORDS,
                etat=_one_of("Comment il est publié.", "exact", "arrondi", "masque"),
                **_VALUE,
                arrete_le=_day("Jour où il a été arrêté."),
                divise=_number("Pour un pourcentage : le nombre divisé.", null=True),
                par=_number("Pour un pourcentage : le nombre par lequel on divise.", null=True),
            )
        ),
        tableaux=_list(
            _object(
                "Un tableau de l’année.",
                code=_text("Son nom stable."),
                libelle=_text("Son nom."),
                masques=_list(_text("Code d’un chiffre masqué.")),
                ensemble_des_masques=_number("Ce que font ensemble les cases masquées.", null=True),
                connu_le={**_text("Jour où il sera connu ; null s’il l’est.", null=True), "format": "date"},
            )
        ),
    ),
    "DonneesOuvertes": _object(
        "Une version des données ouvertes d’une année.",
        annee={"type": "integer", "description": "L’année."},
        version={"type": "integer", "minimum": 1, "description": "Numéro de version."},
        publie_le=_moment("Instant de la publication."),
        raison=_text("Pourquoi cette version ; null pour la première.", null=True),
        fichiers=_list(
            _object(
                "Un fichier.",
                nom=_text("Son nom."),
                adresse={"type": "string", "format": "uri", "description": "Où le prendre."},
                octets=_number("Sa taille."),
                sha256=_text("Son empreinte."),
            )
        ),
    ),
    "Probleme": _object(
        "Un refus (RFC 9457).",
        type=_text("Adresse qui explique ce refus ; stable."),
        title=_text("Ce qui ne va pas."),
        status={"type": "integer", "description": "Le même que celui de la réponse."},
        detail=_text("Une phrase pour la personne qui lit."),
    ),
}  # fmt: skip


def page_of(name: str) -> Json:
    return _object(
        "Une page d’une liste.",
        page={"type": "integer", "minimum": 1, "description": "Numéro de cette page."},
        pages={"type": "integer", "minimum": 1, "description": "Nombre de pages."},
        total=_number("Nombre de lignes en tout."),
        suivante=_text("Adresse de la page suivante ; null à la dernière.", null=True),
        lignes=_list(ref(name)),
    )


def rows_of(name: str) -> Json:
    return _object("Une liste entière.", lignes=_list(ref(name)))
