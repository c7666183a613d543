"""A partner's program: it calls with its token, and holds every answer against the OpenAPI document."""

import datetime as dt
import json
import re
from copy import deepcopy
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from reports.api import document
from reports.models import ApiToken
from reports.services.tokens import make_token
from tests.factories import NOW, TODAY
from tests.personas import People

API = "/api/v1"


def token_of(people: People, name: str = "elsa", called: str = "Tableau") -> tuple[ApiToken, str]:
    return make_token(
        name=called,
        purpose="Notre tableau de bord",
        expires_on=TODAY + dt.timedelta(days=90),
        actor=people.actor(name),
        at=NOW,
    )


class Machine:
    """`get("/rapports")` → (status, body, headers), all three as the document says they may be."""

    def __init__(self, secret: str | None = None, **extra: str) -> None:
        self.client = Client(**extra)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **headers: str) -> tuple[int, Any, Any]:
        asked = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(f"{API}{path}", headers=asked)
        body = json.loads(answer.content) if answer.content else None
        if path != "/openapi.json":
            hold(path.partition("?")[0], answer.status_code, body, answer.headers)
        return answer.status_code, body, answer.headers


def strict() -> dict[str, Any]:
    """The document, where a field nobody described is an error: the API says no more than it tells."""
    found = deepcopy(document.openapi())

    def close(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object" and "properties" in node:
                node["additionalProperties"] = False
            for value in node.values():
                close(value)
        elif isinstance(node, list):
            for value in node:
                close(value)

    close(found["components"]["schemas"])
    close(found["paths"])
    return found


def hold(path: str, status: int, body: Any, headers: Any) -> None:
    whole = strict()
    told = whole["paths"][re.sub(r"/\d+$", "/{id}", path)]["get"]["responses"]
    assert str(status) in told, f"{path}: {status} is not described"
    response = told[str(status)]
    if "$ref" in response:
        response = whole["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    if "content" not in response:
        assert body is None
        return
    kind = headers["Content-Type"].partition(";")[0]
    schema = {**response["content"][kind]["schema"], "components": whole["components"]}
    assert validator_for(schema, default=Draft202012Validator) is Draft202012Validator
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(body)
