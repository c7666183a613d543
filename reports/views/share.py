"""Share links: made and closed behind the door, opened without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from members.limits import Limit, address_of
from members.middleware import public
from reports import perms
from reports.models import ShareLink
from reports.papers import copy_line, shared_paper
from reports.reading import read
from reports.selectors.exchange import comments_of, exchange_of
from reports.services import sharing
from reports.services.sharing import LinkClosed
from reports.views.page import report_page, share_form
from reports.views.scope import link_in_scope, snapshot_in_scope

TRIES = Limit("report-link", tries=40, seconds=600)


@writes
def make(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    snapshot = snapshot_in_scope(request, snapshot_id)
    allow(perms.can_share(request.actor))
    report = snapshot.report
    form = share_form(request, report, exchange_of(request.actor, report), request.POST)
    if form is None:
        raise Refused(_("Ce rapport ne se partage pas, ou plus."))

    def act() -> str:
        typed = form.cleaned_data
        link, secret = sharing.make_link(
            report=report, organisation_id=typed["organisation"], label=typed["label"],
            expires_on=typed["expires_on"], actor=request.actor, at=clock.now(),
        )  # fmt: skip
        sharing.keep_to_show(request.session, link, secret)
        messages.success(request, _("Lien créé. Copiez-le maintenant : il ne sera plus montré."))
        return reverse("reports:snapshot", args=[snapshot_id])

    if form.is_valid():
        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except Refused as refusal:
            refuse_in(form, refusal)
    return report_page(request, snapshot, status=422, share=form)


@writes
def close(request: ActorRequest, link_id: int) -> HttpResponse:
    link = link_in_scope(request, link_id)
    allow(perms.can_close(request.actor, link))
    sharing.close_link(link=link, actor=request.actor, at=clock.now())
    messages.success(request, _("Lien fermé. Il n’ouvre plus rien."))
    return redirect("reports:snapshot", link.report.snapshot_id)


@public
@form_page
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """The cover of a shared report. Opening it writes nothing: previews open links; the button counts."""
    if not TRIES.take(address_of(request)):
        answer = render(request, "429.html", status=429)
        answer.headers["Retry-After"] = str(TRIES.seconds)
        return answer
    try:
        link = sharing.find_link(secret=token, at=clock.now())
    except LinkClosed as refusal:
        return _refused(request, refusal)
    TRIES.give_back(address_of(request))
    if request.method == "POST":
        given = sharing.open_link(link=link, at=clock.now())
        return unseen(redirect("reports:shared", given))
    return unseen(render(request, "reports/shared/cover.html", {"link": link}))


@public
@reads
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The report, with the name of its partner and the day printed across it."""
    try:
        link = sharing.link_of_pass(given=token, at=clock.now())
    except LinkClosed as refusal:
        return _refused(request, refusal)
    page = _page_of(link) | {"given": token}
    return unseen(render(request, "reports/shared/report.html", page))


@public
@reads
def shared_pdf(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = sharing.link_of_pass(given=token, at=clock.now())
    except LinkClosed as refusal:
        return _refused(request, refusal)
    paper = shared_paper(link, comments_of(link.report), clock.today())
    headers = {"Content-Disposition": f'attachment; filename="{paper.filename}"'}
    return unseen(HttpResponse(paper.content, content_type="application/pdf", headers=headers))


def _page_of(link: ShareLink) -> dict[str, object]:
    figures = link.report.snapshot.figures
    return {
        "link": link,
        "report": read(figures),
        "comments": comments_of(link.report),
        "copy": copy_line(link, clock.today()),
    }


def _refused(request: HttpRequest, refusal: LinkClosed) -> HttpResponse:
    page = {"sentence": str(refusal)}
    status = 410 if refusal.known else 404
    return unseen(render(request, "reports/shared/closed.html", page, status=status))


def unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache and index, and the address, which is a key, out of every Referer.

    Not `no-referrer`: under it browsers post with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
