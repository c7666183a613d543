"""What strangers read: the list, a page a story, its picture, its portrait, and the frame for other sites."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, reads
from ct_platform.kit.indexing import indexed
from members.middleware import public as open_to_all
from testimonials.selectors import public as read
from testimonials.services.share_cards import card_of

SHOWN = 60


@open_to_all
@indexed
@reads
def listed(request: ActorRequest) -> HttpResponse:
    found = read.stories(
        day=clock.today(),
        trade=request.GET.get("metier", ""),
        territory=request.GET.get("territoire", ""),
        limit=SHOWN,
    )
    return render(request, "testimonials/public.html", {"found": found})


@open_to_all
@indexed
@reads
def story(request: HttpRequest, story_code: str) -> HttpResponse:
    row = read.story(code=story_code, day=clock.today())
    if row is None:
        return _gone(request, story_code)
    page = {"word": read.word_of(row), "row": row, "origin": settings.PUBLIC_ORIGIN}
    page["frame_url"] = settings.PUBLIC_ORIGIN + reverse("testimonials:embed", args=[story_code])
    return _fresh(render(request, "testimonials/story.html", page))


@open_to_all
@reads
def card(request: HttpRequest, story_code: str) -> HttpResponse:
    row = read.story(code=story_code, day=clock.today())
    if row is None:
        return _gone(request, story_code)
    drawn = card_of(row, row.enrolment.cohort.name)
    return _fresh(HttpResponse(drawn, content_type="image/png"))


@open_to_all
@reads
def photo(request: HttpRequest, story_code: str) -> HttpResponse:
    row = read.story(code=story_code, day=clock.today())
    if row is None or not read.word_of(row).photo_url:
        return _gone(request, story_code)
    with row.photo.open("rb") as stored:
        return _fresh(HttpResponse(stored.read(), content_type="image/jpeg"))


@open_to_all
@reads
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "default-src": ["'none'"], "style-src": ["'self'"]})  # type: ignore[untyped-decorator]
def embed(request: HttpRequest, story_code: str) -> HttpResponse:
    """A frame for any site: no cookie, no session, no script, the same for everybody.

    Rendered without the request, so that nothing of who looks can reach it (see middleware.py).
    """
    row = read.story(code=story_code, day=clock.today())
    missing = 410 if row is None and read.was_public(story_code) else 404
    status = missing if row is None else 200
    word = read.word_of(row) if row is not None else None
    page = {"word": word, "origin": settings.PUBLIC_ORIGIN}
    answer = HttpResponse(render_to_string("testimonials/embed.html", page), status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return _fresh(answer)


def _gone(request: HttpRequest, story_code: str) -> HttpResponse:
    """410 for what stood here once, 404 for what never did; nothing of it in either."""
    status = 410 if read.was_public(story_code) else 404
    return _fresh(render(request, "testimonials/gone.html", status=status))


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Asked again each time, kept by nobody: a story taken back must not live in a cache."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
