"""How a program is refused: RFC 9457, with a sentence in French for whoever reads its log."""

import json

from django.http import HttpRequest, HttpResponse


def is_call(request: HttpRequest) -> bool:
    """Whether a program asks, not a person who reads what the API is."""
    return request.path.startswith("/api/v1/")


class Problem(Exception):
    """An answer of RFC 9457. `code` is stable, `detail` is for people, in French."""

    def __init__(self, status: int, code: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def response(self) -> HttpResponse:
        body = {
            "type": f"/api/#{self.code}",
            "title": _TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(
            json.dumps(body, ensure_ascii=False),
            status=self.status,
            content_type="application/problem+json",
            headers=headers,
        )


_TITLES = {
    400: "Demande mal écrite",
    401: "Jeton refusé",
    404: "Introuvable",
    405: "Lecture seulement",
    429: "Trop de demandes",
    500: "Panne",
}
