"""Open Badges: the file for its holder, the public key for whoever verifies it."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from cohorts.models import Organisation
from cohorts.papers.skills import KIND
from cohorts.services.badge_status import status_list
from cohorts.services.badges import badge_file, can_sign, did_document
from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, reads
from documents.models import Document
from members.middleware import public


@reads
def badge(request: ActorRequest, document_id: int) -> HttpResponse:
    """The credential of an attestation of skills, to keep in a wallet or to hand over."""
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=document_id)
    token = document.snapshot.get("badge") if document.kind == KIND else None
    if not token:
        raise Http404
    answer = HttpResponse(badge_file(token), content_type="application/vc+jwt")
    answer.headers["Content-Disposition"] = 'attachment; filename="open-badge.jwt"'
    return answer


@public
@reads
def issuer(request: ActorRequest, organisation_id: int) -> JsonResponse:
    """did.json of a host, as did:web asks; it says a key, and nothing of anybody."""
    if not can_sign():
        raise Http404
    found = get_object_or_404(Organisation.objects.hosts(), pk=organisation_id)
    return JsonResponse(did_document(found.pk), content_type="application/did+json")


@public
@reads
def status(request: ActorRequest, organisation_id: int, year: int) -> HttpResponse:
    """The status list of a host's badges of that year: bits, and nothing of anybody."""
    if not can_sign():
        raise Http404
    found = get_object_or_404(Organisation.objects.hosts(), pk=organisation_id)
    token = status_list(organisation_id=found.pk, year=year, at=clock.now())
    answer = HttpResponse(token, content_type="application/vc+jwt")
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
