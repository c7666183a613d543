"""The pages nobody wants to see: plain French, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports.api.problems import Problem, is_call


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """No database, no actor: the template stands alone. A program is told in its own language."""
    if is_call(request):
        detail = _("Quelque chose s’est cassé chez nous. Réessayez plus tard.")
        return Problem(500, "panne", detail).response()
    return render(None, "500.html", status=500)  # type: ignore[arg-type]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"page_expired": True}, status=403)
