"""The API described: one table of operations gives the OpenAPI document and the page people read."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from reports.api.schemas import SCHEMAS, Json, page_of, ref, rows_of

VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Operation:
    """`name`: of the address. `shape`: of its answer. `paged`: takes `page`. `key`: its number."""

    name: str
    summary: str
    shape: Json
    open: bool = False
    paged: bool = False
    key: str = ""

    @property
    def path(self) -> str:
        """Below the server: "/rapports/{id}"."""
        given = [0] if self.key else []
        whole: str = reverse(f"reports:{self.name}", args=given)
        below = whole.removeprefix(base())
        return below.removesuffix("/0") + "/{id}" if self.key else below

    @property
    def address(self) -> str:
        return f"{base()}{self.path}"


def base() -> str:
    """ "/api/v1"."""
    found: str = reverse("reports:api_openapi")
    return found.rsplit("/", 1)[0]


OPERATIONS = (
    Operation("api_reports", "Les rapports envoyés qui font foi", page_of("Rapport"), paged=True),
    Operation("api_report", "Un rapport et ses chiffres", ref("RapportEntier"), key="rapport"),
    Operation("api_cohorts", "Les coopératives suivies", page_of("Cooperative"), paged=True),
    Operation("api_territories", "Les territoires suivis", page_of("Territoire"), paged=True),
    Operation(
        "api_territory", "Un territoire : ses coopératives et leur médiane",
        ref("PageDeTerritoire"), key="territoire",
    ),
    Operation("api_years", "Les années publiées de coopératives réunies", page_of("Bilan"), paged=True),
    Operation("api_year", "Une année et ses chiffres", ref("BilanEntier"), key="bilan"),
    Operation(
        "api_releases", "Les fichiers de données ouvertes", rows_of("DonneesOuvertes"), open=True
    ),
    Operation("api_definitions", "Les définitions du jour", rows_of("Definition"), open=True),
    Operation(
        "api_public_cohorts", "Ce que le site public dit des coopératives",
        rows_of("CooperativePublique"), open=True,
    ),
)  # fmt: skip

_ETAG = {"ETag": {"description": "Empreinte de la réponse.", "schema": {"type": "string"}}}
_REFUSALS = {
    "400": "Page qui n’existe pas.",
    "401": "Sans jeton, ou jeton inconnu, expiré ou fermé.",
    "404": "Rien de tel pour cette organisation.",
    "405": "On ne fait que lire.",
    "429": "Trop de demandes : l’en-tête Retry-After dit combien de secondes attendre.",
    "500": "Panne chez nous.",
}


def openapi() -> Json:
    """The whole document, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Coopératives de territoire",
            "version": VERSION,
            "summary": "Lire les rapports de suivi, en lecture seule.",
            "description": (
                "Des groupes, jamais des personnes. Les chiffres sont ceux que montrent les pages "
                f"du suivi, masqués de la même façon. Mode d’emploi : {settings.PUBLIC_ORIGIN}/api/"
            ),
        },
        "servers": [{"url": f"{settings.PUBLIC_ORIGIN}{base()}"}],
        "security": [{"jeton": []}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {
            "securitySchemes": {
                "jeton": {"type": "http", "scheme": "bearer", "description": "Créé dans le suivi."}
            },
            "schemas": SCHEMAS,
            "responses": {
                f"Refus{status}": {
                    "description": words,
                    "content": {"application/problem+json": {"schema": ref("Probleme")}},
                }
                for status, words in _REFUSALS.items()
            },
        },
    }


def _operation(one: Operation) -> Json:
    refusals = ["405", "429", "500"]
    if not one.open:
        refusals.append("401")
    if one.key:
        refusals.append("404")
    if one.paged:
        refusals.append("400")
    told: Json = {
        "operationId": one.name.removeprefix("api_"),
        "summary": one.summary,
        "parameters": _parameters(one),
        "responses": {
            "200": {
                "description": one.summary,
                "headers": _ETAG,
                "content": {"application/json": {"schema": one.shape}},
            },
            "304": {"description": "Rien n’a changé depuis l’empreinte donnée.", "headers": _ETAG},
            **{
                status: {"$ref": f"#/components/responses/Refus{status}"}
                for status in sorted(refusals)
            },
        },
    }
    if one.open:
        told["security"] = []
    return told


def _parameters(one: Operation) -> list[Json]:
    found: list[Json] = [
        {
            "name": "If-None-Match",
            "in": "header",
            "description": "Empreinte d’une réponse déjà reçue.",
            "schema": {"type": "string"},
        }
    ]
    if one.key:
        found.append(
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": f"Numéro du {one.key}.",
                "schema": {"type": "integer", "minimum": 1},
            }
        )
    if one.paged:
        found.append(
            {
                "name": "page",
                "in": "query",
                "description": "25 lignes par page.",
                "schema": {"type": "integer", "minimum": 1, "default": 1},
            }
        )
    return found


def guide() -> dict[str, Any]:
    """What the page of people shows of it."""
    return {
        "operations": OPERATIONS,
        "refusals": _REFUSALS.items(),
        "root": f"{settings.PUBLIC_ORIGIN}{base()}",
        "version": VERSION,
    }
