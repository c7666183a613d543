"""What the world sees: what a coopérative de territoire is, who recruits, how to check a paper."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ct_platform.home.public_page import public_cohorts, story_steps
from ct_platform.kit import clock
from ct_platform.kit.http import reads
from members.middleware import public
from testimonials.selectors.public import words_for_home


@public
@reads
def home(request: HttpRequest) -> HttpResponse:
    page = {
        "steps": story_steps(),
        "cohorts": public_cohorts(limit=6),
        "words": words_for_home(day=clock.today(), limit=3),
    }
    return render(request, "home/public.html", page)


@public
@reads
def cooperatives(request: HttpRequest) -> HttpResponse:
    return render(request, "home/cooperatives.html", {"cohorts": public_cohorts(limit=200)})


@public
@reads
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@public
@reads
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@public
@reads
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "home/legal.html")


@public
@reads
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon of papers, mails and old browsers, which read no page. Kept a week."""
    found = finders.find("img/favicon.ico")
    if found is None:
        raise Http404
    answer = HttpResponse(Path(str(found)).read_bytes(), content_type="image/x-icon")
    answer.headers["Cache-Control"] = "public, max-age=604800"
    return answer
