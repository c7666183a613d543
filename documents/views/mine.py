"""A person's papers, and the buttons of those who run the papers of a cohort."""

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from documents import perms, selectors
from documents.bundle import bundle_of
from documents.downloads import file_of
from documents.models import Document
from documents.panels import panels_of
from documents.services.opening import mark_opened
from documents.services.render import retry_failed


@reads
def mine(request: ActorRequest) -> HttpResponse:
    papers = selectors.papers_of(request.actor.person_id)
    context = {
        "papers": papers,
        "ready": sum(1 for paper in papers if paper.can_open),
        "panels": panels_of(request.actor),
    }
    return render(request, "documents/mine.html", context)


@reads
def download_all(request: ActorRequest) -> HttpResponseBase:
    """Every paper of mine that is ready, in one file. A GET: phones hand it to their download tool."""
    papers = selectors.ready_papers_of(request.actor.person_id)
    if not papers:
        return redirect("documents:mine")
    return bundle_of(papers, day=clock.today())


@reads
def download(request: ActorRequest, document_id: int) -> HttpResponse | FileResponse:
    """The PDF itself, or a page that says it is on its way."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=document_id)
    if not document.is_ready:
        return render(request, "documents/not_ready.html", {"document": document}, status=202)
    return file_of(document, as_attachment="telecharger" in request.GET)


@writes
def open_paper(request: ActorRequest, document_id: int) -> HttpResponse:
    """The button "Ouvrir" of one's own paper: stamps the first opening (a GET never writes)."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=document_id)
    if perms.owns(request.actor, document) and document.is_ready:
        mark_opened(document=document, at=clock.now())
    return redirect("documents:download", document_id=document.pk)


@writes
def retry(request: ActorRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.followed_by(request.actor), pk=document_id)
    allow(perms.can_retry(request.actor))
    retry_failed(document=document, at=clock.now())
    return HttpResponseRedirect(_back(request))


@writes
def retry_batch(request: ActorRequest, batch: str) -> HttpResponse:
    get_list_or_404(Document.objects.followed_by(request.actor).of_batch(batch).only("pk"))
    allow(perms.can_retry(request.actor))
    retry_failed(batch=batch, at=clock.now())
    return HttpResponseRedirect(_back(request))


def _back(request: ActorRequest) -> str:
    """The page the button stood on, when it is ours."""
    page = request.POST.get("page", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours and page else reverse("documents:mine")
