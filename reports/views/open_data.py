"""Open data: files anybody takes, and the page where the network opens a year after reading it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from ct_platform.kit.once import once
from members.middleware import public
from reports import perms
from reports.forms import OpenYearForm
from reports.models import Edition, OpenFile
from reports.open_data.fields import DATA
from reports.open_data.files import LICENCE, LICENCE_URL
from reports.selectors import open_data as selected
from reports.services.open_data import open_year


@public
@reads
def years(request: HttpRequest) -> HttpResponse:
    page = {
        "years": selected.years(),
        "fields": DATA,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "can_open": request.actor is not None and perms.can_open_data(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "reports/open_data.html", page)


@public
@reads
def file(request: HttpRequest, year: int, number: int, name: str) -> HttpResponse:
    """The frozen bytes. They never change: any cache may keep them."""
    found = get_object_or_404(
        OpenFile.objects.select_related("release"),
        release__year=year, release__number=number, name=name,
    )  # fmt: skip
    etag = f'"{found.sha256}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Disposition": f'attachment; filename="{year}-v{number}-{found.name}"',
        # Files that anybody may take, from any page: nobody is in them, no cookie is read.
        "Access-Control-Allow-Origin": "*",
    }
    made = HttpResponse(found.content, content_type=found.media_type, headers=headers)
    return get_conditional_response(request, etag=etag, response=made) or made


@reads
def choose(request: ActorRequest) -> HttpResponse:
    """The years published to partners, and what of them is open."""
    allow(perms.can_open_data(request.actor))
    page = {"candidates": selected.candidates(request.actor)}
    return render(request, "reports/choose_open_year.html", page)


@form_page
def publish(request: ActorRequest, edition_id: int) -> HttpResponse:
    """What will be public, line by line; the button makes it so."""
    in_scope = Edition.objects.visible_to(request.actor).published()
    edition = get_object_or_404(in_scope, pk=edition_id, set_code=selected.OPEN_SET)
    allow(perms.can_open_data(request.actor))
    if request.method != "POST":
        return _preview(request, edition)
    form = OpenYearForm(request.POST, later=selected.last_release(edition.year) is not None)

    def act() -> str:
        typed = form.cleaned_data
        release = open_year(
            edition=edition, seen=typed["seen"], reason=typed.get("reason", ""),
            actor=request.actor, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("C’est public : %(what)s.") % {"what": release})
        return reverse("reports:open_data")

    if form.is_valid():
        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _preview(request, edition, form)


def _preview(
    request: ActorRequest, edition: Edition, refused: OpenYearForm | None = None
) -> HttpResponse:
    tables = selected.tables_of_edition(edition)
    before = selected.last_release(edition.year)
    new = OpenYearForm(later=before is not None, initial={"seen": tables.fingerprint})
    page = {
        "edition": edition,
        "tables": tables,
        "scopes": selected.scopes_told(tables),
        "before": before,
        "same": before is not None and before.fingerprint == tables.fingerprint,
        "form": refused or new,
    }
    return render(request, "reports/open_year.html", page, status=422 if refused else 200)
