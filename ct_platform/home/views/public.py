"""What the world reads: what a cooperative is, how to begin one, who helps, and what we owe to say."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Programme
from ct_platform.home import public_page as read
from ct_platform.home import structured
from ct_platform.home.models import ShownPartner
from ct_platform.home.site_page import words_on
from ct_platform.kit import clock, retention
from ct_platform.kit.http import reads
from ct_platform.kit.indexing import indexed
from ct_platform.kit.trades import TRADES
from members.middleware import public
from testimonials.selectors.public import words_for_home


@public
@indexed
@reads
def home(request: HttpRequest) -> HttpResponse:
    meetings = read.coming_meetings(clock.now(), limit=3)
    page = {
        "words": words_on(request, "home:public"),
        "steps": read.story_steps(),
        "cohorts": read.public_cohorts(limit=6),
        "stories": words_for_home(day=clock.today(), limit=3),
        "meetings": meetings,
        "trades": TRADES.values(),
        "partners": read.shown_partners(clock.today()),
        "facts": [structured.organisation(), *structured.meetings(meetings)],
    }
    return render(request, "home/public.html", page)


@public
@indexed
@reads
def idea(request: HttpRequest) -> HttpResponse:
    page = {
        "words": words_on(request, "home:idea"),
        "steps": read.story_steps(),
        "programmes": Programme.objects.of_network().offered(),
    }
    return render(request, "home/idea.html", page)


@public
@indexed
@reads
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "home/start.html", {"words": words_on(request, "home:start")})


@public
@indexed
@reads
def partners(request: HttpRequest) -> HttpResponse:
    shown = read.shown_partners(clock.today())
    page = {"words": words_on(request, "home:partners"), "partners": shown}
    return render(request, "home/partners.html", page)


@public
@reads
def partner_logo(request: HttpRequest, partner_id: int) -> HttpResponse:
    partner = get_object_or_404(read.partners_with_logo(clock.today()), pk=partner_id)
    return _picture(partner)


def _picture(partner: ShownPartner) -> HttpResponse:
    with partner.logo.open("rb") as stored:
        answer = HttpResponse(stored.read(), content_type="image/jpeg")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@public
@indexed
@reads
def accessibility(request: HttpRequest) -> HttpResponse:
    page = {"words": words_on(request, "home:accessibility")}
    return render(request, "home/accessibility.html", page)


@public
@indexed
@reads
def privacy(request: HttpRequest) -> HttpResponse:
    page = {"words": words_on(request, "home:privacy"), "kept": retention.told()}
    return render(request, "home/privacy.html", page)


@public
@indexed
@reads
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "home/legal.html", {"words": words_on(request, "home:legal")})


@public
@indexed
@reads
def site_map(request: HttpRequest) -> HttpResponse:
    page = {"places": read.places().places, "trades": TRADES.values()}
    return render(request, "home/site_map.html", page)


@public
@reads
def robots(request: HttpRequest) -> HttpResponse:
    """What is not for everybody says so itself, page by page (kit.indexing): nothing to list here."""
    page = {"origin": settings.PUBLIC_ORIGIN}
    return render(request, "home/robots.txt", page, content_type="text/plain; charset=utf-8")


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
