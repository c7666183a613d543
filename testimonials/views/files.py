"""The recording and the portrait, for the author and who reads their words again: never for others."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from ct_platform.kit.http import ActorRequest, allow, reads
from ct_platform.kit.sounds import TYPES
from testimonials import perms
from testimonials.models import Testimonial


def _readable(request: ActorRequest, testimonial_id: int) -> Testimonial:
    rows = Testimonial.objects.visible_to(request.actor).select_related("enrolment")
    found: Testimonial = get_object_or_404(rows, pk=testimonial_id)
    allow(perms.is_author(request.actor, found) or perms.can_moderate(request.actor))
    return found


@reads
def recording(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _readable(request, testimonial_id)
    if not found.recording:
        raise Http404
    with found.recording.open("rb") as stored:
        return HttpResponse(
            stored.read(), content_type=TYPES[str(found.recording.name).rsplit(".")[-1]]
        )


@reads
def photo(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _readable(request, testimonial_id)
    if not found.photo:
        raise Http404
    with found.photo.open("rb") as stored:
        return HttpResponse(stored.read(), content_type="image/jpeg")
